import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PLANTS, SOUND } from './plants.js';
import { roomTable } from './rooms.js';

const ROOT = join(import.meta.dirname, '../..');
const LINT = ['oxlint.config.ts', 'package.json', 'test/architecture/rooms.ts', 'test/architecture/plugin.ts'];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

let diagnostics: readonly Diagnostic[];
let tree: string;

/** The rules that a planted file breaks. */
function broken(path: string): string[] {
  return diagnostics.filter(({ filename }) => filename === path).map(({ code }) => code);
}

async function plant(path: string, source: string): Promise<void> {
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await writeFile(join(tree, path), source);
}

function lint(): Promise<readonly Diagnostic[]> {
  const args = [
    join(ROOT, 'node_modules/oxlint/bin/oxlint'),
    '--format',
    'json',
    '--disable-nested-config',
    'libs',
    'apps',
    'test',
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: tree }, (_error, stdout, stderr) => {
      if (!stdout.startsWith('{')) return reject(new Error(stdout + stderr));
      resolve(JSON.parse(stdout).diagnostics);
    });
  });
}

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'plantwatch-lint-'));
  for (const file of LINT) await cp(join(ROOT, file), join(tree, file), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  for (const { path, source } of [...PLANTS, ...SOUND]) await plant(path, source);
  diagnostics = await lint();
});

afterAll(() => rm(tree, { recursive: true, force: true }));

describe('a planted violation is found', () => {
  it.each(PLANTS)('$rule: $title', ({ path, rule }) => {
    expect(broken(path)).toEqual([rule]);
  });
});

describe('sound code passes', () => {
  it.each(SOUND)('$path', ({ path }) => {
    expect(broken(path)).toEqual([]);
  });
});

it('docs/architecture.md shows the room table of the lint', async () => {
  expect(await readFile(join(ROOT, 'docs/architecture.md'), 'utf8')).toContain(roomTable());
});
