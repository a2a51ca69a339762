import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { SEVERITIES } from '#ecs/syslog-priority.js';
import { readConnection } from './cisco-asa-connection.js';
import { subjectOf } from './cisco-asa-messages.js';
import { readDetails } from './cisco-asa-details.js';
import { loggingAction } from './cisco-command.js';
import { readFirepower } from './cisco-firepower.js';
import { setField } from './ecs-setters.js';

/**
 * Cisco's firewalls: `%ASA-6-302013: …`, and FTD, PIX, FWSM alike. The number says what it is about; who, from where
 * and to where stand in the text. Relays lose the percent sign or the whole head: texts that only a firewall writes are
 * taken without.
 */
export const ciscoAsa = { name: 'cisco-asa', matches, parse } satisfies BodyParser<'cisco-asa'>;

const HEAD = /^%?(ASA|FTD|PIX|FWSM|NGIPS)-(?:[a-z]{1,16}-)?([0-7])-(\d{6}):? ?/;
/** Texts without a head by their first letter, and the number that they belong to. */
const HEADLESS: ReadonlyMap<string, readonly (readonly [RegExp, string])[]> = new Map([
  [
    'D',
    [
      [/^Deny (?:\w{1,16}|protocol \d{1,3}) src [\w.-]{1,48}:\S{1,255} dst [\w.-]{1,48}:/, '106023'],
      [/^(?:Deny|Denied) (?:inbound|outbound) (?:protocol \d{1,3}|\w{1,16}) (?:src|from) /, '106014'],
      [/^Deny \w{1,16} (?:\([\w ]{1,32}\)|reverse path check) from /, '106015'],
      [/^Denied ICMP type=\d{1,3}, code=\d{1,3} from /, '313001'],
      [/^Dropping \w{1,8} packet from [\w.-]{1,48}:/, '419001'],
      [/^Duplicate TCP SYN from [\w.-]{1,48}:/, '419002'],
    ],
  ],
  [
    'B',
    [
      [/^Built (?:dynamic|static) \w{1,8} translation from [\w.-]{1,48}:/, '305011'],
      [/^Built (?:inbound |outbound )?\w{1,8} connection \d{1,12} for [\w.-]{1,48}:/, '302013'],
      [/^Built (?:inbound |outbound )?ICMP(?:v6)? connection for faddr /, '302020'],
    ],
  ],
  [
    'T',
    [
      [/^Teardown (?:dynamic|static) \w{1,8} translation from [\w.-]{1,48}:/, '305012'],
      [/^Teardown \w{1,8} connection \d{1,12} for [\w.-]{1,48}:/, '302014'],
      [/^Teardown ICMP(?:v6)? connection for faddr /, '302021'],
      [/^TCP (?:access|request) (?:denied|permitted|discarded|requested)/, '710003'],
    ],
  ],
  ['U', [[/^UDP (?:access|request) (?:denied|permitted|discarded|requested)/, '710003']]],
  [
    'I',
    [
      [/^(?:Inbound|Outbound) \w{1,8} connection denied from /, '106001'],
      [/^IPSEC: Received an? [\w-]{1,16} packet /, '402119'],
      [/^IPSEC: An (?:inbound|outbound) [\w -]{1,48} SA \(SPI=/, '602303'],
      [/^Invalid transport field for protocol=/, '500004'],
    ],
  ],
  ['O', [[/^Outbound \w{1,8} connection denied from /, '106001']]],
  ['N', [[/^No matching connection for ICMP error message: /, '313005']]],
  ['F', [[/^Failed to locate egress interface for \w{1,16} from /, '110002']]],
  ['R', [[/^Resource '[^']{1,64}' limit of \d{1,10} reached for /, '321001']]],
  ['G', [[/^Group = [^,]{1,128}, IP = [0-9a-fA-F.:]{2,45}, Automatic NAT Detection/, '713172']]],
  ['[', [[/^\[ ?[^\]]{1,64}\] drop [\w-]{1,32} exceeded\. Current burst rate is /, '733100']]],
  ['(', [[/^\((?:Primary|Secondary)\) (?:Switching to |Testing |Monitoring )/, '104001']]],
  [
    'a',
    [
      [
        /^access-list \S{1,128} (?:permitted|denied|est-allowed) \w{1,16} (?:for user \S{1,128} )?\S{1,300} -> /,
        '106100',
      ],
    ],
  ],
]);
const BY_ADDRESS = /^[0-9a-fA-F.:]{2,45}(?:\([^)]{1,128}\))? Accessed URL /;
const IN_USE = /^\d{1,10} in use, \d{1,10} most used/;

function matches({ message }: EcsEvent): boolean {
  const first = message.charAt(0);
  if ((first === '%' || first === 'A' || first === 'F' || first === 'P') && HEAD.test(message)) return true;
  return headless(message, first) !== undefined;
}

function headless(text: string, first: string): string | undefined {
  if (first >= '0' && first <= '9') return BY_ADDRESS.test(text) ? '304001' : IN_USE.test(text) ? '302010' : undefined;
  return HEADLESS.get(first)?.find(([pattern]) => pattern.test(text))?.[1];
}

function parse(event: EcsEvent): 'done' | 'refused' {
  const head = HEAD.exec(event.message);
  const number = head?.[3] ?? headless(event.message, event.message.charAt(0));
  if (number === undefined) return 'refused';
  const family = head?.[1] ?? 'ASA';
  const product = family === 'FTD' || family === 'NGIPS' ? 'ftd' : 'asa';
  event.event.dataset = `cisco.${product}`;
  event.event.module = 'cisco';
  event.event.provider = 'cisco';
  if (head !== null) event.event.code = `${family}-${head[2]}-${number}`;
  event.observer = { vendor: 'Cisco', product, type: 'firewall' };
  event.log ??= {};
  event.log.level ??= SEVERITIES[Number(head?.[2] ?? 6)]?.name;
  const subject = subjectOf(number);
  if (subject !== undefined) {
    event.event.action = subject.action;
    event.event.category = subject.category;
    event.event.type = subject.type;
    if (subject.outcome !== undefined) event.event.outcome = subject.outcome;
    if (subject.category.includes('intrusion_detection')) event.event.kind = 'alert';
  }
  const text = event.message.slice(head?.[0].length ?? 0);
  read(event, number, text);
  return 'done';
}

function read(event: EcsEvent, number: string, text: string): void {
  if (number.startsWith('43000')) return readFirepower(event, text);
  const own: JsonObject = {};
  readConnection(event, text, own);
  if (subjectOf(number)?.category.some((category) => category !== 'network') === true) readPerson(event, text);
  if (number.startsWith('111')) readCommand(event, text);
  readDetails(event, number, text, own);
  readReason(event, text);
  if (Object.keys(own).length > 0) event.cisco = { asa: own };
}

/** `user = x`, `user "x"`, `User <x>`, `Uname: x`, `Username = x` */
const PERSON = /\b(?:user(?:name)?|uname)(?: ?[=:] ?| (?=["'<]))["'<]?([^"'<>\s,:;]{1,128})/i;
const FROM_IP = /\b(?:IP(?: address)?(?: ?[=:])?|from(?: IP)?) <?([0-9a-fA-F.:]{2,45})/;
const GROUP = /\bGroup(?: =|) ?<?([^>,\s]{1,128})/;

function readPerson(event: EcsEvent, text: string): void {
  const name = PERSON.exec(text)?.[1];
  // Cisco masks unknown names with asterisks.
  if (name !== undefined && !/^\*+$/.test(name)) setField(event, 'user.name', name);
  const ip = FROM_IP.exec(text)?.[1];
  if (ip !== undefined && isIp(ip)) setField(event, 'source.ip', ip);
  const group = text.startsWith('Group') ? GROUP.exec(text)?.[1] : undefined;
  if (group !== undefined) setField(event, 'group.name', group);
}

/** `User 'admin', running 'CLI' from IP 10.0.0.1, executed 'write memory'`, `User 'admin' executed the 'no logging' command.` */
function readCommand(event: EcsEvent, text: string): void {
  const command = /executed (?:the )?'(.{0,4096}?)'?(?: command\.?)?$/s.exec(text)?.[1];
  if (command === undefined) return;
  event.process = { ...event.process, command_line: command };
  event.event.action = loggingAction(command) ?? event.event.action;
}

/** `, reason: x`, `Reason: x`, `: reason = x :`, `- x` behind a switch of state, `x from … to …`. */
function readReason(event: EcsEvent, text: string): void {
  if (!/[Rr]eason|Switching to/.test(text)) return;
  const told =
    /\b[Rr]eason(?:: | = )(.{1,256})$/s.exec(text)?.[1] ?? /Switching to [A-Z]{1,16} - (.{1,256})$/s.exec(text)?.[1];
  if (told !== undefined) event.event.reason ??= told.split(' : ', 1)[0];
}
