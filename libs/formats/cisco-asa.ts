import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { SEVERITIES } from '#ecs/syslog-priority.js';
import { readConnection } from './cisco-asa-connection.js';
import { subjectOf } from './cisco-asa-messages.js';
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
/** Texts without a head, and the number that they belong to. */
const HEADLESS: readonly [RegExp, string][] = [
  [/^Deny (?:\w{1,16}|protocol \d{1,3}) src [\w.-]{1,48}:\S{1,255} dst [\w.-]{1,48}:/, '106023'],
  [/^(?:Built|Teardown) (?:dynamic|static) \w{1,8} translation from [\w.-]{1,48}:/, '305011'],
  [/^(?:Built|Teardown) (?:inbound |outbound )?\w{1,8} connection \d{1,12} for [\w.-]{1,48}:/, '302013'],
  [/^(?:Built|Teardown) (?:inbound |outbound )?ICMP(?:v6)? connection for faddr /, '302020'],
  [/^[0-9a-fA-F.:]{2,45}(?:\([^)]{1,128}\))? Accessed URL /, '304001'],
  [/^No matching connection for ICMP error message: /, '313005'],
  [/^(?:Deny|Denied) (?:inbound|outbound) \w{1,16} (?:src|from) /, '106014'],
  [/^Deny TCP (?:\(no connection\)|reverse path check) from /, '106015'],
  [/^access-list \S{1,128} (?:permitted|denied|est-allowed) \w{1,16} \S{1,300} -> /, '106100'],
];
const HEADLESS_STARTS = new Set(['D', 'B', 'T', 'N', 'a']);

function matches({ message }: EcsEvent): boolean {
  const first = message.charAt(0);
  if (first === '%' || first === 'A' || first === 'F' || first === 'P') return HEAD.test(message);
  if (HEADLESS_STARTS.has(first) || (first >= '0' && first <= '9')) return headless(message) !== undefined;
  return false;
}

function headless(text: string): string | undefined {
  return HEADLESS.find(([pattern]) => pattern.test(text))?.[1];
}

function parse(event: EcsEvent): 'done' | 'refused' {
  const head = HEAD.exec(event.message);
  const number = head?.[3] ?? headless(event.message);
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
  if (text.startsWith('No matching connection')) event.event.reason = 'No matching connection';
  else if (/[Rr]eason|Switching to/.test(text)) readToldReason(event, text);
}

function readToldReason(event: EcsEvent, text: string): void {
  const told =
    /\b[Rr]eason(?:: | = )(.{1,256})$/s.exec(text)?.[1] ?? /Switching to [A-Z]{1,16} - (.{1,256})$/s.exec(text)?.[1];
  if (told !== undefined) event.event.reason ??= told.split(' : ', 1)[0];
}
