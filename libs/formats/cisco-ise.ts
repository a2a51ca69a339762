import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';
import { dictionary, setField } from './ecs-setters.js';

/**
 * Cisco ISE and ACS: `CISE_Passed_Authentications 0000000001 2 0 2025-03-14 09:26:53.589 +00:00 0000008450 5200 NOTICE
 * Passed-Authentication: Authentication succeeded, Key=value, …`; long messages come in numbered segments.
 */
export const ciscoIse = { name: 'cisco-ise', matches, parse } satisfies BodyParser<'cisco-ise'>;

const TAG = /^(?:CISE|CSCOacs)_\w{2,48}$/;
const HEAD =
  /^(?:((?:CISE|CSCOacs)_\w{2,48}) )?(\d{10}) (\d{1,3}) (\d{1,3}) (?:(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}) ([+-]\d\d:\d\d) (\d{10}) (\d{4,6}) ([A-Z]{4,8}) ([^:]{1,64}): )?/;
const PAIR = /^([\w .-]{1,64})=(.{0,1024})$/s;
const MOST = 256;

const KEYS = dictionary({
  UserName: 'user.name',
  User: 'user.name',
  AdminName: 'user.name',
  AdminIPAddress: 'source.ip',
  'Calling-Station-ID': 'source.address',
  'Remote-Address': 'source.ip',
  'Device IP Address': 'destination.ip',
  DestinationIPAddress: 'destination.ip',
  NetworkDeviceName: 'destination.domain',
  Protocol: 'network.protocol',
  FailureReason: 'event.reason',
  CmdSet: 'process.command_line',
});

interface Kind {
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly action: string;
  readonly outcome?: Outcome;
}

/** By the name behind `CISE_` or `CSCOacs_`. */
const KINDS: readonly [RegExp, Kind][] = [
  [
    /Passed_Auth|Passed_Attempts/,
    { category: ['authentication'], type: ['start'], action: 'authenticated', outcome: 'success' },
  ],
  [/Failed_Att/, { category: ['authentication'], type: ['start'], action: 'authenticated', outcome: 'failure' }],
  [/Administrative_and_Operational|Audit/, { category: ['configuration'], type: ['change'], action: 'administration' }],
  [/TACACS|Accounting/, { category: ['session'], type: ['info'], action: 'accounting' }],
  [/Statistics|Alarm/, { category: ['host'], type: ['info'], action: 'health' }],
];
/** Authentications by their code, where the tag does not say how they ended: 52xx passed, 54xx failed. */
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map([
  ['52', 'success'],
  ['54', 'failure'],
]);

function matches({ message, process }: EcsEvent): boolean {
  return TAG.test(process?.name ?? '') || message.startsWith('CISE_') || message.startsWith('CSCOacs_');
}

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const head = HEAD.exec(event.message);
  if (head === null) return 'refused';
  const [whole, tag = event.process?.name ?? '', id = '', total = '', segment = '', time, zone, , code, , group] = head;
  event.event.dataset = 'cisco.ise';
  event.event.module = 'cisco';
  event.event.provider = group ?? tag;
  event.observer = {
    vendor: 'Cisco',
    product: tag.startsWith('CISE') ? 'ise' : 'acs',
    type: 'aaa',
    name: event.host?.name,
  };
  if (code !== undefined) event.event.code = code;
  preferTime(event, time === undefined ? undefined : scanWritten(`${time}${zone}`), arrival);
  const own: JsonObject = { message_id: id, segments: Number(total), segment: Number(segment) };
  for (const part of event.message.slice(whole.length).split(/, ?/, MOST)) readPart(event, own, part);
  event.cisco = { ise: own };
  readKind(event, tag, code ?? '');
  return 'done';
}

function readPart(event: EcsEvent, own: JsonObject, part: string): void {
  const [, key = '', value = ''] = PAIR.exec(part) ?? [];
  if (key === '' || key === '__proto__' || Object.hasOwn(own, key)) return;
  own[key] = value;
  const field = KEYS.get(key);
  if (field !== undefined) setField(event, field, value);
}

function readKind(event: EcsEvent, tag: string, code: string): void {
  const found = KINDS.find(([name]) => name.test(tag))?.[1];
  const outcome = OUTCOMES.get(code.slice(0, 2));
  if (found !== undefined) Object.assign(event.event, found);
  else if (outcome !== undefined)
    Object.assign(event.event, { category: ['authentication'], type: ['start'], action: 'authenticated', outcome });
}
