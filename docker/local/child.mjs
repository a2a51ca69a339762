import { spawn } from 'node:child_process';
import { root } from './paths.mjs';
import { fail } from './fail.mjs';
import { send } from './processes.mjs';

/** Runs a command to its end and answers `{ code, output }`; output is stdout and stderr as they came. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Runs a command that has to succeed; if it does not, the end of its output precedes the sentence. */
export async function must(sentence, command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) fail(`${tail(output)}\n${sentence}`);
  return output;
}

/**
 * Runs a command that the reader watches, in a process group of its own; whatever is left of the group when it ends, or
 * 15 s after an interrupt, is killed. Answers the exit code.
 */
export async function watched(command, args, { signal, onStart, ...options }) {
  const child = spawn(command, args, {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
  let impatient;
  const interrupt = () => {
    send(-child.pid, 'SIGTERM');
    impatient = setTimeout(() => send(-child.pid, 'SIGKILL'), 15_000);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    onStart?.(child.pid);
    return await ended;
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearTimeout(impatient);
    if (child.pid) send(-child.pid, 'SIGKILL');
  }
}

/** The last lines that say something. */
export const tail = (text, lines = 15) => text.trimEnd().split('\n').slice(-lines).join('\n');
