import type { EcsEvent, EventCategory, EventType } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';
import { CHECK_POINT_KEYS } from './check-point-keys.js';
import { setField } from './ecs-setters.js';
import { readVerdict } from './firewall-verdict.js';
import { asJson, scanKeyValues } from './key-value-scan.js';
import { readWords } from './word-taxonomy.js';

/**
 * Check Point's Log Exporter in the forms that are not CEF or LEEF: `time=…|hostname=…|product=…` (splunk and generic),
 * structured data of RFC 5424, and the syslog form before it, `CheckPoint 1234 - [action:"Drop"; src:"10.0.0.1"; …]`.
 */
export const checkPoint = { name: 'check-point', matches, parse } satisfies BodyParser<'check-point'>;

const REACH = 512;
const PIPED = /^(?:loc|time)=\d{1,12}\|[\w-]{1,64}=/;
const PIPE = /\|(?=[A-Za-z_][\w.:-]{0,63}=)/;
const BRACKET = /^(?:CheckPoint\b.{0,64}?)?\[(?=[a-z_]{2,32}:")/;
const COLONS = { separators: ';', assignment: ':' } as const;

interface Kind {
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
}

/** By product ("blade"); what is not here is a firewall's or told by `operation`. */
const BLADES: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['IPS', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['SmartDefense', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['Anti-Bot', { category: ['intrusion_detection', 'malware', 'network'], type: ['info'] }],
  ['Anti-Virus', { category: ['malware', 'network'], type: ['info'] }],
  ['New Anti Virus', { category: ['malware', 'network'], type: ['info'] }],
  ['Anti Malware', { category: ['malware', 'network'], type: ['info'] }],
  ['Threat Emulation', { category: ['malware', 'network'], type: ['info'] }],
  ['Forensics', { category: ['malware', 'host'], type: ['info'] }],
  ['URL Filtering', { category: ['web', 'network'], type: ['access'] }],
  ['Identity Awareness', { category: ['authentication'], type: ['info'] }],
]);

function matches({ message, log, process }: EcsEvent): boolean {
  const first = message.charCodeAt(0);
  // 't' or 'l', 'C' or '['
  if (first === 116 || first === 108) return PIPED.test(message);
  if (first === 67 || first === 91) return BRACKET.test(message.length > REACH ? message.slice(0, REACH) : message);
  return process?.name === 'CheckPoint' && log?.syslog?.structured_data !== undefined;
}

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const pairs = pairsOf(event);
  if (pairs === undefined) return 'refused';
  event.event.dataset = 'checkpoint.firewall';
  event.event.module = 'checkpoint';
  event.observer = { vendor: 'Check Point', type: 'firewall' };
  for (const key of Object.keys(pairs)) {
    const field = CHECK_POINT_KEYS.get(key);
    if (field !== undefined) setField(event, field, pairs[key] ?? '');
  }
  event.checkpoint = asJson(pairs);
  setField(event, 'host.name', pairs.hostname ?? '');
  preferTime(event, scanWritten(pairs.time ?? ''), arrival);
  readKind(event, pairs);
  return 'done';
}

/** The fields of whichever form it is; of a field that is told once a rule layer, the first. */
function pairsOf(event: EcsEvent): Record<string, string> | undefined {
  const { message } = event;
  if (PIPED.test(message)) return readPiped(message);
  const bracket = BRACKET.exec(message.slice(0, REACH));
  if (bracket !== null) {
    // The RFC 5424 reader took it for structured data that is broken.
    event.error = undefined;
    return scanKeyValues(message.replace(/\]\s*$/, ''), bracket[0].length, COLONS).pairs;
  }
  return readStructured(event);
}

function readPiped(text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const part of text.split(PIPE)) {
    const sign = part.indexOf('=');
    const key = part.slice(0, sign);
    if (sign > 0 && key !== '__proto__' && !Object.hasOwn(pairs, key))
      pairs[key] = part
        .slice(sign + 1)
        .replaceAll(/\\([=|\\])/g, '$1')
        .replace(/\|$/, '');
  }
  return pairs;
}

function readStructured({ log }: EcsEvent): Record<string, string> | undefined {
  const element = Object.values(log?.syslog?.structured_data ?? {})[0];
  if (element === undefined) return undefined;
  const pairs: Record<string, string> = {};
  for (const [key, value] of Object.entries(element)) pairs[key] = typeof value === 'string' ? value : (value[0] ?? '');
  return pairs;
}

function readKind(event: EcsEvent, pairs: Record<string, string>): void {
  const { product = '', operation = '', subject = '', action } = pairs;
  const told = pairs.message_info ?? pairs.information ?? pairs.fieldschanges ?? pairs.additional_info ?? '';
  event.message = [product, operation || action, subject, told].filter(Boolean).join(': ') || event.message;
  if (operation !== '') return readAdministration(event, operation, pairs);
  const blade = BLADES.get(product);
  if (blade === undefined) {
    if (!readVerdict(event, action)) readWords(event, `${subject} ${told}`);
    return;
  }
  event.event.category = blade.category;
  event.event.type = blade.type;
  if (blade.category.includes('intrusion_detection') || blade.category.includes('malware')) event.event.kind = 'alert';
}

/** What administrators do in SmartConsole, the API and the command line. */
function readAdministration(event: EcsEvent, operation: string, pairs: Record<string, string>): void {
  event.event.action = operation;
  event.event.outcome ??= pairs.action === 'Accept' || pairs.action === undefined ? 'success' : 'failure';
  if (/^(?:Log (?:In|Out)|Force Log Out)$/i.test(operation)) readWords(event, operation);
  else {
    event.event.category = ['configuration'];
    event.event.type = [
      /^(?:Create|Add)/.test(operation) ? 'creation' : /^(?:Delete|Remove)/.test(operation) ? 'deletion' : 'change',
    ];
  }
}
