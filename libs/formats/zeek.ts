import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, EndpointBlock, JsonObject, OtOperation } from '#ecs/event.js';
import { DNP3_LOGS } from './icsnpp-dnp3.js';
import { MODBUS_LOGS } from './icsnpp-modbus.js';
import { S7COMM_LOGS } from './icsnpp-s7comm.js';
import { integerOf, objectAt, textOf } from '#ecs/json-values.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { isoOf, scanIso } from '#ecs/timestamps.js';
import { CORE_LOGS } from './zeek-core.js';
import type { ZeekLog } from './zeek-log.js';

/**
 * Rows of Zeek logs as JSON. The log is named by `_path` or `@stream`, else known by its columns. `source` is always
 * the side that opened the connection, so that a reply has the same source as its request.
 */
export const zeek = { name: 'zeek', matches, parse } satisfies DocumentParser<'zeek'>;

// A new protocol is one more table here; the order decides between logs that share columns.
const LOGS: readonly ZeekLog[] = [...S7COMM_LOGS, ...DNP3_LOGS, ...MODBUS_LOGS, ...CORE_LOGS];

const LATEST = Date.UTC(9999, 11, 31);
const META = new Set([
  'ts',
  '_ts',
  'uid',
  '_path',
  '_system_name',
  '_write_ts',
  '@stream',
  '@system',
  '@proc',
  'id',
  '@timestamp',
]);
const SIDES = ['orig', 'resp'] as const;
const CHANGING: ReadonlySet<OtOperation> = new Set<OtOperation>([
  'program_download',
  'mode_change',
  'stop',
  'start',
  'restart',
  'time',
]);

function matches(document: JsonObject): boolean {
  if (typeof document.ts !== 'number' && typeof document.ts !== 'string') return false;
  if (typeof document._path === 'string' || typeof document['@stream'] === 'string') return true;
  return addressOf(document, 'orig') !== undefined || (logOf(document) !== undefined && document.message === undefined);
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const log = logOf(document);
  const name = textOf(document._path) ?? textOf(document['@stream']) ?? log?.name ?? 'unknown';
  event.event.dataset = `zeek.${name}`;
  event.event.module = 'zeek';
  event.event.category = ['network'];
  event.event.type = ['info'];
  event.observer = {
    vendor: 'Zeek',
    product: 'Zeek',
    type: 'sensor',
    name: textOf(document['@system']) ?? textOf(document._system_name),
  };
  readTime(event, document, arrival);
  event.zeek = { log: name, uid: textOf(document.uid), row: rowOf(document) };
  event.source = endpoint(document, 'orig');
  event.destination = endpoint(document, 'resp');
  log?.read(event, document);
  if (event.ot !== undefined) finishOt(event);
  else event.message = textOf(document.msg) ?? `${name}: ${event.source?.ip ?? '?'} -> ${event.destination?.ip ?? '?'}`;
  return 'done';
}

/** By name when the row has one that we know, else by columns. */
function logOf(document: JsonObject): ZeekLog | undefined {
  const name = textOf(document._path) ?? textOf(document['@stream']);
  if (name !== undefined) return LOGS.find((log) => log.name === name);
  return LOGS.find((log) => log.columns.every((column) => document[column] !== undefined));
}

/** Seconds since 1970, or ISO 8601 where Zeek is set so. */
function readTime(event: EcsEvent, document: JsonObject, arrival: Arrival): void {
  const ts = document.ts;
  const seconds =
    typeof ts === 'number' ? ts : typeof ts === 'string' && /^\d{1,11}(?:\.\d+)?$/.test(ts) ? Number(ts) : NaN;
  // Two steps, or 1595660608.238144 becomes .237 by binary fractions.
  const instant = Math.floor(Math.round(seconds * 1e6) / 1e3);
  if (instant >= 0 && instant <= LATEST) event['@timestamp'] = isoOf(instant);
  const stamp = typeof ts === 'string' ? scanIso(ts, 0) : undefined;
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
}

/** Zeek writes `id.orig_h`; some shippers nest it or write `id_orig_h`. */
function addressOf(document: JsonObject, side: 'orig' | 'resp'): string | undefined {
  return (
    textOf(document[`id.${side}_h`]) ??
    textOf(objectAt(document, 'id')?.[`${side}_h`]) ??
    textOf(document[`id_${side}_h`])
  );
}

function endpoint(document: JsonObject, side: 'orig' | 'resp'): EndpointBlock | undefined {
  const ip = addressOf(document, side) ?? (side === 'orig' ? textOf(document.host) : undefined);
  if (ip === undefined || !isIp(ip)) return undefined;
  const port = integerOf(
    document[`id.${side}_p`] ?? objectAt(document, 'id')?.[`${side}_p`] ?? document[`id_${side}_p`],
  );
  const block: EndpointBlock = { ip };
  if (port !== undefined && port >= 0 && port <= 65_535) block.port = port;
  const mac = textOf(document[`${side}_l2_addr`]);
  if (mac !== undefined) block.mac = mac.replaceAll(':', '-').toUpperCase();
  return block;
}

function rowOf(document: JsonObject): JsonObject {
  const row: JsonObject = {};
  for (const key of Object.keys(document)) {
    const value = document[key];
    if (
      value !== undefined &&
      !META.has(key) &&
      !SIDES.some((side) => key.startsWith(`id.${side}`) || key.startsWith(`id_${side}`))
    )
      row[key] = value;
  }
  return row;
}

function finishOt(event: EcsEvent): void {
  const ot = event.ot;
  if (ot === undefined) return;
  const changes = ot.operation !== undefined && CHANGING.has(ot.operation);
  event.event.type = changes
    ? ['protocol', 'change']
    : ot.exception === undefined
      ? ['protocol']
      : ['protocol', 'error'];
  event.event.action = ot.operation;
  event.network = { ...event.network, protocol: ot.protocol };
  const parts = [ot.protocol, ot.function?.name, ot.point?.kind, ot.point?.address, ot.value, ot.exception];
  event.message = parts
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, 512);
}
