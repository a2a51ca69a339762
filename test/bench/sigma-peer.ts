import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SOURCE = 'test/bench/peer';
const TARGET = path.resolve('.plantwatch/bench/peer');

export interface PeerFigures {
  rules: number;
  refused: number;
  events: number;
  matches: number;
  loadSeconds: number;
  microsecondsPerEvent: number;
}

/** Builds rsigma from the Rust registry; undefined, with the reason said, where there is no Rust or no registry. */
export async function buildPeer(): Promise<string | undefined> {
  const binary = path.join(TARGET, 'release/plantwatch-sigma-peer');
  console.log('building the peer from the Rust registry; minutes the first time');
  const build = ['build', '--release', '--manifest-path', `${SOURCE}/Cargo.toml`, '--target-dir', TARGET];
  const failure = await run('cargo', build).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (failure !== undefined) console.log(`no peer to compare with: ${failure.split('\n')[0]}`);
  return failure === undefined && existsSync(binary) ? binary : undefined;
}

export async function runPeer(binary: string, rules: string, events: string): Promise<PeerFigures> {
  const { stdout } = await run(binary, [rules, events]);
  return JSON.parse(stdout) as PeerFigures;
}
