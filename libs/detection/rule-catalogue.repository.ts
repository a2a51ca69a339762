import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import type { RuleFile } from './catalogue.js';

const RULES = path.join(packageRoot(import.meta.dirname), 'rules');
/** Not a rule: how log sources are routed to events. */
const ROUTING = 'logsources.yml';

/** The rules that Plantwatch ships: the folder `rules/`. */
@Injectable()
export class RuleCatalogueRepository {
  async rules(): Promise<RuleFile[]> {
    const names = await readdir(RULES, { recursive: true });
    const rules = names.filter((name) => name.endsWith('.yml') && !name.endsWith('.fixtures.yml') && name !== ROUTING);
    return Promise.all(rules.toSorted().map((name) => this.read(name)));
  }

  routing(): Promise<RuleFile> {
    return this.read(ROUTING);
  }

  private async read(name: string): Promise<RuleFile> {
    return { path: path.posix.join('rules', name), text: await readFile(path.join(RULES, name), 'utf8') };
  }
}

/** The code runs from the sources and from dist/. */
function packageRoot(from: string): string {
  return existsSync(path.join(from, 'package.json')) ? from : packageRoot(path.dirname(from));
}
