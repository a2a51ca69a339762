import { readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { build } from './build.mjs';
import { watched } from './child.mjs';
import { fail } from './fail.mjs';
import { bin, profileState } from './paths.mjs';
import { provision } from './services.mjs';
import { testTools } from './tools.mjs';

const profile = 'test';

/** Checks, builds and tests on services of its own; answers the exit code. */
export async function verify(signal, args) {
  const result = await onServices(signal, async (env) => {
    if ((await watched('npm', ['run', 'check'], { env, signal })) !== 0)
      fail('npm run check failed: mend what it says above.');
    await build(signal);
    return runTests(args, env, signal);
  });
  console.log(`${result.passed} passed, ${result.failed} failed`);
  return result.code;
}

/** Only the tests of one folder of test/, longer than among the others; answers the exit code. */
export async function campaign(signal, project, more) {
  const result = await onServices(signal, async (env) => {
    await build(signal);
    return runTests(['--project', project], { ...env, ...more }, signal);
  });
  console.log(`${result.passed} passed, ${result.failed} failed`);
  return result.code;
}

async function onServices(signal, work) {
  const tools = await testTools();
  const services = await provision(profile, { fresh: true, signal });
  try {
    const PATH = [dirname(bin('node')), process.env.PATH].join(delimiter);
    const result = await work({ ...process.env, ...services.env, ...tools, PATH });
    signal.throwIfAborted();
    return result;
  } finally {
    await services.stop();
  }
}

async function runTests(args, env, signal) {
  const report = join(profileState(profile), 'vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await watched(bin('vitest'), ['run', ...reporters, ...args], { env, signal });
  return { code, ...counts(report) };
}

/** A file that could not be loaded has no tests and counts as one that failed. */
function counts(report) {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.length,
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
