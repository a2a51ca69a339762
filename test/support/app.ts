import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { AppModule } from '#apps/server/app.module.js';
import { dressHttp } from '#apps/server/http.js';
import { Clock } from '#platform/clock.js';
import { readConfig } from '#platform/config.js';
import { ProviderDatabase } from '#platform/database.js';
import { aDatabase } from './database.js';
import { TestClock } from './test-clock.js';

export interface RunningApp {
  app: NestExpressApplication;
  url: string;
  clock: TestClock;
  databaseUrl: string;
  /** The collector's port for NDJSON and `_bulk`. */
  collectorPort: number;
  /** Tables by the ORM's word, with their columns' names. */
  entities: { tableName: string; columns: string[] }[];
  stop(): Promise<void>;
}

/** Given out before: the system may offer a port again as soon as it is closed. */
const taken = new Set<number>();

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  if (taken.has(port)) return freePort();
  taken.add(port);
  return port;
}

/** The whole server in this process, on the real services, with a database, queues and a spool of its own. */
export async function startApp(env: Record<string, string> = {}): Promise<RunningApp> {
  const database = await aDatabase();
  const state = await mkdtemp(path.join(tmpdir(), 'plantwatch-'));
  const collectorPort = await freePort();
  const config = readConfig({
    ...process.env,
    DATABASE_URL: database.url,
    PLANTWATCH_STATE: state,
    PLANTWATCH_DEMO: '0',
    QUEUE_PREFIX: `t${randomBytes(6).toString('hex')}`,
    PORT: String(await freePort()),
    COLLECTOR_HTTP_PORT: String(collectorPort),
    WEBHOOK_ALLOW_LOOPBACK: '1',
    ...env,
  });
  const clock = new TestClock();
  const testing = await Test.createTestingModule({ imports: [AppModule.with(config)] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const app = testing.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['error', 'fatal'] });
  dressHttp(app, path.join(state, 'console'));
  await app.listen(config.values.PORT, '127.0.0.1');
  const stop = async (): Promise<void> => {
    await app.close();
    await database.drop();
    await rm(state, { recursive: true, force: true });
  };
  const entities = app.get(ProviderDatabase).login.source.entityMetadatas.map(({ tableName, columns }) => ({
    tableName,
    columns: columns.map((column) => column.databaseName),
  }));
  return { app, entities, url: config.publicUrl, clock, databaseUrl: database.url, collectorPort, stop };
}
