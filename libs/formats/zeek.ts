import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { objectAt, textOf } from '#ecs/json-values.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { isoOf, scanIso } from '#ecs/timestamps.js';
import { addressOf, endpoint } from './zeek-endpoints.js';
import { logOf, nameOf } from './zeek-logs.js';

/**
 * Rows of Zeek logs as JSON. The log is named by `_path` or `@stream`, else known by its columns. `source` is always
 * the client, so that a reply has the same source as its request.
 */
export const zeek = { name: 'zeek', matches, parse } satisfies DocumentParser<'zeek'>;

const LATEST = Date.UTC(9999, 11, 31);
const LONGEST_MESSAGE = 512;
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
  '@timestamp',
]);

function matches(document: JsonObject): boolean {
  if (typeof document.ts !== 'number' && typeof document.ts !== 'string') return false;
  if (typeof document._path === 'string' || typeof document['@stream'] === 'string') return true;
  if (addressOf(document, 'orig') !== undefined) return true;
  const log = logOf(document);
  return log !== undefined && (document.message === undefined || log.name === 'reporter');
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const log = logOf(document);
  const name = log?.name ?? nameOf(document) ?? 'unknown';
  event.event.dataset = `zeek.${name}`;
  event.event.module = 'zeek';
  event.event.category = ['network'];
  event.event.type = ['info'];
  event.observer = { vendor: 'Zeek', product: 'Zeek', type: 'sensor', name: sensorOf(document) };
  readTime(event, document, arrival);
  event.zeek = { log: name, uid: textOf(document.uid), row: rowOf(document) };
  event.source = endpoint(document, 'orig');
  event.destination = endpoint(document, 'resp');
  event.message = `${name}: ${event.source?.ip ?? '?'} -> ${event.destination?.ip ?? '?'}`;
  const transport = textOf(document.proto);
  if (transport !== undefined) event.network = { transport: transport.toLowerCase() };
  log?.read(event, document);
  // A connection that carries an industrial protocol stays a connection.
  if (event.ot !== undefined && name !== 'conn') finishOt(event, document);
  return 'done';
}

function sensorOf(document: JsonObject): string | undefined {
  return textOf(document['@system']) ?? textOf(document._system_name);
}

/** Seconds since 1970, or ISO 8601 where Zeek is set so. */
function readTime(event: EcsEvent, document: JsonObject, arrival: Arrival): void {
  const ts = document.ts;
  const seconds =
    typeof ts === 'number' ? ts : typeof ts === 'string' && /^\d{1,11}(?:\.\d{1,9})?$/.test(ts) ? Number(ts) : NaN;
  // Two steps, or 1595660608.238144 becomes .237 by binary fractions.
  const instant = Math.floor(Math.round(seconds * 1e6) / 1e3);
  if (instant >= 0 && instant <= LATEST) event['@timestamp'] = isoOf(instant);
  const stamp = typeof ts === 'string' ? scanIso(ts, 0) : undefined;
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
}

/** The row without what has a field of its own. `id` is the connection, save in logs of files where it is a text. */
function rowOf(document: JsonObject): JsonObject {
  const row: JsonObject = {};
  for (const key of Object.keys(document)) {
    if (META.has(key) || isConnection(key)) continue;
    const value = document[key];
    if (value !== undefined && (key !== 'id' || typeof value === 'string')) row[key] = value;
  }
  const id = objectAt(document, 'id');
  if (id !== undefined && id.orig_h === undefined) row.id = id;
  return row;
}

function isConnection(key: string): boolean {
  return (
    key.startsWith('id.orig_') || key.startsWith('id.resp_') || key.startsWith('id_orig_') || key.startsWith('id_resp_')
  );
}

function finishOt(event: EcsEvent, document: JsonObject): void {
  const ot = event.ot;
  if (ot === undefined) return;
  const category = event.event.category ?? [];
  event.event.type = category.includes('authentication') ? ['protocol', 'start'] : ['protocol'];
  event.event.action ??= ot.operation;
  if (ot.exception === undefined && ot.direction === 'response') event.event.outcome ??= 'success';
  event.network = { ...event.network, protocol: ot.protocol };
  // Who answers is the server, also where the recording began in the middle and Zeek took it for the client.
  const orig = document.is_orig ?? textOf(document.source_h) === addressOf(document, 'orig');
  if (ot.direction === 'response' && orig === true && textOf(document.source_h) !== undefined) swap(event);
  const parts = [ot.protocol, ot.function?.name, ot.point?.kind, ot.point?.address, ot.value, ot.exception];
  event.message = parts
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, LONGEST_MESSAGE);
}

function swap(event: EcsEvent): void {
  const client = event.destination;
  event.destination = event.source;
  event.source = client;
}
