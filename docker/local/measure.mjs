import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { watched } from './child.mjs';
import { fail } from './fail.mjs';
import { bin, root } from './paths.mjs';
import { provision } from './services.mjs';

const folder = join(root, 'test', 'bench');
const suffix = '.bench.ts';
/** Those that need no services. */
const pure = ['sigma', 'parse'];

/** Runs one benchmark on fresh services; answers its exit code. */
export async function measure(signal, name) {
  const script = join(folder, `${name}${suffix}`);
  if (!name || !existsSync(script)) fail(`Say which benchmark: npm run bench -- ${names().join(' | ')}`);
  await build(signal);
  const services = pure.includes(name) ? undefined : await provision('bench', { fresh: true, signal });
  try {
    const env = { ...process.env, ...services?.env };
    return await watched(bin('node'), ['--import', './test/bench/typescript.mjs', script], { env, signal });
  } finally {
    await services?.stop();
  }
}

function names() {
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
}
