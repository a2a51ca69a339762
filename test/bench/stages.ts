import { globSync, readFileSync } from 'node:fs';
import { AssetIndex } from '#customers/asset-index.js';
import { compileCatalogue, type Catalogue, type RuleFile } from '#detection/catalogue.js';
import type { EcsEvent } from '#ecs/event.js';
import { SyslogFramer } from '#ecs/framing.js';
import { decodeLine, normalise } from '#formats/normalise.js';
import { enrich } from '#ingest/enrich.js';
import { shippedPipelines } from '#test/support/pipelines.js';
import { decodeEntry, encodeEntry } from '#ingest/spool-record.js';

const ROUNDS = 5;
const ID = '019a0000-0000-7000-8000-00000000000a';

/** Own CPU of each stage of the pipeline over these lines, in microseconds an event; the best of five rounds. */
export async function stageCosts(lines: readonly string[]): Promise<Record<string, number>> {
  const matching = await shippedRules();
  const chunk = Buffer.from(`${lines.join('\n')}\n`);
  const receivedAt = Date.now();
  const origin = {
    sourceId: ID,
    siteId: ID,
    assetId: null,
    collector: 'c1',
    sender: '10.0.0.1',
    assets: new AssetIndex([], new Map()),
  };
  const best: Record<string, number> = {};
  const measure = <T>(stage: string, work: () => T): T => {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    best[stage] = Math.min(best[stage] ?? Infinity, Math.round(((user + system) / lines.length) * 100) / 100);
    return result;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const frames = measure('frame', () => framesOf(chunk));
    const delivery = { tenantId: ID, sourceId: ID, receivedAt, sender: '10.0.0.1', lines: frames };
    const entry = measure('spool', () => decodeEntry(encodeEntry(delivery, 1), 0));
    if (entry === 'torn') throw new Error('The spool does not read what it writes.');
    const events = measure('normalise', () =>
      entry.entry.lines.map(({ raw }) => normalise({ ...decodeLine(raw), receivedAt, timeZone: 'Etc/UTC' })),
    );
    measure('enrich', () => events.forEach((event, n) => enrich(named(event, n), origin, n)));
    measure('match', () => events.forEach((event) => matching.match(event)));
    measure('serialise', () => events.forEach((event) => JSON.stringify(event)));
  }
  return best;
}

async function shippedRules(): Promise<Catalogue['matching']> {
  const file = (name: string): RuleFile => ({ path: name, text: readFileSync(name, 'utf8') });
  const names = globSync('rules/*/*.yml', { exclude: ['**/*.fixtures.yml', 'rules/pipelines/**'] });
  return compileCatalogue(names.map(file), await shippedPipelines('ot')).matching;
}

function framesOf(chunk: Buffer): { raw: Buffer; truncated: boolean; id: undefined }[] {
  const frames: { raw: Buffer; truncated: boolean; id: undefined }[] = [];
  new SyslogFramer(2 ** 20).push(chunk, (raw, truncated) => frames.push({ raw, truncated, id: undefined }));
  return frames;
}

function named(event: EcsEvent, n: number): EcsEvent {
  event.event.id = `c1-${n}`;
  return event;
}
