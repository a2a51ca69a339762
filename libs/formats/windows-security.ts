import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from '#ecs/event.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';
import {
  readAccount,
  readConnection,
  readCreated,
  readExited,
  readExplicit,
  readGroup,
  readLogon,
  readLogonSubject,
  readService,
  readSubject,
  readTarget,
  readTicket,
} from './windows-fields.js';
import type { Data } from './windows-fields.js';
import { isWindows, readWindows } from './windows-record.js';
import type { WindowsRecord } from './windows-record.js';

/** Windows events as JSON: flat (NXLog, Logstash), Winlogbeat, or the event's XML turned to JSON. */
export const windowsSecurity = {
  name: 'windows-security',
  matches: isWindows,
  parse,
} satisfies DocumentParser<'windows-security'>;

type Reader = (event: EcsEvent, data: Data) => void;

interface Meaning {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
  readonly read?: Reader;
}

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
  [
    4697,
    {
      action: 'service_installed',
      category: ['configuration', 'package'],
      type: ['installation', 'change'],
      read: readService,
    },
  ],
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
  [
    4771,
    {
      action: 'kerberos_preauthentication',
      category: AUTHENTICATION,
      type: START,
      outcome: 'failure',
      read: readTicket,
    },
  ],
  [4776, { action: 'credential_validation', category: AUTHENTICATION, type: START, read: readTicket }],
  [4799, { action: 'group_members_listed', category: ['iam'], type: ['group', 'info'], read: readGroup }],
  [5140, { action: 'share_accessed', category: ['network', 'file'], type: ['access'], read: readLogonSubject }],
  [5156, { action: 'connection', category: ['network'], type: ['connection', 'allowed'], read: readConnection }],
  [
    5157,
    {
      action: 'connection',
      category: ['network'],
      type: ['connection', 'denied'],
      outcome: 'failure',
      read: readConnection,
    },
  ],
]);

const SYSTEM: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [104, { action: 'audit_log_cleared', category: ['host'], type: ['deletion'], read: readSubject }],
  [1074, { action: 'shutdown', category: ['host'], type: ['end'] }],
  [6005, { action: 'logging_started', category: ['host'], type: START }],
  [6006, { action: 'logging_stopped', category: ['host'], type: ['end'] }],
  [6008, { action: 'shutdown_unexpected', category: ['host'], type: ['end'] }],
  [
    7045,
    {
      action: 'service_installed',
      category: ['configuration', 'package'],
      type: ['installation', 'change'],
      read: readService,
    },
  ],
]);

function account(change: string, type: readonly EventType[]): Meaning {
  return { action: `user_${change}`, category: ['iam'], type, read: readAccount };
}

function groups(ids: readonly number[], change: string, type: EventType): [number, Meaning][] {
  return ids.map((id) => [
    id,
    { action: `group_${change}`, category: ['iam'], type: ['group', type], read: readGroup },
  ]);
}

function task(change: string): Meaning {
  return { action: `scheduled_task_${change}`, category: ['configuration'], type: ['change'], read: readSubject };
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const record = readWindows(document);
  if (record === undefined) return 'refused';
  applyRecord(event, record, arrival);
  const channel = record.channel?.toLowerCase();
  const meaning =
    channel === 'security' ? SECURITY.get(record.id) : channel === 'system' ? SYSTEM.get(record.id) : undefined;
  event.event.outcome =
    meaning?.outcome ?? (record.failed === undefined ? undefined : record.failed ? 'failure' : 'success');
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
  event.winlog = {
    channel,
    event_id: String(record.id),
    provider_name: provider,
    record_id: recordId,
    computer_name: computer,
    event_data: data,
  };
  if (computer !== undefined) event.host = { name: computer, hostname: computer.split('.', 1)[0] };
  if (record.level !== undefined) event.log = { ...event.log, level: record.level };
  // The first line says it; what follows is the fields again and a lecture, kept in event.original.
  event.message = record.message?.split(/\r?\n/, 1)[0] ?? `${provider ?? channel} event ${record.id}`;
  const time = record.times.find((candidate) => candidate !== undefined && scanIso(candidate, 0) !== undefined);
  const stamp = time === undefined ? undefined : scanIso(time, 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
}
