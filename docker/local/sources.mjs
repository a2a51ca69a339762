import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { composeUp, dockerWorks } from './compose.mjs';
import { elasticsearch } from './elasticsearch.mjs';
import { fail } from './fail.mjs';
import { serviceHome } from './home.mjs';
import { answers, startLocal } from './local.mjs';
import { state } from './paths.mjs';
import { postgres } from './postgres.mjs';
import { redis } from './redis.mjs';
import { quietStep } from './step.mjs';

const services = [postgres, redis, elasticsearch];

/** Finds or starts every service; answers their URLs by variable and the functions that stop what was started. */
export async function startAll(place, signal) {
  const [given, docker, local] = ['given', 'docker', 'local'].map((source) =>
    services.filter((service) => sourceOf(service) === source),
  );
  for (const service of given) await useGiven(service, signal);
  for (const service of local) await service.prepare(signal);
  if (local.length && serviceHome() !== state) {
    console.log(`The services' user cannot enter ${state}: programs and data are in ${serviceHome()}.`);
  }
  const failure = new AbortController();
  const common = { ...place, signal: AbortSignal.any([signal, failure.signal]) };
  const starting = [
    ...local.map((service) => useLocal(service, common)),
    ...(docker.length ? [useDocker(docker, common)] : []),
  ];
  if (starting.length) console.log('Starting services:');
  for (const one of starting) one.catch((error) => failure.abort(error));
  const stops = (await Promise.allSettled(starting)).flatMap(({ value }) => value ?? []);
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

async function useGiven(service, signal) {
  const { title, variable } = service;
  const url = process.env[variable];
  if (!URL.canParse(url)) fail(`${variable} is not a URL: give one like ${service.example}, or unset it.`);
  await quietStep(`${title} at ${new URL(url).host} (${variable})`, () =>
    answers(service, url, { signal, patience: 15_000 }),
  );
}

async function useLocal(service, common) {
  const folder = join(serviceHome(), common.profile, service.key);
  mkdirSync(folder, { recursive: true });
  const url = service.url(common);
  return quietStep(`${service.title} at ${new URL(url).host}`, () => startLocal(service, { ...common, folder, url }));
}

async function useDocker(chosen, common) {
  const titles = chosen.map(({ title }) => title).join(', ');
  return quietStep(`${titles} in Docker`, async () => {
    const keys = chosen.map(({ key }) => key);
    const stop = await composeUp(common.profile, keys, common);
    try {
      await Promise.all(chosen.map((service) => answers(service, service.url(common), common)));
      return stop;
    } catch (error) {
      await stop();
      throw error;
    }
  });
}
