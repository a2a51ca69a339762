import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { profileState } from './paths.mjs';
import { fail } from './fail.mjs';

/** Ports that people type are asked for by variable and have a usual number in the profile `start`. */
const asked = {
  api: { variable: 'PORT', usual: 3000 },
  collector: { variable: 'COLLECTOR_HTTP_PORT', usual: 9200 },
};
const names = ['api', 'collector', 'postgres', 'redis', 'elasticsearch', 'elasticsearchTransport'];

/** A free loopback port for each name: the one given in the environment, last time's, the usual one, or any. */
export async function choosePorts(profile) {
  const file = join(profileState(profile), 'ports.json');
  const before = read(file);
  const ports = {};
  for (const name of names) {
    ports[name] = (await given(name)) ?? (await firstFree(before[name], profile === 'start' && asked[name]?.usual));
  }
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

async function given(name) {
  const { variable } = asked[name] ?? {};
  const value = process.env[variable];
  if (!value) return undefined;
  if (!(Number(value) > 0 && Number(value) < 65536))
    fail(`${variable}=${value} is not a port: give a number from 1 to 65535.`);
  if (!(await isFree(Number(value))))
    fail(`Port ${value} is taken: stop what listens there, or set ${variable} to another port.`);
  return Number(value);
}

async function firstFree(last, usual) {
  if (last && (await isFree(last))) return last;
  if (usual && (await isFree(usual))) return usual;
  const port = await anyFree();
  if (usual) console.log(`Port ${usual} is taken: using ${port} instead.`);
  return port;
}

/** Below the range from which the kernel takes ports for outgoing connections, so that none is lost before its use. */
async function anyFree() {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
  return fail('No free port between 20000 and 32000: stop something that listens there.');
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
