import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './child.mjs';
import { exclusively } from './exclusively.mjs';
import { root } from './paths.mjs';
import { step } from './step.mjs';

const inputs = ['apps', 'libs', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const stamp = join(root, 'dist', '.plantwatch-build');

/** Builds when a source is not as it was at the last successful build. */
export function build(signal) {
  return exclusively(
    'build',
    async () => {
      const wanted = fingerprint();
      if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
      await step('Building', () =>
        must('The build failed: mend what it says above.', 'npm', ['run', 'build'], { signal }),
      );
      writeFileSync(stamp, wanted);
    },
    signal,
  );
}

/** Names, times and sizes of all sources. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap(files)) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex');
}

function files(input) {
  const path = join(root, input);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .toSorted();
}
