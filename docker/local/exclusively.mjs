import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { state } from './paths.mjs';
import { commandLine, runs } from './processes.mjs';

/** Does work in what all profiles of the checkout share (packages, build, programs) while no other process does the same. */
export async function exclusively(name, work, signal) {
  const lock = join(state, 'locks', `${name}.json`);
  mkdirSync(join(state, 'locks'), { recursive: true });
  while (!take(lock)) await sleep(250, undefined, { signal });
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, marker: commandLine(process.pid) }));
  try {
    linkSync(mine, lock); // fails when the lock exists, and never shows it half written
    return true;
  } catch {
    if (!runs(holder(lock))) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(mine, { force: true });
  }
}

function holder(lock) {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'));
  } catch {
    return { pid: 0, marker: 'nobody' };
  }
}
