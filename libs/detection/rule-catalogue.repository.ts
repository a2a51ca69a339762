import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RuleFile } from './catalogue.js';

const RULES = path.join(packageRoot(import.meta.dirname), 'rules');
/** Not rules: how a schema names what rules name. */
const PIPELINES = 'pipelines';

/** The rules that Plantwatch ships, in the folder `rules/`, and a provider's own in another one. */
export class RuleCatalogueRepository {
  /** @param own a folder of the provider's rules, if there is one */
  constructor(private readonly own?: string) {}

  async rules(): Promise<RuleFile[]> {
    return [...(await rulesIn(RULES, 'rules')), ...(this.own === undefined ? [] : await rulesIn(this.own, this.own))];
  }

  /** A shipped pipeline by its name. */
  pipeline(name: string): Promise<RuleFile> {
    return read(RULES, 'rules', path.join(PIPELINES, `${name}.yml`));
  }
}

async function rulesIn(folder: string, shown: string): Promise<RuleFile[]> {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names
      .filter(isRule)
      .toSorted()
      .map((name) => read(folder, shown, name)),
  );
}

async function read(folder: string, shown: string, name: string): Promise<RuleFile> {
  return { path: path.posix.join(shown, name), text: await readFile(path.join(folder, name), 'utf8') };
}

const isRule = (name: string): boolean =>
  name.endsWith('.yml') && !name.endsWith('.fixtures.yml') && !name.startsWith(PIPELINES + path.sep);

/** The code runs from the sources and from dist/. */
function packageRoot(from: string): string {
  return existsSync(path.join(from, 'package.json')) ? from : packageRoot(path.dirname(from));
}
