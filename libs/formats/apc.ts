import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { setField } from './ecs-setters.js';
import { readWords } from './word-taxonomy.js';

/**
 * APC by Schneider Electric: UPS and power distribution units with a Network Management Card. The event's text ends with
 * its code (`… 0x0004`), in front may stand `System:`, `UPS:` or another part (Network Management Card User's Guide,
 * "Event List").
 */
export const apc = { name: 'apc', matches, parse } satisfies BodyParser<'apc'>;

const CODE = / 0x([0-9A-F]{4})\.?\s*$/i;
/** Parts of a device, in front of the text or as syslog's tag. */
const PARTS =
  'System|UPS|Environment|Rack PDU|Outlet|Device|Switched PDU|Test|Battery|Security|Access|Metered|Universal I/O|Input|NMC|APC';
const PART = new RegExp(`^(?:${PARTS})\\b.{0,24}?(?=: )`);
const PART_TAGS = new Set(PARTS.split('|'));

interface Code {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const DENIED: Code = { action: 'login', category: ['authentication'], type: ['start'], outcome: 'failure' };
const LOGIN: Code = { action: 'login', category: ['authentication', 'session'], type: ['start'], outcome: 'success' };
const LOGOUT: Code = { action: 'logout', category: ['session'], type: ['end'] };
const STARTED: Code = { action: 'restarted', category: ['host'], type: ['start'] };
const POWER_LOST: Code = { action: 'power_lost', category: ['host'], type: ['error'] };
const POWER_BACK: Code = { action: 'power_restored', category: ['host'], type: ['info'] };

const CODES: ReadonlyMap<string, Code> = new Map<string, Code>([
  ['0001', STARTED],
  ['0002', STARTED],
  ['0003', { action: 'configuration_changed', category: ['configuration'], type: ['change'] }],
  ['0004', { ...DENIED, action: 'snmp_access' }],
  ['0005', DENIED],
  ['0006', DENIED],
  ['0007', DENIED],
  ['0008', { action: 'password_change', category: ['iam'], type: ['user', 'change'] }],
  ['000C', { action: 'file_transfer', category: ['file'], type: ['info'] }],
  ['000D', { action: 'file_transfer', category: ['file'], type: ['info'] }],
  ['000F', { action: 'file_transfer', category: ['file'], type: ['error'], outcome: 'failure' }],
  ['0014', LOGIN],
  ['0015', LOGIN],
  ['0016', LOGIN],
  ['0018', { action: 'configuration_reset', category: ['configuration'], type: ['change'] }],
  ['001E', LOGOUT],
  ['001F', LOGOUT],
  ['0020', LOGOUT],
  ['0102', { action: 'communication_lost', category: ['host'], type: ['error'] }],
  ['0103', { action: 'overload', category: ['host'], type: ['error'] }],
  ['0109', POWER_LOST],
  ['010A', POWER_BACK],
  ['010F', { action: 'battery_low', category: ['host'], type: ['error'] }],
  ['0113', { action: 'output_on', category: ['host'], type: ['start'] }],
  ['0114', { action: 'output_off', category: ['host'], type: ['end'] }],
  ['0119', { action: 'battery_faulty', category: ['host'], type: ['error'] }],
]);
const FROM = /\bfrom (?:IP address )?([0-9a-fA-F.:]{2,45})\b/;
const USER = /\buser '([^']{1,64})'/i;

function matches({ message }: EcsEvent): boolean {
  const last = message.length - 16;
  return message.includes('0x', last < 0 ? 0 : last) && CODE.test(message.slice(Math.max(0, last - 8)));
}

function parse(event: EcsEvent): 'done' | 'refused' {
  const code = CODE.exec(event.message.slice(-24))?.[1]?.toUpperCase();
  if (code === undefined) return 'refused';
  const text = event.message.slice(0, 512);
  const reading = CODES.get(code);
  // A number at the end is common; a part or a known code makes it the card's.
  const part = PART_TAGS.has(event.process?.name ?? '') ? event.process?.name : PART.exec(text)?.[0];
  if (reading === undefined && part === undefined) return 'refused';
  event.event.dataset = 'apc.nmc';
  event.event.module = 'apc';
  event.event.code = `0x${code}`;
  event.observer = { vendor: 'APC', product: 'Network Management Card', type: 'ups', name: event.host?.name };
  if (part !== undefined) event.apc = { part };
  if (reading === undefined) readWords(event, text);
  else Object.assign(event.event, reading);
  const ip = FROM.exec(text)?.[1];
  if (ip !== undefined) setField(event, 'source.ip', ip.replace(/\.$/, ''));
  const user = USER.exec(text)?.[1];
  if (user !== undefined) setField(event, 'user.name', user);
  return 'done';
}
