import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { must, run } from './child.mjs';
import { root, which } from './paths.mjs';

let engine;

/** Whether a Docker engine with compose answers; asked once. */
export function dockerWorks() {
  engine ??= Boolean(which('docker')) && [['info'], ['compose', 'version']].every(succeeds);
  return engine;
}

const succeeds = (args) => spawnSync('docker', args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** One compose project per checkout and profile. */
function compose(profile, args) {
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 8);
  return [
    'compose',
    '--project-name',
    `plantwatch-${checkout}-${profile}`,
    '--file',
    join(root, 'docker', 'compose.yaml'),
    ...args,
  ];
}

/** Brings the services up in containers; answers the function that stops them. */
export async function composeUp(profile, keys, { ports, secrets, fresh, signal }) {
  const env = {
    ...process.env,
    POSTGRES_PORT: String(ports.postgres),
    POSTGRES_PASSWORD: secrets.postgres,
    REDIS_PORT: String(ports.redis),
    REDIS_PASSWORD: secrets.redis,
    ELASTICSEARCH_PORT: String(ports.elasticsearch),
  };
  const stop = () => run('docker', compose(profile, ['stop', ...keys]), { env, detached: true });
  if (fresh) await run('docker', compose(profile, ['down', '--volumes']), { env, signal });
  try {
    await must(
      'Docker could not start the services: mend the engine, or stop it to use local services.',
      'docker',
      compose(profile, ['up', '--detach', '--wait', ...keys]),
      { env, signal },
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
