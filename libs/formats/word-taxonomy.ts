import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';

/**
 * What happened, by the words of a message or an alert's title: for devices that have no codes, and for products whose
 * titles are all that says it. A reading that the format itself gives is never overwritten.
 */
export interface Words {
  readonly words: RegExp;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const LONGEST = 256;
const FAILED = /\b(?:fail(?:ed|ure|s)?|denied|invalid|incorrect|wrong|unauthori[sz]ed|rejected|unsuccessful|bad)\b/i;

/** Which of two words comes first does not matter, so failure is looked for on its own. */
const READINGS: readonly Words[] = [
  row(
    /\b(?:clear|cleared|delete|deleted|erased?) (?:the )?(?:all )?(?:audit|event|system|security)? ?(?:log|logs|trail)\b/i,
    'audit_log_cleared',
    ['configuration'],
    ['deletion'],
  ),
  row(
    /\blogs? (?:was |were |has been )?(?:cleared|deleted|erased)\b/i,
    'audit_log_cleared',
    ['configuration'],
    ['deletion'],
  ),
  row(
    /\b(?:log|trail|storage) (?:capacity |space |memory )?(?:is )?(?:almost |nearly )?full\b/i,
    'audit_log_full',
    ['configuration'],
    ['info'],
  ),
  row(
    /\b(?:logging|audit|syslog) (?:was |is |has been )?(?:disabled|stopped)\b/i,
    'logging_disabled',
    ['configuration'],
    ['change'],
  ),
  row(
    /\b(?:logging|syslog)(?: server| settings)? (?:was |is |has been )?(?:changed|modified|enabled|started)\b/i,
    'logging_changed',
    ['configuration'],
    ['change'],
  ),
  row(/\b(?:backup|config(?:uration)? export|saved file type)\b/i, 'backup_created', ['configuration'], ['info']),
  row(
    /\b(?:config(?:uration)? )?(?:restored?|rollback|import(?:ed)?)\b.{0,32}\b(?:config|backup|file)|\brestored from backup\b/i,
    'backup_restored',
    ['configuration'],
    ['change'],
  ),
  row(
    /\b(?:firmware|software|image)\b.{0,32}\b(?:upgrad|updat|download|upload|chang|install)/i,
    'firmware_changed',
    ['package', 'configuration'],
    ['change'],
  ),
  row(
    /\b(?:user|account)\b.{0,64}\b(?:created|added)\b|\b(?:created?|added) (?:a |new )*(?:user|account)/i,
    'user_creation',
    ['iam'],
    ['user', 'creation'],
  ),
  row(
    /\b(?:user|account)\b.{0,64}\b(?:deleted|removed)\b|\b(?:deleted?|removed) (?:a |the )*(?:user|account)/i,
    'user_deletion',
    ['iam'],
    ['user', 'deletion'],
  ),
  row(
    /\bpassword\b.{0,32}\b(?:changed|modified|reset|updated)\b|\bchanged (?:own )?password\b/i,
    'password_change',
    ['iam'],
    ['user', 'change'],
  ),
  row(
    /\blog(?:ged)?[ -]?(?:out|off)\b|\bsigned out\b|\bsession (?:was )?(?:closed|terminated|ended|expired|timed out)\b/i,
    'logout',
    ['session'],
    ['end'],
  ),
  row(
    /\blog(?:ged|s)?[ -]?(?:in|on)\b|\bsign(?:ed)?[ -]?in\b|\bauthenticat(?:ion|ed)\b|\bauth(?:entication)? ?fail|\baccess (?:the|attempt)|\bunauthori[sz]ed user\b/i,
    'login',
    ['authentication'],
    ['start'],
  ),
  row(
    /\b(?:configuration|config|settings?|parameters?)\b.{0,48}\b(?:chang|modif|updat|activat|saved|download|applied|committed)/i,
    'configuration_changed',
    ['configuration'],
    ['change'],
  ),
  row(
    /\b(?:chang|modif|updat)(?:ed|e)\b.{0,48}\b(?:configuration|config|settings?|policy|rule)\b/i,
    'configuration_changed',
    ['configuration'],
    ['change'],
  ),
  row(
    /\b(?:time|clock|date)\b.{0,16}\b(?:changed|set|modified|adjusted)\b/i,
    'clock_changed',
    ['configuration'],
    ['change'],
  ),
  row(
    /\b(?:cold|warm)[ -]?start(?:ed)?\b|\b(?:re)?boot(?:ed|ing)?\b|\brestart(?:ed)?\b|\bstart(?:ed)? up\b/i,
    'restarted',
    ['host'],
    ['start'],
  ),
  row(/\bshut(?:ting)? ?down\b|\bpower(?:ed)? off\b/i, 'shutdown', ['host'], ['end']),
  row(/\b(?:link|port)\b.{0,32}\b(?:up|down|on|off)\b/i, 'interface_state', ['network'], ['change']),
  row(
    /\b(?:topology|ring|master|root)\b.{0,32}\b(?:changed?|open|closed|broken|mismatch)/i,
    'topology_changed',
    ['network'],
    ['change'],
  ),
];

/** Actions that can fail, and are an event of access control or configuration even so. */
const FALLIBLE = new Set([
  'login',
  'backup_created',
  'backup_restored',
  'firmware_changed',
  'configuration_changed',
  'password_change',
]);

function row(words: RegExp, action: string, category: readonly EventCategory[], type: readonly EventType[]): Words {
  return { words, action, category, type };
}

/** Reads the words into what the event has not yet; true when something was understood. */
export function readWords(event: EcsEvent, written: string): boolean {
  const text = written.length > LONGEST ? written.slice(0, LONGEST) : written;
  const reading = READINGS.find(({ words }) => words.test(text));
  if (reading === undefined) return false;
  const { event: fields } = event;
  fields.action ??= reading.action;
  fields.category ??= reading.category;
  fields.type ??= reading.type;
  if (FALLIBLE.has(reading.action)) fields.outcome ??= FAILED.test(text) ? 'failure' : 'success';
  return true;
}
