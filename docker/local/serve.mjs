import { join } from 'node:path';
import { build } from './build.mjs';
import { must, watched } from './child.mjs';
import { fail } from './fail.mjs';
import { root } from './paths.mjs';
import { forget, remember } from './processes.mjs';
import { provision } from './services.mjs';
import { step } from './step.mjs';

const profile = 'start';
const program = (name) => join(root, 'dist', 'apps', 'server', name);

/** Runs the server on its services until it is interrupted or ends; stops it first and them after it. */
export async function serve(signal) {
  const services = await provision(profile, { signal });
  const env = { PLANTWATCH_DEMO: '1', ...process.env, ...services.env };
  try {
    await build(signal);
    await step('Migrating the database', () =>
      must('The database could not be migrated: mend what it says above.', process.execPath, [program('migrate.js')], {
        env,
        signal,
      }),
    );
    const code = await server(env, signal);
    if (!signal.aborted) fail(`The server ended by itself with code ${code}: its last lines are above.`);
    return 0;
  } finally {
    await services.stop();
  }
}

async function server(env, signal) {
  const main = program('main.js');
  try {
    return await watched(process.execPath, [main], {
      env,
      signal,
      onStart: (pid) => remember(profile, 'server', { pid, marker: main }),
    });
  } finally {
    forget(profile, 'server');
  }
}
