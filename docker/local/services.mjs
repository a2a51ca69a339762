import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entry, fail } from './fail.mjs';
import { serviceHome } from './home.mjs';
import { profileState, state } from './paths.mjs';
import { choosePorts } from './ports.mjs';
import { commandLine, forget, remember, remembered, stopProcess } from './processes.mjs';
import { secretsOf } from './secrets.mjs';
import { startAll } from './sources.mjs';
import { step } from './step.mjs';

const never = new AbortController().signal;

/**
 * Finds or starts the three services for a profile, each from its URL in the environment, else in Docker, else locally.
 * @param {string} profile whose data, ports and secrets under `.plantwatch/` to use
 * @param {{ fresh?: boolean, signal?: AbortSignal }} options fresh: without the data of earlier runs
 * @returns {Promise<{ env: Record<string, string>, stop(): Promise<void> }>} what the server needs in its environment
 */
export async function provision(profile, { fresh = false, signal = never } = {}) {
  process.umask(0o022);
  mkdirSync(profileState(profile), { recursive: true });
  await claim(profile);
  try {
    checkDisk();
    if (fresh) wipe(profile);
    const place = { profile, fresh, ports: await choosePorts(profile), secrets: secretsOf(profile) };
    const { urls, stops } = await startAll(place, signal);
    const stop = async () => {
      await Promise.all(stops.map((stopOne) => stopOne()));
      forget(profile, 'owner');
    };
    return { env: { ...urls, ...environment(place) }, stop };
  } catch (error) {
    forget(profile, 'owner');
    throw error;
  }
}

/** One owner at a time; what a killed owner left running is stopped. */
async function claim(profile) {
  const found = remembered(profile);
  const owner = found.get('owner');
  if (owner && owner.pid !== process.pid) {
    fail(`Plantwatch's profile "${profile}" is in use by process ${owner.pid}: stop that one first.`);
  }
  found.delete('owner');
  remember(profile, 'owner', { pid: process.pid, marker: commandLine(process.pid) });
  if (!found.size) return;
  await step(`Stopping what an earlier run left (${[...found.keys()].join(', ')})`, async () => {
    const { server, ...rest } = Object.fromEntries(found);
    if (server) await stopProcess(server);
    await Promise.all(Object.values(rest).map(stopProcess));
  });
}

function checkDisk() {
  for (const path of new Set([state, serviceHome()])) {
    const { bavail, bsize } = statfsSync(path);
    const free = (bavail * bsize) / 1e9;
    if (free < 2) fail(`${path} has ${free.toFixed(1)} GB free and Plantwatch needs 2 GB: make room on that disk.`);
  }
}

const lasting = ['pids', 'ports.json', 'secrets.json'];

function wipe(profile) {
  for (const folder of new Set([profileState(profile), join(serviceHome(), profile)])) {
    const old = existsSync(folder) ? readdirSync(folder).filter((name) => !lasting.includes(name)) : [];
    for (const name of old) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function environment({ profile, ports, secrets }) {
  const own = {
    HOST: '127.0.0.1',
    PLANTWATCH_SECRET: secrets.server,
    DATABASE_APP_PASSWORD: secrets.application,
    DATABASE_PROVIDER_PASSWORD: secrets.provider,
  };
  const chosen = Object.entries(own).map(([name, value]) => [name, process.env[name] || value]);
  return {
    ...Object.fromEntries(chosen),
    PORT: String(ports.api),
    COLLECTOR_HTTP_PORT: String(ports.collector),
    PLANTWATCH_STATE: profileState(profile),
    PLANTWATCH_PROFILE: profile,
  };
}

/** `node docker/local/services.mjs PROFILE`: keeps the services up and their environment in `env.sh` until it is stopped. */
async function keepUp(signal) {
  const profile = process.argv[2] ?? fail('Say which profile: node docker/local/services.mjs dev');
  const { env, stop } = await provision(profile, { signal });
  const file = join(profileState(profile), 'env.sh');
  const lines = Object.entries(env).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`);
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  console.log(`Services are up; load ${file}, stop with Ctrl-C or kill ${process.pid}.`);
  const alive = setInterval(() => {}, 60_000);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(alive);
  rmSync(file, { force: true });
  await stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await entry(keepUp);
