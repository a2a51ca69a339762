// `node docker/local/faults.mjs PROFILE kill|freeze|thaw|start|stop SERVICE`, or `... list`: what tests do to a profile's
// services that run as processes of this machine.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearch } from './elasticsearch.mjs';
import { entry, fail } from './fail.mjs';
import { serviceHome } from './home.mjs';
import { startLocal } from './local.mjs';
import { profileState } from './paths.mjs';
import { postgres } from './postgres.mjs';
import { forget, remembered, send, stopProcess } from './processes.mjs';
import { redis } from './redis.mjs';
import { secretsOf } from './secrets.mjs';

const services = [postgres, redis, elasticsearch];
/** They reach all of a service's processes. */
const signals = { kill: 'SIGKILL', freeze: 'SIGSTOP', thaw: 'SIGCONT' };

const [profile = '', action = '', key = ''] = process.argv.slice(2);

await entry(async (signal) => {
  if (action === 'list') return list();
  const service = services.find((one) => one.key === key) ?? fail(`There is no service ${key}.`);
  if (action === 'start') return start(service, signal);
  const running = remembered(profile).get(key) ?? fail(`${service.title} does not run here.`);
  if (action === 'stop') {
    await stopProcess(running);
    return forget(profile, key);
  }
  return send(-running.pid, signals[action] ?? fail(`${action} is no fault.`));
});

function list() {
  const running = remembered(profile);
  console.log(services.flatMap((one) => (running.has(one.key) ? one.key : [])).join());
}

/** It outlives us; whoever owns the profile stops it. */
async function start(service, signal) {
  const ports = JSON.parse(readFileSync(join(profileState(profile), 'ports.json'), 'utf8'));
  const place = { profile, ports, secrets: secretsOf(profile), signal };
  await startLocal(service, { ...place, folder: join(serviceHome(), profile, service.key), url: service.url(place) });
}
