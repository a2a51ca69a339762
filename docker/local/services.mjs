import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeUp, dockerWorks } from './compose.mjs';
import { elasticsearch } from './elasticsearch.mjs';
import { entry, fail } from './fail.mjs';
import { serviceHome } from './home.mjs';
import { answers, startLocal } from './local.mjs';
import { profileState, state } from './paths.mjs';
import { choosePorts } from './ports.mjs';
import { postgres } from './postgres.mjs';
import { commandLine, forget, remember, remembered, stopProcess } from './processes.mjs';
import { redis } from './redis.mjs';
import { secretsOf } from './secrets.mjs';
import { quietStep, step } from './step.mjs';

const services = [postgres, redis, elasticsearch];
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

async function startAll(place, signal) {
  const [given, docker, local] = ['given', 'docker', 'local'].map((source) =>
    services.filter((service) => sourceOf(service) === source),
  );
  for (const service of local) await service.prepare(signal);
  if (local.length && serviceHome() !== state) {
    console.log(`The services' user cannot enter ${state}: programs and data are in ${serviceHome()}.`);
  }
  console.log('Services:');
  const failure = new AbortController();
  const common = { ...place, signal: AbortSignal.any([signal, failure.signal]) };
  const starting = [
    ...given.map((service) => useGiven(service, common)),
    ...local.map((service) => useLocal(service, common)),
    ...(docker.length ? [useDocker(docker, common)] : []),
  ];
  for (const one of starting) one.catch((error) => failure.abort(error));
  const ended = await Promise.allSettled(starting);
  const stops = ended.flatMap(({ value }) => value ?? []);
  if (failure.signal.aborted) {
    await Promise.all(stops.map((stop) => stop()));
    throw signal.reason ?? failure.signal.reason;
  }
  const urls = services.map((service) => [service.variable, process.env[service.variable] || service.url(place)]);
  return { urls: Object.fromEntries(urls), stops };
}

function sourceOf({ variable }) {
  if (process.env[variable]) return 'given';
  return dockerWorks() ? 'docker' : 'local';
}

async function useGiven(service, { signal }) {
  const url = process.env[service.variable];
  const title = `${service.title} at ${new URL(url).host} (${service.variable})`;
  await quietStep(title, () => answers(service, url, { signal, patience: 15_000 }));
  return [];
}

async function useLocal(service, common) {
  const folder = join(serviceHome(), common.profile, service.key);
  mkdirSync(folder, { recursive: true });
  const url = service.url(common);
  const title = `${service.title} at ${new URL(url).host}`;
  return quietStep(title, () => startLocal(service, { ...common, folder, url }));
}

async function useDocker(chosen, common) {
  const stop = await quietStep(`${chosen.map(({ title }) => title).join(', ')} in Docker`, () =>
    composeUp(
      common.profile,
      chosen.map(({ key }) => key),
      common,
    ),
  );
  await Promise.all(chosen.map((service) => answers(service, service.url(common), common)));
  return stop;
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
