import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, state } from './paths.mjs';
import { fail } from './fail.mjs';

const isRoot = process.getuid?.() === 0;

/** PostgreSQL and Elasticsearch refuse root, so as root services run as `nobody`. */
export const serviceUser = isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {};

function idOf(flag) {
  return Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
}

/** Whether the services' user can get at a path. */
export function reachable(path) {
  return spawnSync('test', ['-x', path], { ...serviceUser, cwd: '/' }).status === 0;
}

/** Where services keep programs and data: `.plantwatch`, unless their user cannot enter the checkout (mode 700 above it). */
export function serviceHome() {
  mkdirSync(state, { recursive: true });
  if (reachable(state)) return state;
  const outside = join('/var/tmp', `plantwatch-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
  mkdirSync(outside, { recursive: true });
  const found = lstatSync(outside);
  if (!found.isDirectory() || found.uid !== process.getuid())
    fail(`${outside} belongs to somebody else: remove it and start again.`);
  return outside;
}

/** A folder that belongs to the services' user, with all that is in it. */
export function ownFolder(path) {
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const { uid, gid } = serviceUser;
  if (uid === undefined || statSync(path).uid === uid) return path;
  chownSync(path, uid, gid);
  spawnSync('chown', ['-R', `${uid}:${gid}`, path]);
  return path;
}
