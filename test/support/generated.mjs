// Makes every generated file again and fails when one was stale; the new text is left in place, to be committed.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Script that makes the files, the files it makes. */
const GENERATORS = [
  ['test/support/third-party-notices.mjs', ['THIRD_PARTY_NOTICES.md']],
  ['test/support/api-client.mjs', ['docs/openapi.json', 'apps/console/api.generated.ts']],
];

function read(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const stale = GENERATORS.flatMap(([script, files]) => {
  const before = files.map(read);
  execFileSync(process.execPath, [join(ROOT, script)], { cwd: ROOT, stdio: 'inherit' });
  return files.filter((file, index) => read(file) !== before[index]);
});

for (const file of stale) console.error(`${file} was stale. It is made anew: look at the change and commit it.`);
process.exitCode = stale.length > 0 ? 1 : 0;
