import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RuleFile } from '#detection/catalogue.js';

/** The rule files of a folder with its sub-folders, sorted, or the one file that is named. */
export async function readRuleFiles(place: string): Promise<RuleFile[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new Error(`${place}: there is no such file or folder`);
  const names = found.isDirectory() ? await readdir(place, { recursive: true }) : [''];
  const rules = found.isDirectory() ? names.filter(isRuleFile).toSorted() : names;
  return Promise.all(rules.map((name) => readRuleFile(path.join(place, name))));
}

async function readRuleFile(file: string): Promise<RuleFile> {
  return { path: file, text: await readFile(file, 'utf8') };
}

function isRuleFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !/\.fixtures\.ya?ml$/.test(name) && !name.split(path.sep).includes('pipelines');
}
