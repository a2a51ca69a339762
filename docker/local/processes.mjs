import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { profileState } from './paths.mjs';

/** A process is ours only while its command line still carries the marker: pids are used again. */
export const runs = ({ pid, marker }) => commandLine(pid).includes(marker);

export function commandLine(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/** Asks a process to end, waits, and in the end kills its whole group (everything we spawn leads one). */
export async function stopProcess({ pid, marker, signal = 'SIGTERM', grace = 15_000 }) {
  if (!runs({ pid, marker })) return;
  send(pid, signal);
  for (const end = Date.now() + grace; Date.now() < end; await sleep(50)) {
    if (!runs({ pid, marker })) return;
  }
  send(-pid, 'SIGKILL');
}

/** Signals a process, or with a negative pid a group; one that is gone already is fine. */
export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

const folder = (profile) => join(profileState(profile), 'pids');

/** Remembers a process, so that the run after a crash finds it. */
export function remember(profile, name, entry) {
  mkdirSync(folder(profile), { recursive: true });
  writeFileSync(join(folder(profile), `${name}.json`), JSON.stringify(entry));
}

export function forget(profile, name) {
  rmSync(join(folder(profile), `${name}.json`), { force: true });
}

/** What earlier runs remembered and is still running, by name. */
export function remembered(profile) {
  const entries = new Map();
  for (const file of listing(folder(profile))) {
    const entry = parsed(join(folder(profile), file));
    if (entry && runs(entry)) entries.set(file.replace('.json', ''), entry);
    else rmSync(join(folder(profile), file), { force: true });
  }
  return entries;
}

function listing(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function parsed(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
