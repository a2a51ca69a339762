import { afterAll, beforeAll, expect, it } from 'vitest';
import { linesFor, sendAll, tcpSources } from '#test/bench/load.js';
import { soak } from '#test/bench/soaking.js';
import { aServerProcess, type ServerProcess } from '#test/support/server-process.js';

/** The short form of `npm run soak`: too short for a slow leak, long enough for one of a file or a socket a second. */
const SECONDS = 40;
const EVENTS_PER_SECOND = 2000;

let server: ServerProcess;
beforeAll(async () => {
  server = await aServerProcess();
});
afterAll(() => server.remove());

it('under a steady load nothing is missing, every alert comes, and files, sockets and memory stay', async () => {
  const targets = await tcpSources(server);
  await sendAll(targets, linesFor(targets, { from: 0, count: 20_000 }));
  const { memory, handles, latency, missing } = await soak(server, targets, {
    rate: EVENTS_PER_SECOND,
    seconds: SECONDS,
  });
  expect(missing).toBe(0);
  expect(latency.alert.p99).toBeLessThan(Infinity);
  expect(handles[1]).toBeLessThanOrEqual(handles[0] + 5);
  expect(memory[1]).toBeLessThan(1.25 * memory[0]);
}, 150_000);
