import { isIp, portOf } from '#ecs/addresses.js';
import { skip } from './bsd-head.js';
import { loggingAction } from './cisco-command.js';
import { readUcmTags } from './cisco-ucm.js';
import { endOfMnemonic, findMnemonic, readMnemonic } from './cisco-mnemonic.js';
import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';
import { SEVERITIES } from '#ecs/syslog-priority.js';
import type { BodyParser } from '#ecs/parser.js';

/** Cisco IOS, IOS-XE, IOS-XR and NX-OS: `%FACILITY-SEVERITY-MNEMONIC: text`. */
export const ciscoIos = { name: 'cisco-ios', matches, parse } satisfies BodyParser<'cisco-ios'>;

interface Reading {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
  readonly read?: (event: EcsEvent, text: string) => void;
}

const CONFIGURED: Reading = {
  action: 'configuration_changed',
  category: ['configuration'],
  type: ['change'],
  read: readConfigured,
};
const LOGGED_IN: Reading = {
  action: 'login',
  category: ['authentication', 'session'],
  type: ['start'],
  outcome: 'success',
  read: readLogin,
};
const LOGIN_FAILED: Reading = { ...LOGGED_IN, category: ['authentication'], outcome: 'failure' };
const ACCESS_LIST: Reading = {
  action: 'access_list',
  category: ['network'],
  type: ['connection'],
  read: readAccessList,
};
const LINE_STATE: Reading = { action: 'interface_state', category: ['network'], type: ['change'], read: readInterface };
const STARTED: Reading = { action: 'restarted', category: ['host'], type: ['start'] };

/** By the last part of the facility (IOS-XR puts its subsystem in front: MGBL-SYS) and the mnemonic. */
const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['SYS-CONFIG_I', CONFIGURED],
  ['VSHD-VSHD_SYSLOG_CONFIG_I', CONFIGURED],
  ['CONFIG-DB_COMMIT', { ...CONFIGURED, read: readQuotedUser }],
  ['PARSER-CFGLOG_LOGGEDCMD', { ...CONFIGURED, action: 'command', read: readCommand }],
  ['SYS-CLOCKUPDATE', { ...CONFIGURED, action: 'clock_changed' }],
  ['SEC_LOGIN-LOGIN_SUCCESS', LOGGED_IN],
  ['SEC_LOGIN-LOGIN_FAILED', LOGIN_FAILED],
  [
    'SEC_LOGIN-QUIET_MODE_ON',
    { action: 'login_blocked', category: ['authentication'], type: ['denied'], read: readLogin },
  ],
  ['SYS-LOGOUT', { action: 'logout', category: ['session'], type: ['end'], read: readLogout }],
  ['SYS-PRIV_AUTH_PASS', { ...LOGGED_IN, action: 'privilege', category: ['authentication'], read: readConfigured }],
  ['SYS-PRIV_AUTH_FAIL', { ...LOGIN_FAILED, action: 'privilege', read: readConfigured }],
  ['SSH-SSH2_USERAUTH', { action: 'ssh_login', category: ['authentication'], type: ['start'], read: readSsh }],
  ['SSH-SSH2_SESSION', { action: 'ssh_session', category: ['network'], type: ['connection'], read: readFrom }],
  ['SSH-SSH2_CLOSE', { action: 'ssh_closed', category: ['network'], type: ['connection', 'end'], read: readFrom }],
  ['SNMP-AUTHFAIL', { ...LOGIN_FAILED, action: 'snmp_access', read: readFrom }],
  ['SYS-RELOAD', { action: 'reload', category: ['host'], type: ['end'], read: readConfigured }],
  ['SYS-RESTART', STARTED],
  ['UC_AUDITLOG-AdministrativeEvent', { action: 'administration', category: ['configuration'], type: ['change'] }],
  ['UC_AUDITLOG-AuthenticationEvent', { action: 'login', category: ['authentication'], type: ['start'] }],
  [
    'SYS-LOGGINGHOST_STARTSTOP',
    { action: 'logging_changed', category: ['configuration'], type: ['change'], read: readLoggingHost },
  ],
  ['SEC-IPACCESSLOGP', ACCESS_LIST],
  ['SEC-IPACCESSLOGDP', ACCESS_LIST],
  ['SEC-IPACCESSLOGNP', ACCESS_LIST],
  ['SEC-IPACCESSLOGRP', ACCESS_LIST],
  ['SEC-IPACCESSLOGS', ACCESS_LIST],
  ['LINEPROTO-UPDOWN', LINE_STATE],
  ['LINK-UPDOWN', LINE_STATE],
  ['LINK-CHANGED', LINE_STATE],
]);

const REACH = 64;
const COLON = 58;

/** What a mnemonic means, as it stands in lines: devices write few of them, again and again. */
interface Head {
  readonly facility: string;
  readonly mnemonic: string;
  readonly code: string;
  readonly level: string | undefined;
  readonly reading: Reading | undefined;
}

const KEPT_HEADS = 1000;
const heads = new Map<string, Head>();

function headOf(written: string): Head {
  const known = heads.get(written);
  if (known !== undefined) return known;
  const { facility, severity, mnemonic } = readMnemonic(written);
  const reading = READINGS.get(`${facility.slice(facility.lastIndexOf('-') + 1)}-${mnemonic}`);
  const code = `${facility}-${severity}-${mnemonic}`;
  const head = { facility, mnemonic, code, level: SEVERITIES[severity]?.name, reading };
  if (heads.size >= KEPT_HEADS) heads.clear();
  heads.set(written, head);
  return head;
}

function matches(event: EcsEvent): boolean {
  return event.message.charCodeAt(0) === 37 && endOfMnemonic(event.message, 0) > 0;
}

function parse(event: EcsEvent): 'done' | 'refused' {
  const message = event.message;
  const at = findMnemonic(message, 0, REACH);
  const end = at < 0 ? -1 : endOfMnemonic(message, at);
  if (end < 0) return 'refused';
  const written = message.slice(at, end);
  const { facility, mnemonic, code, level, reading } = headOf(written);
  const text = message.slice(skip(message, end, COLON));
  event.event.dataset = 'cisco.ios';
  event.event.module = 'cisco';
  event.event.code = code;
  event.event.provider = 'cisco';
  event.observer = { vendor: 'Cisco', product: 'ios' };
  event.cisco = { ios: { facility, mnemonic } };
  event.log ??= {};
  event.log.level ??= level;
  if (facility.startsWith('UC_') && text.startsWith('%[')) readUcmTags(event, text);
  if (reading !== undefined) apply(event, reading, text);
  return 'done';
}

function apply(event: EcsEvent, reading: Reading, text: string): void {
  event.event.action = reading.action;
  event.event.category = reading.category;
  event.event.type = reading.type;
  if (reading.outcome !== undefined) event.event.outcome = reading.outcome;
  reading.read?.(event, text);
}

function setSource(event: EcsEvent, address: string | undefined, port?: string): void {
  if (address === undefined) return;
  event.source = isIp(address) ? { ip: address } : { domain: address };
  const number = port === undefined ? undefined : portOf(port);
  if (number !== undefined) event.source.port = number;
}

function setUser(event: EcsEvent, name: string | undefined): void {
  // IOS writes "unknown" and "console" where nobody signed in.
  if (name !== undefined && name !== '' && name !== 'unknown' && name !== 'console') event.user = { name };
}

/** `Configured from console by admin on vty0 (10.0.0.1)`, `Configured from 10.0.0.1 by snmp`, `… by admin on 10.0.0.1@pts/0` */
function readConfigured(event: EcsEvent, text: string): void {
  const by = / by (\S{1,256}?)(?: on (\S{1,64}))?(?: \(([^)]{1,64})\))?\.?(?: |$)/.exec(text);
  setUser(event, by?.[1]);
  const terminal = by?.[2] ?? '';
  const at = terminal.indexOf('@');
  const from = / from (\S{1,64})/.exec(text)?.[1] ?? '';
  setSource(event, by?.[3] ?? (at > 0 ? terminal.slice(0, at) : isIp(from) ? from : undefined));
}

/** `Login failed [user: admin] [Source: 10.0.0.1] [localport: 22] [Reason: …] at …` */
function readLogin(event: EcsEvent, text: string): void {
  setUser(event, bracketed(text, '[user: '));
  setSource(event, bracketed(text, '[Source: '));
  const port = portOf(bracketed(text, '[localport: ') ?? '');
  if (port !== undefined) event.destination = { port };
  const reason = bracketed(text, '[Reason: ');
  if (reason !== undefined) event.event.reason = reason;
}

function bracketed(text: string, key: string): string | undefined {
  const at = text.indexOf(key);
  const end = at < 0 ? -1 : text.indexOf(']', at);
  return end < 0 ? undefined : text.slice(at + key.length, end);
}

/** `User admin has exited tty session 2(10.0.0.1)` */
function readLogout(event: EcsEvent, text: string): void {
  const found = /^User (\S{0,256}) has exited tty session \d{1,5}\(([^)]{0,64})\)/.exec(text);
  setUser(event, found?.[1]);
  if (isIp(found?.[2] ?? '')) setSource(event, found?.[2]);
}

/** `User 'admin' authentication for SSH2 Session from 10.0.0.1 (tty = 0) using … Succeeded` */
function readSsh(event: EcsEvent, text: string): void {
  readQuotedUser(event, text);
  readFrom(event, text);
  event.event.outcome = /\bSucceeded\W*$/.test(text) ? 'success' : 'failure';
}

function readFrom(event: EcsEvent, text: string): void {
  setSource(event, / from (?:host )?([0-9a-fA-F:.]{2,45})(?: |,|$)/.exec(text)?.[1]);
}

function readQuotedUser(event: EcsEvent, text: string): void {
  setUser(event, /\buser '([^']{1,256})'/i.exec(text)?.[1]);
}

/** `User:admin  logged command:no logging host 10.0.0.9` */
function readCommand(event: EcsEvent, text: string): void {
  const found = /^User:(\S{0,256}) {1,2}logged command:(.*)$/s.exec(text);
  if (found === null) return;
  setUser(event, found[1]);
  const command = (found[2] ?? '').trim();
  event.process = { ...event.process, command_line: command };
  // Accounting of commands that show or leave, not of configuration.
  if (command.startsWith('!exec')) event.event.type = ['info'];
  event.event.action = loggingAction(command) ?? event.event.action;
}

/** `Logging to host 10.0.0.9 port 514 stopped - CLI initiated` */
function readLoggingHost(event: EcsEvent, text: string): void {
  const found = /\bhost (\S{1,64})(?: [Pp]ort (\d{1,5}))? (started|stopped)/.exec(text);
  if (found?.[3] === 'stopped') event.event.action = 'logging_disabled';
  const ip = found?.[1] ?? '';
  if (isIp(ip)) event.destination = { ip };
}

/** `list 101 denied tcp 10.0.0.1(1234) (Vlan1 0050.56aa.bbcc) -> 10.0.0.2(502), 1 packet`, `list 1 denied 10.0.0.1 1 packet` */
function readAccessList(event: EcsEvent, text: string): void {
  const found =
    /^list (\S{1,64}) (permitted|denied) (?:([a-z0-9]{1,16}) )?([0-9a-fA-F.:]{2,45})(?:\((\d{1,5})\))?(?: \([^)]{1,64}\))?(?: ?-> ?([0-9a-fA-F.:]{2,45})(?: ?\(([\d/]{1,7})\))?)?/.exec(
      text,
    );
  if (found === null) return;
  const [, list = '', verdict, protocol, source, sourcePort, target, targetPort] = found;
  if (event.cisco?.ios !== undefined) event.cisco.ios.access_list = list;
  event.event.type = ['connection', verdict === 'denied' ? 'denied' : 'allowed'];
  event.event.outcome = verdict === 'denied' ? 'failure' : 'success';
  if (protocol !== undefined) event.network = { transport: protocol };
  setSource(event, source, sourcePort);
  if (target === undefined || !isIp(target)) return;
  event.destination = { ip: target };
  const port = targetPort === undefined ? undefined : portOf(targetPort);
  if (port !== undefined) event.destination.port = port;
}

/** `Line protocol on Interface GigabitEthernet0/1, changed state to down` */
function readInterface(event: EcsEvent, text: string): void {
  const found = /Interface ([^,\s]{1,64}),? changed state to ([a-z ]{2,32})/.exec(text);
  if (found === null || event.cisco?.ios === undefined) return;
  event.cisco.ios.interface = { name: found[1] ?? '', state: (found[2] ?? '').trim() };
}
