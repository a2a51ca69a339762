import { namesThatFit } from './known-names.js';
import type { EcsEvent } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { readSwitch } from './industrial-words.js';
import type { SwitchEvent } from './industrial-words.js';

/**
 * Moxa's managed switches and secure routers (EDS, IKS, ICS, MDS, TN, EDR, MX-NOS). The texts are the events of the
 * manuals' tables "System Event Settings" and "Event Log" (Moxa Managed Ethernet Switch User's Manual, UI 2.0, and
 * before it EDS-405A/408A, "Event Types").
 */
export const moxa = { name: 'moxa', matches, parse } satisfies BodyParser<'moxa'>;

const MODEL =
  /^(?:moxa|eds-?(?:[gp]?\d|40|51|52|60|72)|iks-|ics-g|mds-g|tn-\d|edr-|pt-[g\d]|sds-3|oncell|nport|mgate)/i;

const isModel = namesThatFit(MODEL);

const EVENTS: readonly SwitchEvent[] = [
  { words: /\bcold ?start\b/i, action: 'restarted', category: ['host'], type: ['start'] },
  { words: /\bwarm ?start\b/i, action: 'restarted', category: ['host'], type: ['start'] },
  {
    words: /\bconfig(?:uration)?\b.{0,16}\b(?:chang|activat|import)/i,
    action: 'configuration_changed',
    category: ['configuration'],
    type: ['change'],
  },
  {
    words:
      /\bauth(?:entication)? ?fail(?:ure|ed)?\b|\blog ?in fail(?:ed|ure)?\b|\b(?:account|web|cli|console).{0,32}\bfail/i,
    action: 'login',
    category: ['authentication'],
    type: ['start'],
    outcome: 'failure',
  },
  {
    words: /\b(?:dot1x|802\.1x|radius|tacacs\+?) auth(?:entication)? fail/i,
    action: 'port_access',
    category: ['authentication'],
    type: ['start'],
    outcome: 'failure',
  },
  {
    words: /\blog(?:ged)? ?in\b(?:.{0,16}\bsuccess)?|\bauth(?:entication)?\b.{0,16}\b(?:success|pass)/i,
    action: 'login',
    category: ['authentication', 'session'],
    type: ['start'],
    outcome: 'success',
  },
  { words: /\blog(?:ged)? ?out\b/i, action: 'logout', category: ['session'], type: ['end'] },
  {
    words: /\bpassword\b.{0,16}\bchanged?\b|\baccount (?:setting|info).{0,16}\bchanged?\b/i,
    action: 'password_change',
    category: ['iam'],
    type: ['user', 'change'],
  },
  {
    words: /\bfirmware\b.{0,16}\b(?:upgrade|success|fail)/i,
    action: 'firmware_changed',
    category: ['package', 'configuration'],
    type: ['change'],
  },
  { words: /\bfactory default\b/i, action: 'configuration_reset', category: ['configuration'], type: ['change'] },
  {
    words: /\blog (?:capacity|is full|full)|\b(?:event )?log\b.{0,16}\bthreshold\b/i,
    action: 'audit_log_full',
    category: ['configuration'],
    type: ['info'],
  },
  {
    words: /\b(?:power|pwr) ?\d?\b.{0,16}(?:transition|off|on\b|fail|->)/i,
    action: 'power_changed',
    category: ['host'],
    type: ['change'],
  },
  {
    words: /\bDI ?\d?\b.{0,16}(?:transition|->|on\b|off)/i,
    action: 'digital_input',
    category: ['host'],
    type: ['change'],
  },
  {
    words: /\b(?:topology|ring|coupling|master|root)\b.{0,32}\b(?:chang|break|broke|mismatch|healthy|open)/i,
    action: 'topology_changed',
    category: ['network'],
    type: ['change'],
  },
  {
    words: /\btraffic[ -]?over ?load|\brate limit|\bport (?:shutdown|recover)|\bloop\b/i,
    action: 'port_protected',
    category: ['network'],
    type: ['change'],
  },
  {
    words: /\blink[ -]?(?:on|off|up|down)\b|\bport\b.{0,16}\b(?:on|off|up|down)\b/i,
    action: 'interface_state',
    category: ['network'],
    type: ['change'],
  },
  {
    words: /\b(?:firewall|policy|trusted access|dos)\b.{0,32}\b(?:drop|deny|denied|blocked|attack)/i,
    action: 'connection_denied',
    category: ['network'],
    type: ['connection', 'denied'],
    outcome: 'failure',
  },
];

/** By the name that the switch signs with: Moxa's default names are the model's. */
function matches({ host, process }: EcsEvent): boolean {
  return isModel(process?.name) || isModel(host?.name);
}

function parse(event: EcsEvent): 'done' {
  event.event.dataset = 'moxa.switch';
  event.event.module = 'moxa';
  event.observer = { vendor: 'Moxa', type: 'switch', name: event.host?.name };
  const own = readSwitch(event, event.message, EVENTS);
  if (Object.keys(own).length > 0) event.moxa = own;
  return 'done';
}
