import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { INDUSTRIAL_LOGS, INDUSTRIAL_PORTS } from './icsnpp-logs.js';
import { directionOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';
import { ACCOUNT_LOGS } from './zeek-accounts.js';
import { CONN_LOGS } from './zeek-conn.js';
import { FILE_LOGS } from './zeek-files.js';
import { FINDING_LOGS } from './zeek-findings.js';
import { WEB_LOGS } from './zeek-web.js';

/** Every log that is understood. The order decides between logs that share columns. */
const LOGS: readonly ZeekLog[] = [
  ...INDUSTRIAL_LOGS,
  ...FINDING_LOGS,
  ...CONN_LOGS,
  ...WEB_LOGS,
  ...FILE_LOGS,
  ...ACCOUNT_LOGS,
];

/** ICSNPP's row with nothing but its connection: the reply of a service that says no more. */
const BARE: ZeekLog = { name: 'icsnpp', columns: [], read: readBare };

const BY_NAME = new Map<string, ZeekLog[]>();
const ORDER = new Map(LOGS.map((log, index) => [log, index]));
/** By the last of its columns, which is the rarest as they are written. */
const BY_COLUMN = new Map<string, ZeekLog[]>();
for (const log of LOGS) {
  BY_NAME.set(log.name, [...(BY_NAME.get(log.name) ?? []), log]);
  const column = log.columns.at(-1);
  if (column !== undefined) BY_COLUMN.set(column, [...(BY_COLUMN.get(column) ?? []), log]);
}

export function nameOf(document: JsonObject): string | undefined {
  return textOf(document._path) ?? textOf(document['@stream']);
}

/** By the name that the row has; else by columns, which must not contradict the name. */
export function logOf(document: JsonObject): ZeekLog | undefined {
  const written = nameOf(document);
  const name = written?.replaceAll('-', '_');
  const named = name === undefined ? undefined : BY_NAME.get(name);
  if (named !== undefined) return named.find((log) => holds(document, log)) ?? named[0];
  const log = byColumns(document) ?? (isBare(document) ? BARE : undefined);
  // `zeekproc.intel`, `ssl1_2`: logs that somebody renamed.
  return name === undefined || (log !== undefined && name.includes(log.name)) ? log : undefined;
}

function byColumns(document: JsonObject): ZeekLog | undefined {
  let found: ZeekLog | undefined;
  let order = Infinity;
  for (const key of Object.keys(document)) {
    for (const log of candidates(key)) {
      const place = ORDER.get(log) ?? Infinity;
      if (place >= order || !holds(document, log)) continue;
      found = log;
      order = place;
    }
  }
  return found;
}

const NONE: readonly ZeekLog[] = [];

/** Some shippers write `certificate_serial` for `certificate.serial`. */
function candidates(key: string): readonly ZeekLog[] {
  return BY_COLUMN.get(key) ?? UNDERSCORED.get(key) ?? NONE;
}

const UNDERSCORED = new Map(
  [...BY_COLUMN].filter(([column]) => column.includes('.')).map(([column, logs]) => [column.replace('.', '_'), logs]),
);

function holds(document: JsonObject, { columns }: ZeekLog): boolean {
  for (const column of columns) {
    if (document[column] !== undefined) continue;
    if (!column.includes('.') || document[column.replace('.', '_')] === undefined) return false;
  }
  return true;
}

function isBare(document: JsonObject): boolean {
  return typeof document.is_orig === 'boolean' && document.source_h !== undefined && protocolOf(document) !== undefined;
}

function protocolOf(document: JsonObject): string | undefined {
  const port = integerOf(document['id.resp_p'] ?? document.id_resp_p) ?? -1;
  return INDUSTRIAL_PORTS.get(port);
}

function readBare(event: EcsEvent, row: JsonObject): void {
  event.ot = {
    protocol: protocolOf(row) ?? 'unknown',
    function: { name: row.is_orig === true ? 'Request' : 'Response' },
    operation: 'other',
    direction: directionOf(row, ''),
  };
}
