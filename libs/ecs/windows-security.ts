import { isIp, portOf } from './addresses.js';
import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from './event.js';
import { integerOf } from './json-values.js';
import type { Arrival, DocumentParser, Remainder } from './parser.js';
import { applyStamp } from './syslog-header.js';
import { scanIso } from './timestamps.js';
import { isWindows, readWindows } from './windows-record.js';
import type { WindowsRecord } from './windows-record.js';

/** Windows events as JSON: flat (NXLog, Logstash), Winlogbeat, or the event's XML turned to JSON. */
export const windowsSecurity = { name: 'windows-security', matches: isWindows, parse } satisfies DocumentParser;

type Data = Readonly<Record<string, string>>;
type Reader = (event: EcsEvent, data: Data) => void;

interface Meaning {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
  readonly read?: Reader;
}

const LOGON_TYPES: ReadonlyMap<string, string> = new Map([
  ['2', 'Interactive'], ['3', 'Network'], ['4', 'Batch'], ['5', 'Service'], ['7', 'Unlock'], ['8', 'NetworkCleartext'],
  ['9', 'NewCredentials'], ['10', 'RemoteInteractive'], ['11', 'CachedInteractive'],
]);
/** IANA protocol numbers that the filtering platform reports. */
const TRANSPORTS: ReadonlyMap<string, string> = new Map([['1', 'icmp'], ['6', 'tcp'], ['17', 'udp'], ['58', 'ipv6-icmp']]);

const LOGON = ['authentication', 'session'] as const;
const AUTHENTICATION = ['authentication'] as const;
const START = ['start'] as const;

const SECURITY: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [1100, { action: 'logging_disabled', category: ['process'], type: ['end'] }],
  [1102, { action: 'audit_log_cleared', category: ['iam'], type: ['admin', 'change'], read: readSubject }],
  [1104, { action: 'audit_log_full', category: ['host'], type: ['error'] }],
  [4608, { action: 'system_started', category: ['host'], type: START }],
  [4616, { action: 'clock_changed', category: ['configuration'], type: ['change'], read: readSubject }],
  [4624, { action: 'login', category: LOGON, type: START, outcome: 'success', read: readLogon }],
  [4625, { action: 'login', category: AUTHENTICATION, type: START, outcome: 'failure', read: readLogon }],
  [4634, { action: 'logout', category: ['session'], type: ['end'], read: readTarget }],
  [4647, { action: 'logout', category: ['session'], type: ['end'], read: readTarget }],
  [4648, { action: 'login_explicit', category: AUTHENTICATION, type: ['info'], read: readExplicit }],
  [4672, { action: 'login_special', category: ['iam'], type: ['admin'], read: readSubject }],
  [4688, { action: 'process_created', category: ['process'], type: START, read: readCreated }],
  [4689, { action: 'process_exited', category: ['process'], type: ['end'], read: readExited }],
  [4697, { action: 'service_installed', category: ['configuration', 'package'], type: ['installation', 'change'], read: readService }],
  [4698, task('created')],
  [4699, task('deleted')],
  [4700, task('enabled')],
  [4701, task('disabled')],
  [4702, task('changed')],
  [4719, { action: 'audit_policy_changed', category: ['configuration'], type: ['admin', 'change'], read: readSubject }],
  [4720, account('created', ['user', 'creation'])],
  [4722, account('enabled', ['user', 'change'])],
  [4723, account('password_changed', ['user', 'change'])],
  [4724, account('password_reset', ['user', 'change'])],
  [4725, account('disabled', ['user', 'change'])],
  [4726, account('deleted', ['user', 'deletion'])],
  [4738, account('changed', ['user', 'change'])],
  [4740, account('locked', ['user', 'change'])],
  [4767, account('unlocked', ['user', 'change'])],
  [4781, account('renamed', ['user', 'change'])],
  ...groups([4727, 4731, 4754], 'created', 'creation'),
  ...groups([4730, 4734, 4758], 'deleted', 'deletion'),
  ...groups([4735, 4737, 4755], 'changed', 'change'),
  ...groups([4728, 4732, 4756], 'member_added', 'change'),
  ...groups([4729, 4733, 4757], 'member_removed', 'change'),
  [4768, { action: 'kerberos_ticket', category: AUTHENTICATION, type: START, read: readTicket }],
  [4771, { action: 'kerberos_preauthentication', category: AUTHENTICATION, type: START, outcome: 'failure', read: readTicket }],
  [4776, { action: 'credential_validation', category: AUTHENTICATION, type: START, read: readTicket }],
  [4799, { action: 'group_members_listed', category: ['iam'], type: ['group', 'info'], read: readGroup }],
  [5140, { action: 'share_accessed', category: ['network', 'file'], type: ['access'], read: readLogonSubject }],
  [5156, { action: 'connection', category: ['network'], type: ['connection', 'allowed'], read: readConnection }],
  [5157, { action: 'connection', category: ['network'], type: ['connection', 'denied'], outcome: 'failure', read: readConnection }],
]);

const SYSTEM: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [104, { action: 'audit_log_cleared', category: ['host'], type: ['deletion'], read: readSubject }],
  [1074, { action: 'shutdown', category: ['host'], type: ['end'] }],
  [6005, { action: 'logging_started', category: ['host'], type: START }],
  [6006, { action: 'logging_stopped', category: ['host'], type: ['end'] }],
  [6008, { action: 'shutdown_unexpected', category: ['host'], type: ['end'] }],
  [7045, { action: 'service_installed', category: ['configuration', 'package'], type: ['installation', 'change'], read: readService }],
]);

function account(change: string, type: readonly EventType[]): Meaning {
  return { action: `user_${change}`, category: ['iam'], type, read: readAccount };
}

function groups(ids: readonly number[], change: string, type: EventType): [number, Meaning][] {
  return ids.map((id) => [id, { action: `group_${change}`, category: ['iam'], type: ['group', type], read: readGroup }]);
}

function task(change: string): Meaning {
  return { action: `scheduled_task_${change}`, category: ['configuration'], type: ['change'], read: readSubject };
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const record = readWindows(document);
  if (record === undefined) return 'refused';
  applyRecord(event, record, arrival);
  const channel = record.channel?.toLowerCase();
  const meaning = channel === 'security' ? SECURITY.get(record.id) : channel === 'system' ? SYSTEM.get(record.id) : undefined;
  event.event.outcome = meaning?.outcome ?? (record.failed === undefined ? undefined : record.failed ? 'failure' : 'success');
  if (meaning === undefined) return 'done';
  event.event.action = meaning.action;
  event.event.category = meaning.category;
  event.event.type = meaning.type;
  meaning.read?.(event, record.data);
  return 'done';
}

function applyRecord(event: EcsEvent, record: WindowsRecord, arrival: Arrival): void {
  const { channel = 'unknown', provider, computer, recordId, data } = record;
  event.event.dataset = `windows.${/sysmon/i.test(channel) ? 'sysmon' : (channel.split(/[^\w]/, 1)[0] ?? '').toLowerCase()}`;
  event.event.module = 'windows';
  event.event.code = String(record.id);
  if (provider !== undefined) event.event.provider = provider;
  event.winlog = { channel, event_id: String(record.id), provider_name: provider, record_id: recordId, computer_name: computer, event_data: data };
  if (computer !== undefined) event.host = { name: computer, hostname: computer.split('.', 1)[0] };
  if (record.level !== undefined) event.log = { ...event.log, level: record.level };
  // The first line says it; what follows is the fields again and a lecture, kept in event.original.
  event.message = record.message?.split(/\r?\n/, 1)[0] ?? `${provider ?? channel} event ${record.id}`;
  const time = record.times.find((candidate) => candidate !== undefined && scanIso(candidate, 0) !== undefined);
  const stamp = time === undefined ? undefined : scanIso(time, 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
}

function valueOf(data: Data, key: string): string | undefined {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  return value === undefined || value === '' || value === '-' || value === 'S-1-0-0' ? undefined : value;
}

function party(data: Data, prefix: 'Subject' | 'Target'): { name?: string; id?: string; domain?: string } | undefined {
  const name = valueOf(data, `${prefix}UserName`);
  const id = valueOf(data, `${prefix}UserSid`) ?? valueOf(data, `${prefix}Sid`);
  const domain = valueOf(data, `${prefix}DomainName`);
  return name === undefined && id === undefined ? undefined : { name, id, domain };
}

function readSubject(event: EcsEvent, data: Data): void {
  event.user = party(data, 'Subject');
}

function readTarget(event: EcsEvent, data: Data): void {
  event.user = party(data, 'Target');
}

function readSource(event: EcsEvent, data: Data): void {
  // Kerberos writes IPv4 in IPv6 form.
  const ip = valueOf(data, 'IpAddress')?.replace(/^::ffff:/i, '');
  const port = portOf(valueOf(data, 'IpPort') ?? '');
  const domain = valueOf(data, 'WorkstationName') ?? valueOf(data, 'Workstation');
  if (ip === undefined && domain === undefined) return;
  event.source = { domain };
  if (ip !== undefined && isIp(ip)) event.source.ip = ip;
  if (port !== undefined && port > 0) event.source.port = port;
}

function readLogon(event: EcsEvent, data: Data): void {
  readTarget(event, data);
  readSource(event, data);
  const type = LOGON_TYPES.get(valueOf(data, 'LogonType') ?? '');
  if (type !== undefined && event.winlog !== undefined) event.winlog.logon = { type };
  event.process = processOf(valueOf(data, 'ProcessName'), valueOf(data, 'ProcessId'));
  const reason = valueOf(data, 'SubStatus') ?? valueOf(data, 'Status');
  if (reason !== undefined) event.event.reason = reason;
}

function readLogonSubject(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  readSource(event, data);
}

function readExplicit(event: EcsEvent, data: Data): void {
  readLogonSubject(event, data);
  event.user = { ...event.user, target: party(data, 'Target') };
}

function readTicket(event: EcsEvent, data: Data): void {
  readTarget(event, data);
  readSource(event, data);
  const status = valueOf(data, 'Status');
  if (status === undefined) return;
  event.event.outcome = integerOf(status) === 0 ? 'success' : 'failure';
  event.event.reason = status;
}

function readAccount(event: EcsEvent, data: Data): void {
  event.user = { ...party(data, 'Subject'), target: party(data, 'Target') };
}

function readGroup(event: EcsEvent, data: Data): void {
  const group = party(data, 'Target');
  event.user = party(data, 'Subject');
  if (group !== undefined) event.group = group;
  const id = valueOf(data, 'MemberSid');
  // MemberName is a distinguished name: CN=Jane Doe,OU=Operators,DC=plant.
  const name = valueOf(data, 'MemberName')?.replace(/^CN=([^,]{1,256}),.*$/is, '$1');
  if (id !== undefined || name !== undefined) event.user = { ...event.user, target: { name, id } };
}

function processOf(executable: string | undefined, id: string | undefined): EcsEvent['process'] {
  const pid = integerOf(id);
  if (executable === undefined && (pid === undefined || pid === 0)) return undefined;
  return { executable, name: executable?.slice(executable.lastIndexOf('\\') + 1), pid };
}

function readCreated(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  const commandLine = valueOf(data, 'CommandLine');
  const parent = processOf(valueOf(data, 'ParentProcessName'), valueOf(data, 'ProcessId'));
  event.process = { ...processOf(valueOf(data, 'NewProcessName'), valueOf(data, 'NewProcessId')), command_line: commandLine, parent };
}

function readExited(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  event.process = processOf(valueOf(data, 'ProcessName'), valueOf(data, 'ProcessId'));
}

function readService(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  event.service = { name: valueOf(data, 'ServiceName') };
  event.process = processOf(valueOf(data, 'ServiceFileName') ?? valueOf(data, 'ImagePath'), undefined);
}

function readConnection(event: EcsEvent, data: Data): void {
  const inbound = valueOf(data, 'Direction') === '%%14592';
  event.source = endpoint(valueOf(data, 'SourceAddress'), valueOf(data, 'SourcePort'));
  event.destination = endpoint(valueOf(data, 'DestAddress'), valueOf(data, 'DestPort'));
  event.network = { transport: TRANSPORTS.get(valueOf(data, 'Protocol') ?? ''), direction: inbound ? 'ingress' : 'egress' };
  event.process = processOf(valueOf(data, 'Application'), valueOf(data, 'ProcessID'));
}

function endpoint(address: string | undefined, port: string | undefined): EcsEvent['source'] {
  return address !== undefined && isIp(address) ? { ip: address, port: portOf(port ?? '') } : undefined;
}
