import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { setField } from './ecs-setters.js';

/**
 * Siemens: security events of SIMATIC controllers, named `SE_…` in the message or its id with their parameters in structured
 * data (S7-1500 "Product information: Syslog messages", A5E53245873; CPU 410 system manual, 9.3), and the sentences that
 * SCALANCE, RUGGEDCOM and CloudConnect write for the same events (`SSH: User admin failed to log in from 10.0.0.5.`).
 */
export const siemens = { name: 'siemens', matches, parse } satisfies BodyParser<'siemens'>;

interface Meaning {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

type Row = readonly [action: string, category: string, type: string, outcome?: Outcome];

const TABLE: Readonly<Record<string, Row>> = {
  LOCAL_SUCCESSFUL_LOGON: ['login', 'authentication session', 'start', 'success'],
  LOCAL_UNSUCCESSFUL_LOGON: ['login', 'authentication', 'start', 'failure'],
  NETWORK_SUCCESSFUL_LOGON: ['login', 'authentication session', 'start', 'success'],
  NETWORK_UNSUCCESSFUL_LOGON: ['login', 'authentication', 'start', 'failure'],
  DEFAULT_USER_AUTHENTICATION_USED: ['login_default_user', 'authentication session', 'start', 'success'],
  LOGOFF: ['logout', 'session', 'end'],
  ACCOUNT_LOCKED_TEMP: ['login_blocked', 'authentication', 'denied'],
  ACCESS_PWD_ENABLED: ['password_protection_enabled', 'configuration', 'change'],
  ACCESS_PWD_DISABLED: ['password_protection_disabled', 'configuration', 'change'],
  ACCESS_PWD_CHANGED: ['password_change', 'iam', 'user change', 'success'],
  ACCESS_GRANTED: ['access', 'authentication', 'allowed', 'success'],
  ACCESS_DENIED: ['access', 'authentication', 'denied', 'failure'],
  ACCESS_DENIED_NUMBER_OF_CONCURRENT_SESSIONS_EXCEEDED: ['login', 'authentication', 'denied', 'failure'],
  SESSION_ESTABLISHED: ['session_opened', 'session', 'start', 'success'],
  SESSION_CLOSED: ['session_closed', 'session', 'end'],
  SESSION_TERMINATED: ['session_closed', 'session', 'end'],
  INVALID_SESSION_ID: ['session_refused', 'session', 'denied', 'failure'],
  CRITICAL_DEVICE_STARTED: ['service_started', 'process', 'start'],
  CRITICAL_DEVICE_STOPPED: ['service_stopped', 'process', 'end'],
  AUDIT_EVENTS_OVERWRITTEN: ['audit_records_lost', 'host', 'error'],
  OPEN_RESOURCE: ['object_opened', 'file', 'access'],
  CLOSE_RESOURCE: ['object_closed', 'file', 'access'],
  DELETE_OBJECT: ['object_deleted', 'file', 'deletion'],
  OBJECT_OPERATION: ['object_operation', 'file', 'change'],
  BACKUP_STARTED: ['backup_started', 'configuration', 'access'],
  BACKUP_SUCCESSFULLY_DONE: ['backup_created', 'configuration', 'access', 'success'],
  BACKUP_FAILED: ['backup_created', 'configuration', 'access', 'failure'],
  BACKUP_RESTORE_STARTED: ['restore_started', 'configuration', 'change'],
  BACKUP_RESTORE_SUCCESSFULLY_DONE: ['backup_restored', 'configuration', 'change', 'success'],
  BACKUP_RESTORE_FAILED: ['backup_restored', 'configuration', 'change', 'failure'],
  SECURITY_CONFIGURATION_CHANGED: ['configuration_changed', 'configuration', 'change'],
  CFG_DATA_CHANGED: ['configuration_changed', 'configuration', 'change'],
  USER_PROGRAM_CHANGED: ['program_download', 'configuration', 'change'],
  OPMOD_CHANGED: ['mode_change', 'host', 'change'],
  OPMOD_CHANGE_INITIATED: ['mode_change', 'host', 'change'],
  FIRMWARE_LOADED: ['firmware_loaded', 'package', 'installation'],
  FIRMWARE_ACTIVATED: ['firmware_activated', 'package', 'change'],
  SOFTWARE_INTEGRITY_CHECK_FAILED: ['firmware_refused', 'package', 'error', 'failure'],
  SYSTEMTIME_CHANGED: ['clock_changed', 'configuration', 'change'],
  TIME_SYNCHRONIZATION: ['clock_synchronisation', 'host', 'info'],
  RESET_TO_FACTORY: ['factory_reset', 'configuration', 'change'],
  MEMORY_RESET: ['memory_reset', 'configuration', 'change'],
  SECURITY_STATE_CHANGE: ['security_state_changed', 'configuration', 'change'],
  DEVICE_STARTUP: ['restarted', 'host', 'start'],
  DEVICE_CONNECTED: ['device_connected', 'host', 'info'],
  DEVICE_DISCONNECTED: ['device_disconnected', 'host', 'info'],
};
const EVENTS = new Map(Object.entries(TABLE).map(([name, row]) => [name, meaningOf(row)]));

/** What network components write instead of a name; the first that is found. */
const SENTENCES: readonly (readonly [words: RegExp, event: string])[] = [
  [/^Default user \S+ (?:has )?logged in\b/, 'DEFAULT_USER_AUTHENTICATION_USED'],
  [/^User \S+ (?:has )?logged in\b/, 'NETWORK_SUCCESSFUL_LOGON'],
  [/^User \S+ failed to log in\b/, 'NETWORK_UNSUCCESSFUL_LOGON'],
  [/^User \S+ (?:has )?logged out\b/, 'LOGOFF'],
  [/^User \S+ (?:has )?changed (?:the|own) password\b/, 'ACCESS_PWD_CHANGED'],
  [/^User \S+ account is locked\b/, 'ACCOUNT_LOCKED_TEMP'],
];
const NAMED = /^SE_([A-Z_]{4,64})\b/;
/** How somebody came: in front of the sentence, where a reader of RFC 3164 takes it for the program. */
const WAYS = new Set(['WBM', 'UDP', 'TCP', 'Telnet', 'SSH', 'Console', 'PNIO', 'PB', 'OPC']);
const WAY = /^([A-Za-z]{2,7}): (?=(?:Default u|U)ser )/;
const USER = /^(?:Default u|U)ser (\S{1,64})/;
const ADDRESS = / from ([0-9a-fA-F.:]{2,45}?)\.?$/;

function meaningOf([action, category, type, outcome]: Row): Meaning {
  const words = { category: category.split(' ') as EventCategory[], type: type.split(' ') as EventType[] };
  return outcome === undefined ? { action, ...words } : { action, ...words, outcome };
}

function nameOf({ message, log }: EcsEvent): string | undefined {
  return (NAMED.exec(message) ?? NAMED.exec(log?.syslog?.msgid ?? ''))?.[1];
}

function wayOf({ message, process }: EcsEvent): string | undefined {
  const name = WAY.exec(message)?.[1] ?? (USER.test(message) ? process?.name : undefined);
  return name !== undefined && WAYS.has(name) ? name : undefined;
}

function matches(event: EcsEvent): boolean {
  return nameOf(event) !== undefined || wayOf(event) !== undefined;
}

function parse(event: EcsEvent): 'done' {
  const name = nameOf(event);
  const way = name === undefined ? wayOf(event) : undefined;
  const text = event.message.replace(WAY, '');
  const found = name ?? SENTENCES.find(([words]) => words.test(text))?.[1];
  event.event.dataset = way === undefined ? 'siemens.simatic' : 'siemens.network';
  event.event.module = 'siemens';
  event.event.provider = 'siemens';
  event.observer = { vendor: 'Siemens', product: way === undefined ? 'SIMATIC' : 'SCALANCE' };
  if (name !== undefined) event.event.code = `SE_${name}`;
  Object.assign(event.event, found === undefined ? {} : EVENTS.get(found));
  const own = name === undefined ? {} : readParameters(event);
  if (way !== undefined) {
    own.way = way;
    setField(event, 'user.name', USER.exec(text)?.[1] ?? '');
    setField(event, 'source.ip', ADDRESS.exec(text)?.[1] ?? '');
  }
  if (Object.keys(own).length > 0) event.siemens = own;
  return 'done';
}

/** The parameters of all elements; who and from where also in ECS. */
function readParameters(event: EcsEvent): JsonObject {
  const own: JsonObject = {};
  for (const parameters of Object.values(event.log?.syslog?.structured_data ?? {})) {
    for (const [key, value] of Object.entries(parameters)) own[key] ??= Array.isArray(value) ? value.join() : value;
  }
  const text = (key: string): string => (typeof own[key] === 'string' ? own[key] : '');
  setField(event, 'user.name', text('userName'));
  setField(event, 'event.reason', text('errReason'));
  setField(event, 'file.path', text('resource'));
  for (const key of ['srcAddr', 'sourceIPAddress', 'ip']) setField(event, 'source.ip', text(key));
  return own;
}
