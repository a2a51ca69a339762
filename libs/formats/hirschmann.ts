import { namesThatFit } from './known-names.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { readSwitch } from './industrial-words.js';
import type { SwitchEvent } from './industrial-words.js';

/**
 * Hirschmann (Belden) switches: Classic firmware and its relatives write Broadcom FASTPATH's form,
 * `TRAPMGR[trapTask]: traputil.c(721) 29331 %% text`, as Dell N-series and Netgear do; HiOS writes its traps by name
 * (`hm2ConfigurationSavedTrap`, MIBs of HiOS) or as a sentence with the way in, `[CLI:admin@10.0.0.5]`.
 */
export const hirschmann = { name: 'hirschmann', matches, parse } satisfies BodyParser<'hirschmann'>;

const FASTPATH =
  /^(?:([A-Z][A-Z0-9_]{1,24})\[(\w{1,32})\]: )?([\w-]{1,48}\.c)\((\d{1,6})\) (\d{1,10}) %% (?:([A-Z]{3,6}) )?/;
const HIOS_TRAP = /\bhm2?[A-Z][A-Za-z]{3,64}\b/;
const MODEL =
  /^(?:hirschmann|rsp[se]?-?\d|rs(?:20|30|40|b20)|ms(?:20|30|p)|mach ?\d|mach-|bobcat|brs\d|grs\d|octopus|os\d{2}|eagle|dragon|red25|msp\d)/i;
const isModel = namesThatFit(MODEL);
/** The switch's own name for who came how: `[CLI:admin@10.0.0.5]`, `(WEB:admin@10.0.0.5)`. */
const WAY_IN = /[[(](CLI|WEB|SNMP|SSH|TELNET|Console|HTTPS?):? ?([\w.-]{1,64})@([0-9a-fA-F.:]{2,45})[\])]/i;

const EVENTS: readonly SwitchEvent[] = [
  {
    words: /\bhm2?(?:Configuration|FileMgmt)\w{0,32}Trap\b|startup-config' has changed|\bConfiguration propagation\b/,
    action: 'configuration_changed',
    category: ['configuration'],
    type: ['change'],
  },
  {
    words: /\bhm2?LogAudit\w{0,32}|audit trail (?:is )?full/,
    action: 'audit_log_full',
    category: ['configuration'],
    type: ['info'],
  },
  {
    words: /\bhm2?(?:Login|UserMgmt|AccessFail)\w{0,32}Trap\b|\bauthenticationFailure\b/i,
    action: 'login',
    category: ['authentication'],
    type: ['start'],
    outcome: 'failure',
  },
  { words: /\bhm2?DevSec\w{0,32}Trap\b/, action: 'security_status', category: ['host'], type: ['change'] },
  {
    words: /\bhm2?(?:PowerSupply|Temperature|Fan|SigCon|DevMon)\w{0,32}\b/,
    action: 'device_status',
    category: ['host'],
    type: ['change'],
  },
  {
    words: /\bhm2?(?:Mrp|Hiper|RingRedundancy|Rstp|Dlr)\w{0,32}\b|\b(?:newRoot|topologyChange)\b/,
    action: 'topology_changed',
    category: ['network'],
    type: ['change'],
  },
  {
    words: /\bhm2?PortSecurity\w{0,32}\b|\bhm2?DosMitigation\w{0,32}\b/,
    action: 'port_access',
    category: ['network'],
    type: ['denied'],
    outcome: 'failure',
  },
  { words: /\bcoldStart\b|\bCold Start\b|\bwarmStart\b/, action: 'restarted', category: ['host'], type: ['start'] },
  {
    words: /\blink(?:Up|Down)\b|\bLink (?:Up|Down)\b/,
    action: 'interface_state',
    category: ['network'],
    type: ['change'],
  },
];

function matches({ host, process, message }: EcsEvent): boolean {
  if (isModel(process?.name) || isModel(host?.name)) return true;
  return (message.includes('.c(') && FASTPATH.test(message)) || (message.startsWith('hm') && HIOS_TRAP.test(message));
}

function parse(event: EcsEvent): 'done' {
  const head = FASTPATH.exec(event.message);
  const own: JsonObject = head === null ? {} : { component: head[1] ?? event.process?.name ?? '', file: head[3] ?? '' };
  const text = event.message.slice(head?.[0].length ?? 0);
  // Others build on FASTPATH too: the maker is named only where the device names itself.
  const known = head === null || MODEL.test(event.host?.name ?? '');
  event.event.dataset = known ? 'hirschmann.switch' : 'fastpath.switch';
  event.event.module = known ? 'hirschmann' : 'fastpath';
  event.observer = { type: 'switch', name: event.host?.name };
  if (known) event.observer.vendor = 'Hirschmann';
  if (head !== null) event.event.sequence ??= Number(head[5]);
  Object.assign(own, readSwitch(event, text, EVENTS));
  readWayIn(event, text);
  const trap = HIOS_TRAP.exec(text.slice(0, 512))?.[0];
  if (trap !== undefined && known) event.event.code = trap;
  event.message = text;
  if (Object.keys(own).length > 0) event.hirschmann = own;
  return 'done';
}

function readWayIn(event: EcsEvent, text: string): void {
  const found = WAY_IN.exec(text.slice(0, 512));
  if (found === null) return;
  event.user = { ...event.user, name: found[2] };
  event.service = { name: found[1]?.toLowerCase() };
}
