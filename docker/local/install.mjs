import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { must } from './child.mjs';
import { exclusively } from './exclusively.mjs';
import { fail } from './fail.mjs';
import { bin, root, which } from './paths.mjs';
import { step } from './step.mjs';

/**
 * Installs the npm packages when package-lock.json says something new, and goes on in Node 24, which is one of them.
 * @param {(signal: AbortSignal) => Promise<number>} work runs on Node 24; answers the exit code
 */
export async function onNode24(signal, work) {
  checkMachine();
  const installed = await exclusively('install', () => install(signal), signal);
  return installed || !ownNode() ? again(signal) : work(signal);
}

function checkMachine() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9))
    fail(`This is Node ${process.versions.node} and Plantwatch needs 20.9 or newer: install a newer Node.`);
  if (!['linux', 'darwin'].includes(process.platform) || !['x64', 'arm64'].includes(process.arch)) {
    fail(
      `Plantwatch does not run on ${process.platform} ${process.arch}: use Linux or macOS on x64 or arm64 (on Windows, WSL 2).`,
    );
  }
  if (!which('npm')) fail('npm is missing: install it (it comes with Node).');
}

/** Answers whether anything was installed. */
async function install(signal) {
  const stamp = join(root, 'node_modules', '.plantwatch-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (content(stamp) === wanted) return false;
  await step('Installing npm packages', () =>
    must('npm ci failed: mend what it says above and start again.', 'npm', ['ci', '--include=dev', '--no-progress'], {
      env: outerEnvironment(),
      signal,
    }),
  );
  writeFileSync(stamp, wanted);
  return true;
}

/** npm must not run on the Node that it is about to replace. */
function outerEnvironment() {
  const folders = process.env.PATH.split(delimiter).filter((folder) => folder !== join(root, 'node_modules', '.bin'));
  return { ...process.env, PATH: folders.join(delimiter) };
}

const ownNode = () => real(process.execPath) === real(bin('node'));

/** Runs this same command on our own Node; the channel tells it when this process is gone. */
function again(signal) {
  return new Promise((resolve, reject) => {
    const child = spawn(bin('node'), process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    const forward = () => child.kill('SIGTERM');
    if (signal.aborted) forward();
    signal.addEventListener('abort', forward);
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

function content(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function real(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
