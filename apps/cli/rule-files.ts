import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { RuleFile } from '#detection/catalogue.js';

/** The rule files of a folder with its sub-folders, sorted, or the one file that is named. */
export const readRuleFiles = (place: string): Promise<RuleFile[]> => readFiles(place, isRuleFile);

/** The NAME.fixtures.yml of a folder with its sub-folders, or the one beside the rule file that is named. */
export function readFixtureFiles(place: string): Promise<RuleFile[]> {
  const beside = isRuleFile(place) ? place.replace(/\.(ya?ml)$/, '.fixtures.$1') : place;
  return readFiles(beside, isFixtureFile);
}

async function readFiles(place: string, wanted: (name: string) => boolean): Promise<RuleFile[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found) throw new Error(`${place}: there is no such file or folder`);
  const names = found.isDirectory() ? (await readdir(place, { recursive: true })).filter(wanted).toSorted() : [''];
  return Promise.all(names.map((name) => readOne(path.join(place, name))));
}

async function readOne(file: string): Promise<RuleFile> {
  return { path: file, text: await readFile(file, 'utf8') };
}

const isFixtureFile = (name: string): boolean => /\.fixtures\.ya?ml$/.test(name);

function isRuleFile(name: string): boolean {
  return /\.ya?ml$/.test(name) && !isFixtureFile(name) && !name.split(path.sep).includes('pipelines');
}
