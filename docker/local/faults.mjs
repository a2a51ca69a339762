// `node docker/local/faults.mjs PROFILE kill|freeze|thaw|start SERVICE`, or `... list`: what tests do to a profile's services
// that run as processes of this machine. `start` does nothing for one that runs; who owns the profile stops them all.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elasticsearch } from './elasticsearch.mjs';
import { entry, fail } from './fail.mjs';
import { serviceHome } from './home.mjs';
import { startLocal } from './local.mjs';
import { profileState } from './paths.mjs';
import { postgres } from './postgres.mjs';
import { remembered, send } from './processes.mjs';
import { redis } from './redis.mjs';
import { secretsOf } from './secrets.mjs';

const services = [postgres, redis, elasticsearch];
/** They reach all of a service's processes. */
const signals = { kill: 'SIGKILL', freeze: 'SIGSTOP', thaw: 'SIGCONT' };

const [profile = '', action = '', key = ''] = process.argv.slice(2);

await entry(async (signal) => {
  if (action === 'list') return list();
  const service = services.find((one) => one.key === key) ?? fail(`There is no service ${key}.`);
  const running = remembered(profile).get(key);
  if (action === 'start') return running ? undefined : start(service, signal);
  if (!running) fail(`${service.title} does not run here.`);
  return send(-running.pid, signals[action] ?? fail(`${action} is no fault.`));
});

function folderOf({ key: name }) {
  return join(serviceHome(), profile, name);
}

/** Those that run here, or did until they were killed. */
function list() {
  console.log(services.flatMap((one) => (existsSync(folderOf(one)) ? one.key : [])).join());
}

async function start(service, signal) {
  const ports = JSON.parse(readFileSync(join(profileState(profile), 'ports.json'), 'utf8'));
  const place = { profile, ports, secrets: secretsOf(profile), signal };
  await startLocal(service, { ...place, folder: folderOf(service), url: service.url(place) });
}
