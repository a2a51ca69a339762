import type { EcsEvent, EventCategory, EventType, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { takeTime } from './body-time.js';
import { scanCsv } from './csv-scan.js';
import { isNothing, verdictOf } from './device-values.js';
import { setField } from './ecs-setters.js';
import { setConnection } from './firewall-verdict.js';
import { COLUMNS, FIELDS } from './palo-alto-columns.js';
import { readWords } from './word-taxonomy.js';

/** Palo Alto Networks PAN-OS: `1,2025/03/14 09:26:53,007200001056,TRAFFIC,end,…`, columns by type. */
export const paloAlto = {
  name: 'palo-alto',
  matches: ({ message }) => HEAD.test(message),
  parse,
} satisfies BodyParser<'palo-alto'>;

const HEAD = /^\d{0,3},(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?)?,\w{0,24},([A-Z][A-Z-]{2,15}),/;
const URL_SUBTYPES = new Set(['url']);
const FILE_SUBTYPES = new Set(['file', 'wildfire', 'wildfire-virus', 'virus', 'spyware', 'data', 'ml-virus']);

interface Kind {
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly action?: string;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['TRAFFIC', { category: ['network'], type: ['connection'] }],
  ['THREAT', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['DECRYPTION', { category: ['network'], type: ['connection', 'info'] }],
  ['CONFIG', { category: ['configuration'], type: ['change'] }],
  ['USERID', { category: ['authentication'], type: ['info'] }],
  ['AUTHENTICATION', { category: ['authentication'], type: ['start'] }],
  ['GLOBALPROTECT', { category: ['session'], type: ['info'] }],
  ['HIPMATCH', { category: ['host'], type: ['info'], action: 'host_checked' }],
  ['CORRELATION', { category: ['intrusion_detection'], type: ['info'] }],
]);
/** Subtypes of TRAFFIC: the beginning and end of a session, or its refusal. */
const PHASES: ReadonlyMap<string, string> = new Map([
  ['start', 'start'],
  ['end', 'end'],
]);

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const type = HEAD.exec(event.message)?.[1];
  if (type === undefined) return 'refused';
  const values = scanCsv(event.message, 0);
  const own = columnsOf(type.replace('-', ''), values);
  event.event.dataset = `panw.${type.toLowerCase()}`;
  event.event.module = 'panw';
  event.observer = { vendor: 'Palo Alto Networks', product: 'PAN-OS', type: 'firewall' };
  for (const key of Object.keys(own)) {
    const field = FIELDS.get(key);
    const value = own[key];
    if (field !== undefined && typeof value === 'string') setField(event, field, value);
  }
  event.panw = { panos: own };
  readKind(event, type, own);
  readTimes(event, own, arrival);
  const name = textAt(own, 'device_name');
  if (name !== '' && !/\s/.test(name)) event.host = { name, hostname: name };
  return 'done';
}

/** Columns that nobody named yet are kept under their number. */
function columnsOf(type: string, values: readonly string[]): JsonObject {
  const names = COLUMNS.get(type) ?? COLUMNS.get('TRAFFIC')?.slice(0, 7) ?? [];
  const own: JsonObject = {};
  for (const [index, value] of values.entries()) {
    const name = names[index] ?? `column_${index + 1}`;
    if (name !== '-' && !isNothing(value)) own[name] = value;
  }
  return own;
}

function readKind(event: EcsEvent, type: string, own: JsonObject): void {
  const subtype = textAt(own, 'subtype');
  const kind = KINDS.get(type);
  if (kind === undefined) return readSystem(event, own);
  event.event.category = kind.category;
  event.event.type = kind.type;
  if (kind.action !== undefined) event.event.action = kind.action;
  if (type === 'THREAT') readThreat(event, subtype, own);
  if (type === 'TRAFFIC') readTraffic(event, subtype, own);
  if (type === 'CONFIG') readConfig(event, own);
  if (type === 'GLOBALPROTECT' || type === 'AUTHENTICATION') readAccess(event, own);
  if (event.user === undefined && event.source?.user !== undefined) event.user = { ...event.source.user };
}

function readTraffic(event: EcsEvent, subtype: string, own: JsonObject): void {
  const word = subtype === 'drop' || subtype === 'deny' ? subtype : textAt(own, 'action');
  const verdict = verdictOf(word);
  if (verdict !== undefined) setConnection(event, verdict, PHASES.get(subtype));
}

function readThreat(event: EcsEvent, subtype: string, own: JsonObject): void {
  const url = textAt(own, 'url');
  event.event.kind = 'alert';
  if (URL_SUBTYPES.has(subtype)) {
    event.event.kind = 'event';
    event.event.category = ['web', 'network'];
    if (url !== '') event.url = { original: url };
  } else if (FILE_SUBTYPES.has(subtype) && url !== '') event.file = { ...event.file, name: url };
  const verdict = verdictOf(textAt(own, 'action'));
  if (verdict === undefined) return;
  event.event.type = URL_SUBTYPES.has(subtype) ? ['access', verdict] : [verdict];
  event.event.outcome = verdict === 'denied' ? 'failure' : 'success';
}

function readConfig(event: EcsEvent, own: JsonObject): void {
  const path = textAt(own, 'path');
  event.message = `${textAt(own, 'command')} ${path}`.trim();
  if (/\blog-?settings?\b|\bsyslog\b/.test(path)) event.event.action = 'logging_changed';
}

function readAccess(event: EcsEvent, own: JsonObject): void {
  const stage = textAt(own, 'stage');
  if (stage === 'login') event.event.type = ['start'];
  if (stage === 'login' || stage === 'before-login') event.event.category = ['authentication'];
  if (stage === 'logout') event.event.type = ['end'];
  event.event.action ??= textAt(own, 'event_id') || textAt(own, 'event_type') || undefined;
}

/** `auth-fail`, `general`, …: the description is a sentence. */
function readSystem(event: EcsEvent, own: JsonObject): void {
  const description = textAt(own, 'description');
  if (description === '') return;
  event.message = description;
  const address = /\bFrom: ([0-9a-fA-F.:]{2,45})/i.exec(description)?.[1]?.replace(/\.$/, '');
  if (address !== undefined) setField(event, 'source.ip', address);
  const user = /\b(?:User|user|for user|admin(?:istrator)?) '?([^'\s,]{1,128})'/.exec(description)?.[1];
  if (user !== undefined) setField(event, 'user.name', user);
  if (!readWords(event, `${textAt(own, 'event_id')} ${description}`)) {
    event.event.category = ['host'];
    event.event.type = ['info'];
  }
}

/** PAN-OS 10 and later write a stamp with a zone in a last column; before, the firewall's wall clock is all there is. */
function readTimes(event: EcsEvent, own: JsonObject, arrival: Arrival): void {
  const stamp = scanWritten(textAt(own, 'generated_time')) ?? scanWritten(textAt(own, 'receive_time'));
  takeTime(event, stamp, arrival);
  const start = textAt(own, 'start_time');
  if (start !== '') setField(event, 'event.start', start);
}

function textAt(own: JsonObject, key: string): string {
  const value = own[key];
  return typeof value === 'string' ? value : '';
}
