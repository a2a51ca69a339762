import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aCertificate, type TestCertificate } from '#test/support/certificates.js';
import { eventually } from '#test/support/eventually.js';
import { alertsOf, countsOf } from '#test/support/plant-report.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';
import { keptEvents } from './audit.js';
import { CHANNELS, CHUNK, numberOf, pour, USERS, type ChannelName, type Kills } from './channels.js';
import { faultKinds, type Fault } from './fault-kinds.js';
import { Services } from './services.js';
import { aPlant, type Plant } from './plant.js';

/** `npm run chaos -- --minutes 20 --seed 7` for longer, or for the same again. */
const MINUTES = Number(process.env['CHAOS_MINUTES'] ?? 2);
const SEED = Number(process.env['CHAOS_SEED'] ?? 1);
const PAUSE_MS = 1500;
/** A disk of this size, for the spool alone, where we may mount one. */
const DISK_MIB = 256;
/** What was left undone when the storm ended has to be done first. */
const CALM_WITHIN = 600_000;
/** Their chunks are sent until they are taken, so their alerts are the same without faults. */
const SURE: readonly ChannelName[] = ['ndjson', 'bulk'];

let folder: string;
let keys: string;
let disk: string | undefined;
let certificate: TestCertificate;
let server: ServerProcess;
let services: Services;
const kills: Kills = { count: 0, now: false };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-chaos-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', folder]).status === 0;
  if (mounted) disk = folder;
  keys = await mkdtemp(path.join(tmpdir(), 'plantwatch-keys-'));
  certificate = await aCertificate(keys, 'collector.example.org');
  services = await Services.find();
  server = await aServerProcess({
    roles: { all: 'api,worker,scheduler', collector: 'collector' },
    state: folder,
    env: { SYSLOG_TLS_CERT: certificate.cert, SYSLOG_TLS_KEY: certificate.key },
  });
});
afterAll(async () => {
  await server?.remove();
  if (disk !== undefined) spawnSync('umount', [disk]);
  for (const own of [folder, keys]) await rm(own, { recursive: true, force: true });
});

/** Every kind once in an order that the seed decides, then again in another one. */
function* schedule(kinds: readonly Fault[]): Generator<{ fault: Fault; longMs: number }> {
  const order = fc.shuffledSubarray([...kinds], { minLength: kinds.length });
  for (let round = 0; ; round++) {
    const [faultsOfRound = []] = fc.sample(order, { seed: SEED + round, numRuns: 1 });
    const lengths = fc.sample(fc.integer({ min: 500, max: 5000 }), { seed: SEED - round, numRuns: kinds.length });
    for (const [at, fault] of faultsOfRound.entries()) yield { fault, longMs: lengths[at] ?? 1000 };
  }
}

async function storm(until: number): Promise<string[]> {
  const struck: string[] = [];
  for (const { fault, longMs } of schedule(faultKinds({ server, services, kills, disk }))) {
    if (Date.now() > until) return struck;
    await fault.strike(longMs);
    struck.push(fault.name);
    await pause(PAUSE_MS);
  }
  return struck;
}

type Poured = Record<ChannelName, Awaited<ReturnType<typeof pour>>>;

/** @param everyMs between two chunks of a channel */
async function pourAll(
  plant: Plant,
  channels: readonly ChannelName[],
  stopping: (sent: number) => boolean,
  everyMs?: number,
): Promise<Poured> {
  const poured: Partial<Poured> = {};
  const one = async (name: ChannelName): Promise<void> => {
    let chunks = 0;
    const stop = { kills, stopping: () => stopping(CHUNK * chunks++), ...(everyMs === undefined ? {} : { everyMs }) };
    poured[name] = await pour(CHANNELS[name], plant.targets[name], stop);
  };
  await Promise.all(channels.map(one));
  return poured as Poured;
}

async function settled(plant: Plant, lines: number): Promise<void> {
  await eventually(
    () => countsOf(server.administrator, plant.tenant).catch(() => []),
    (counts) =>
      counts.length > 0 &&
      counts.every(({ spooled }) => spooled === 0) &&
      counts.reduce((sum, { received }) => sum + received, 0) >= lines,
    CALM_WITHIN,
  );
}

it(
  'loses no acknowledged line, doubles none, and raises the alerts of an undisturbed run',
  async () => {
    const shaken = await aPlant(server, 'Shaken', certificate);
    let raging = true;
    const pouring = pourAll(shaken, Object.keys(CHANNELS) as ChannelName[], () => !raging);
    const struck = await storm(Date.now() + MINUTES * 60_000);
    raging = false;
    const poured = await pouring;
    const acknowledged = Object.values(poured).reduce((sum, one) => sum + one.acknowledged.size, 0);
    await settled(shaken, acknowledged);

    const seen = new Map<string, number>();
    for await (const { original } of keptEvents(shaken.sources)) {
      const { channel = '', n = -1 } = numberOf(original) ?? {};
      seen.set(`${channel} ${n}`, (seen.get(`${channel} ${n}`) ?? 0) + 1);
    }
    const lost = Object.entries(poured).flatMap(([channel, one]) =>
      [...one.acknowledged].map((n) => `${channel} ${n}`).filter((key) => !seen.has(key)),
    );
    const doubled = [...seen].filter(([, times]) => times > 1);
    const sums = Object.entries(poured).map(([channel, one]) => [channel, one.sent, one.acknowledged.size]);
    process.stdout.write(
      `${JSON.stringify({
        chaos: {
          seed: SEED,
          faults: struck.length,
          lines: seen.size,
          acknowledged,
          lost: lost.length,
          doubled: doubled.length,
          sums,
        },
      })}\n`,
    );
    expect(lost).toEqual([]);
    expect(doubled).toEqual([]);
    for (const { received, indexed, duplicates, deadLettered } of await countsOf(server.administrator, shaken.tenant))
      expect(received).toBe(indexed + duplicates + deadLettered);
    const { items } = await server.administrator.get<{ items: object[] }>('/intake/collectors');
    expect(JSON.stringify(items)).not.toContain('accounted for');
    expect(struck.length).toBeGreaterThanOrEqual(MINUTES * 5);

    const calm = await aPlant(server, 'Calm', certificate);
    for (const name of SURE) await pourAll(calm, [name], (sent) => sent >= poured[name].sent, 0);
    // Each user's alert, and whole: one that still grows must not be what the others are measured by.
    const whole = (alerts: string[], name: ChannelName): string[] =>
      alerts.filter((alert) => alert.includes(`"${name}`) && alert.includes(`,${poured[name].sent / USERS},`));
    const counted = await eventually(
      () => alertsOf(server.administrator, calm.tenant, SURE),
      (alerts) => SURE.every((name) => whole(alerts, name).length === USERS),
      CALM_WITHIN,
    );
    expect(counted).toHaveLength(SURE.length * USERS);
    await eventually(
      () => alertsOf(server.administrator, shaken.tenant, SURE),
      (alerts) => JSON.stringify(alerts) === JSON.stringify(counted),
      CALM_WITHIN,
    );
  },
  MINUTES * 120_000 + 900_000,
);
