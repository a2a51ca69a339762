import { delimiter, dirname, join } from 'node:path';
import { accessSync, constants } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything that a run leaves behind; git-ignored. */
export const state = join(root, '.plantwatch');

export const profileState = (profile) => join(state, profile);

/** A command from node_modules. */
export const bin = (name) => join(root, 'node_modules', '.bin', name);

/** The first of the named commands on the path, or undefined. */
export function which(...names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
