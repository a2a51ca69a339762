import { addTag } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf } from '#ecs/json-values.js';
import type { Arrival, BodyParser, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanEpoch } from '#ecs/timestamps.js';
import { scanAuditFields } from './auditd-fields.js';
import type { AuditFields } from './auditd-fields.js';
import { readEnds, readParties, readSocketAddress, said } from './auditd-parties.js';
import { readProcess } from './auditd-process.js';
import { RECORD_NUMBERS, RECORDS } from './auditd-records.js';

/**
 * Records of the Linux audit system, one event each: as auditd writes them to its file, as audisp-syslog and the kernel
 * send them on. Records of one event share `event.sequence`.
 */
export const auditd = {
  name: 'auditd',
  matches: (first, text) => (first === T || first === N) && HEAD.test(text),
  parse: (event, text, arrival) => read(event, text, arrival),
} satisfies LineParser<'auditd'>;

export const auditdBody = { name: 'auditd-body', matches, parse } satisfies BodyParser<'auditd-body'>;

const N = 110;
const T = 116;
const HEAD =
  /^(?:node=(\S{1,255}) )?type=([A-Z0-9_]{1,40}|UNKNOWN\[\d{1,5}\]) (?:msg=)?(?:audit\((\d{10}\.\d{1,9}):(\d{1,19})\):|(?=msg=))/;
/** journald and the kernel write no time in front of the record of a program. */
const BARE = /^([A-Z][A-Z0-9_]{2,40}) (?=pid=|apparmor=|avc: )/;
const OUTCOMES: ReadonlyMap<string, 'success' | 'failure'> = new Map([
  ['success', 'success'],
  ['1', 'success'],
  ['yes', 'success'],
  ['failed', 'failure'],
  ['fail', 'failure'],
  ['failure', 'failure'],
  ['0', 'failure'],
  ['no', 'failure'],
]);

function matches(event: EcsEvent): boolean {
  const name = event.process?.name;
  if (name === 'kernel' || name === 'audit') {
    const text = withoutKernel(event.message);
    return HEAD.test(text) || (name === 'audit' && BARE.test(text));
  }
  const first = event.message.charCodeAt(0);
  return (first === T || first === N) && HEAD.test(event.message);
}

function parse(event: EcsEvent, arrival: Arrival): Remainder {
  const text = event.message;
  const program = event.process?.name;
  const rest = read(event, program === 'kernel' || program === 'audit' ? withoutKernel(text) : text, arrival);
  event.message = text;
  return rest;
}

/** `[ 12.345678] audit: type=…` and `audit: type=…`. */
function withoutKernel(text: string): string {
  return text.replace(/^(?:\[ {0,8}\d{1,10}\.\d{1,9}\] )?(?:audit(?:\[\d{1,10}\])?: )?/, '');
}

function read(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const head = HEAD.exec(text) ?? BARE.exec(text);
  if (head === null) return 'refused';
  const bare = head.length === 2;
  const number = bare ? '' : (head[2] ?? '');
  const record = bare ? (head[1] ?? '') : (RECORD_NUMBERS.get(number) ?? number);
  const fields = scanAuditFields(text, head[0].length, record === 'EXECVE');
  event.event.dataset = 'auditd.log';
  event.event.module = 'auditd';
  const node = bare ? undefined : head[1];
  const stamp = scanEpoch(bare ? '' : (head[3] ?? ''), 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  // The header's time said nothing of the zone; the record's own is exact.
  if (stamp !== undefined && event.tags !== undefined)
    event.tags = event.tags.filter((tag) => tag !== 'timestamp_guessed');
  const serial = bare ? undefined : integerOf(head[4]);
  if (serial !== undefined) event.event.sequence = serial;
  if (node !== undefined) event.host = { ...event.host, name: node, hostname: node.split('.', 1)[0] };
  event.auditd = { log: keptOf(record, fields) };
  fill(event, record, fields);
  if (stamp === undefined && event['@timestamp'] === '') addTag(event, 'timestamp_missing');
  return 'done';
}

function fill(event: EcsEvent, record: string, fields: AuditFields): void {
  const { outer, inner } = fields;
  const meaning = RECORDS.get(record);
  event.event.action = meaning?.action ?? record.toLowerCase();
  if (meaning?.category !== undefined) event.event.category = meaning.category;
  if (meaning?.type !== undefined) event.event.type = meaning.type;
  const result = said(inner, 'res') ?? said(outer, 'res') ?? said(outer, 'success') ?? said(inner, 'result');
  event.event.outcome = OUTCOMES.get(result?.toLowerCase() ?? '');
  readParties(event, fields, meaning?.parties ?? 'none');
  readEnds(event, fields);
  readProcess(event, record, fields);
  const unit = said(inner, 'unit');
  if (unit !== undefined) event.service = { name: unit };
  const saddr = said(outer, 'saddr');
  if (saddr !== undefined) readSocketAddress(event, saddr);
  if (record === 'PATH') readPath(event, outer);
}

const CHANGES: ReadonlyMap<string, 'creation' | 'deletion'> = new Map([
  ['CREATE', 'creation'],
  ['DELETE', 'deletion'],
]);

function readPath(event: EcsEvent, outer: ReadonlyMap<string, string>): void {
  const path = said(outer, 'name');
  if (path === undefined) return;
  event.file = { path, name: path.slice(path.lastIndexOf('/') + 1) || undefined };
  const owner = said(outer, 'ouid');
  const group = said(outer, 'ogid');
  if (owner !== undefined) event.file.uid = owner;
  if (group !== undefined) event.file.gid = group;
  const change = CHANGES.get(said(outer, 'nametype') ?? '');
  if (change !== undefined) event.event.type = [change];
}

/** Every field as it was said: rules for auditd name them. The program's own stand beside the kernel's of the same name. */
function keptOf(record: string, { outer, inner, words }: AuditFields): JsonObject {
  const log = new Map<string, string | string[]>([['record_type', record]]);
  for (const key of outer.keys()) {
    const value = said(outer, key);
    if (value !== undefined) log.set(key, value);
  }
  for (const key of inner.keys()) {
    const value = said(inner, key);
    if (value === undefined) continue;
    const before = log.get(key);
    log.set(key, before === undefined ? value : typeof before === 'string' ? [before, value] : [...before, value]);
  }
  if (words !== '' && !log.has('op')) log.set('op', words);
  return Object.fromEntries(log);
}
