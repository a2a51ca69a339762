import { AssetIndex, type AssetVersion } from '#customers/asset-index.js';
import type { Memory } from '#ecs/parser.js';
import type { EcsEvent } from '#ecs/event.js';
import { decodeLine, normalise, type RawInput } from '#formats/normalise.js';
import { remember } from '#formats/memory.js';
import { rfc5424 } from '#formats/rfc5424.js';
import { enrich, type Origin } from '#ingest/enrich.js';

export const RECEIVED = Date.UTC(2026, 10, 23, 12);
const ZONE = 'Europe/Prague';
const ASSETS = 2000;

/** The header of RFC 5424 alone, written into an event. */
export function readHeader(line: string): EcsEvent {
  const event: EcsEvent = {
    '@timestamp': '',
    event: { original: line, created: '', kind: 'event', dataset: 'raw' },
    message: line,
  };
  if (!rfc5424.matches(line.charCodeAt(0), line)) throw new Error(`not RFC 5424: ${line}`);
  rfc5424.parse(event, line, { raw: line, receivedAt: RECEIVED, timeZone: ZONE });
  return event;
}

const ORIGIN: Origin = {
  sourceId: '019a0000-0000-7000-8000-00000000000a',
  siteId: 'site',
  assetId: null,
  collector: 'c1',
  sender: '10.0.0.1',
  assets: new AssetIndex(
    Array.from({ length: ASSETS }, (_, n) => asset(n)),
    new Map(),
  ),
};

/** All that the pipeline does with a line before it is matched: bytes in, the whole event out, its assets joined. */
export function readWhole(bytes: Buffer, sequence: number): EcsEvent {
  const event = normalise({ ...decodeLine(bytes), receivedAt: RECEIVED, timeZone: ZONE });
  enrich(event, ORIGIN, sequence);
  return event;
}

/** Lines of one source after the other, as recognition finds their parsers or with these pinned. */
export function readAll(sources: ReadonlyMap<string, readonly string[]>, pinned: boolean): number {
  let events = 0;
  for (const [parser, lines] of sources) {
    let memory: Memory | undefined;
    const more = (pinned ? { parser } : {}) as Partial<RawInput>;
    for (const raw of lines) {
      const event = normalise({ raw, receivedAt: RECEIVED, timeZone: ZONE, memory, ...more });
      memory = remember(memory, event);
      events++;
    }
  }
  return events;
}

function asset(n: number): AssetVersion {
  const address = `10.${n % 7}.${n % 31}.${n % 251}`;
  const place = { zoneId: null, addresses: [address], hostnames: [`ews-0${n}`, `plant-sw-0${n}`] };
  const type = { role: 'server', componentType: 'host_device', criticality: 2 } as const;
  return { assetId: `asset-${n}`, name: `asset ${n}`, ...type, ...place, validFrom: null, validTo: null };
}
