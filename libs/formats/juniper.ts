import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { verdictOf } from './device-values.js';
import { setField } from './ecs-setters.js';
import { setConnection } from './firewall-verdict.js';
import { JUNOS_FLOW_PATTERNS, JUNOS_KEYS } from './juniper-fields.js';
import { loggingAction } from './cisco-command.js';

/**
 * Juniper Junos: a tag says what it is (`RT_FLOW_SESSION_CREATE`, `UI_COMMIT`), as MSGID with structured data
 * `[junos@2636.… key="value"]`, or in front of a sentence (Junos System Log Explorer).
 */
export const juniper = { name: 'juniper', matches, parse } satisfies BodyParser<'juniper'>;

const TAG =
  /^(?:\w{1,24}: )?((?:RT_|UI_|SSHD_|LOGIN_|WEB_|SNMP_TRAP_|SNMPD_|PAM_|FLOW_|IDP_|AAMW_|SECINTEL_|AV_|WEBFILTER_|APPTRACK_|SYSTEM_|ESWD_|PFE_FW_|JTASK_|KERN_|DYNAMIC_VPN_|KMD_|L2ALD_|CHASSISD_|LICENSE_|MIB2D_|RPD_|FPCLOGIN_|AUTH_|DCD_|DFWD_|EVENTD_)[A-Z0-9_]{2,64}):? ?/;
const STRUCTURED = /^junos@2636\b/;

interface Kind {
  readonly tag: RegExp;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const KINDS: readonly Kind[] = [
  kind(
    /^(?:RT_FLOW_SESSION|APPTRACK_SESSION)_(?:CREATE|CREATE_LS)/,
    'session_created',
    ['network'],
    'connection',
    'allowed',
    'start',
    'success',
  ),
  kind(
    /^(?:RT_FLOW_SESSION|APPTRACK_SESSION)_(?:CLOSE|CLOSE_LS|VOL_UPDATE|ROUTE_UPDATE)/,
    'session_closed',
    ['network'],
    'connection',
    'allowed',
    'end',
  ),
  kind(
    /^RT_FLOW_SESSION_DENY|^FLOW_POLICY_|^PFE_FW_SYSLOG/,
    'session_denied',
    ['network'],
    'connection',
    'denied',
    'failure',
  ),
  kind(/^(?:RT_SCREEN|IDP_ATTACK|AAMW_|SECINTEL_)/, 'intrusion', ['intrusion_detection', 'network'], 'info'),
  kind(/^AV_/, 'malware', ['malware'], 'info'),
  kind(/^WEBFILTER_/, 'web', ['web', 'network'], 'access'),
  kind(
    /^(?:UI_LOGIN_EVENT|LOGIN_INFORMATION|WEB_AUTH_SUCCESS|UI_DBASE_LOGIN_EVENT|LOGIN_ROOT)$/,
    'login',
    ['authentication', 'session'],
    'start',
    'success',
  ),
  kind(
    /^(?:SSHD_LOGIN_FAILED|LOGIN_FAILED|WEB_AUTH_FAIL|LOGIN_PAM_|SSHD_LOGIN_ATTEMPTS_THRESHOLD|LOGIN_ATTEMPTS_THRESHOLD|PAM_)/,
    'login',
    ['authentication'],
    'start',
    'failure',
  ),
  kind(/^(?:UI_LOGOUT_EVENT|UI_DBASE_LOGOUT_EVENT|LOGIN_TIMED_OUT)$/, 'logout', ['session'], 'end'),
  kind(/^UI_AUTH_EVENT$/, 'authenticated', ['authentication'], 'info', 'success'),
  kind(
    /^UI_(?:COMMIT|COMMIT_COMPLETED|COMMIT_CONFIRMED|CFG_AUDIT_SET|CFG_AUDIT_OTHER|CFG_AUDIT_NEW|LOAD_EVENT|FACTORY_OPERATION)$/,
    'configuration_changed',
    ['configuration'],
    'change',
  ),
  kind(/^UI_(?:CMDLINE_READ_LINE|NETCONF_CMD|JUNOSCRIPT_CMD|CHILD_START)$/, 'command', ['configuration'], 'access'),
  kind(/^UI_REBOOT_EVENT$|^SYSTEM_(?:ABNORMAL_)?SHUTDOWN/, 'shutdown', ['host'], 'end'),
  kind(/^SYSTEM_OPERATIONAL$/, 'restarted', ['host'], 'start'),
  kind(/^SNMP_TRAP_LINK_(?:UP|DOWN)$/, 'interface_state', ['network'], 'change'),
  kind(/^SNMPD_AUTH_/, 'snmp_access', ['authentication'], 'start', 'failure'),
];

function kind(
  tag: RegExp,
  action: string,
  category: readonly EventCategory[],
  ...types: readonly (EventType | Outcome)[]
): Kind {
  const outcome = types.find(isOutcome);
  const type = types.filter((name) => !isOutcome(name));
  return { tag, action, category, type, outcome };
}

function isOutcome(name: EventType | Outcome): name is Outcome {
  return name === 'success' || name === 'failure' || name === 'unknown';
}

function matches({ message, log, process }: EcsEvent): boolean {
  const data = log?.syslog?.structured_data;
  if (data !== undefined && Object.keys(data).some((id) => STRUCTURED.test(id))) return true;
  const first = message.charCodeAt(0);
  if (first >= 65 && first <= 87 && TAG.test(message)) return true;
  // Without a daemon in front the header's reader takes the tag for the program.
  return process?.name?.includes('_') === true && TAG.test(process.name);
}

function parse(event: EcsEvent): 'done' | 'refused' {
  const { syslog } = event.log ?? {};
  const found = TAG.exec(event.message);
  const tag = syslog?.msgid ?? found?.[1] ?? TAG.exec(event.process?.name ?? '')?.[1] ?? '';
  const id = Object.keys(syslog?.structured_data ?? {}).find((name) => STRUCTURED.test(name));
  if (tag === '' && id === undefined) return 'refused';
  event.event.dataset = 'juniper.junos';
  event.event.module = 'juniper';
  event.event.code = tag;
  event.observer = { vendor: 'Juniper', product: 'Junos', name: event.host?.name };
  if (tag.startsWith('RT_')) event.observer.type = 'firewall';
  const own: JsonObject = {};
  const data = id === undefined ? undefined : syslog?.structured_data?.[id];
  for (const [key, value] of Object.entries(data ?? {}))
    readPair(event, own, key, Array.isArray(value) ? (value[0] ?? '') : value);
  if (data === undefined) readSentence(event, own, event.message.slice(found?.[0].length ?? 0));
  if (Object.keys(own).length > 0) event.juniper = { junos: own };
  readKind(event, tag, own);
  return 'done';
}

function readPair(event: EcsEvent, own: JsonObject, key: string, value: string): void {
  own[key] = value;
  const field = JUNOS_KEYS.get(key);
  if (field !== undefined) setField(event, field, value);
}

function readSentence(event: EcsEvent, own: JsonObject, written: string): void {
  const text = written.length > 2048 ? written.slice(0, 2048) : written;
  for (const pattern of JUNOS_FLOW_PATTERNS) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    for (const [name, value] of Object.entries(groups)) {
      if (value !== undefined) readPair(event, own, name.replaceAll('_', '-'), value);
    }
    return;
  }
}

function readKind(event: EcsEvent, tag: string, own: JsonObject): void {
  const found = KINDS.find((candidate) => candidate.tag.test(tag));
  if (found === undefined) return;
  const { action, category, type, outcome } = found;
  event.event.action = action;
  event.event.category = category;
  event.event.type = type;
  if (outcome !== undefined) event.event.outcome = outcome;
  if (category.includes('intrusion_detection') || category.includes('malware')) {
    event.event.kind = 'alert';
    const verdict = typeof own.action === 'string' ? verdictOf(own.action) : undefined;
    if (verdict !== undefined) event.event.type = [verdict];
  } else if (tag === 'APPTRACK_SESSION_CREATE') setConnection(event, 'allowed', 'start');
  readCommand(event, own);
}

function readCommand(event: EcsEvent, own: JsonObject): void {
  const { command } = own;
  if (typeof command !== 'string') return;
  event.process = { ...event.process, command_line: command };
  const action = /^(?:delete|deactivate) system syslog\b/.test(command) ? 'logging_disabled' : loggingAction(command);
  if (action !== undefined) event.event.action = action;
}
