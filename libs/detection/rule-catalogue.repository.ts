import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import type { RuleFile } from './catalogue.js';

const RULES = path.join(packageRoot(import.meta.dirname), 'rules');
/** Not rules: how a schema names what rules name. */
const PIPELINES = 'pipelines';

/** The rules that Plantwatch ships: the folder `rules/`. */
@Injectable()
export class RuleCatalogueRepository {
  async rules(): Promise<RuleFile[]> {
    const names = await readdir(RULES, { recursive: true });
    const rules = names.filter(isRule);
    return Promise.all(rules.toSorted().map((name) => this.read(name)));
  }

  /** A shipped pipeline by its name. */
  pipeline(name: string): Promise<RuleFile> {
    return this.read(path.join(PIPELINES, `${name}.yml`));
  }

  private async read(name: string): Promise<RuleFile> {
    return { path: path.posix.join('rules', name), text: await readFile(path.join(RULES, name), 'utf8') };
  }
}

const isRule = (name: string): boolean =>
  name.endsWith('.yml') && !name.endsWith('.fixtures.yml') && !name.startsWith(PIPELINES + path.sep);

/** The code runs from the sources and from dist/. */
function packageRoot(from: string): string {
  return existsSync(path.join(from, 'package.json')) ? from : packageRoot(path.dirname(from));
}
