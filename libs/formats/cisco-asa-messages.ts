import type { EventCategory, EventType, Outcome } from '#ecs/event.js';

/**
 * What the messages of ASA, FTD, PIX and FWSM are about, by their numbers (Cisco Secure Firewall ASA Series Syslog
 * Messages). Ranges of one subject stand in one row. A connection's own row says whether it was let through.
 */
export interface AsaSubject {
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const NETWORK = ['network'] as const;
const SIGN_IN = ['authentication'] as const;
const SETTINGS = ['configuration'] as const;

const DENIED = about('connection_denied', NETWORK, ['connection', 'denied'], 'failure');
const BUILT = about('connection_built', NETWORK, ['connection', 'allowed', 'start'], 'success');
const ENDED = about('connection_ended', NETWORK, ['connection', 'end']);
const LOGIN = about('login', ['authentication', 'session'], ['start'], 'success');
const LOGIN_FAILED = about('login', SIGN_IN, ['start'], 'failure');
const LOGOUT = about('logout', ['session'], ['end']);
const COMMAND = about('command', SETTINGS, ['change'], 'success');
const SHOWN = about('command', SETTINGS, ['access'], 'success');
const CONFIGURED = about('configuration_changed', SETTINGS, ['change']);
const FAILOVER = about('failover', ['host'], ['change']);
const INTRUSION = about('intrusion', ['intrusion_detection', 'network'], ['info']);
const TUNNEL = about('vpn_tunnel', NETWORK, ['connection', 'info']);
const INTERFACE = about('interface_state', NETWORK, ['change']);

/** Numbers, or the first three digits of a group. */
const SUBJECTS: ReadonlyMap<string, AsaSubject> = new Map([
  ...rows('106', DENIED),
  ...rows('106102 106103', about('access_list', NETWORK, ['connection'])),
  ...rows('106100', about('access_list', NETWORK, ['connection'])),
  ...rows('302013 302015 302017 302020 302022 302024 302303 302035', BUILT),
  ...rows('302014 302016 302018 302021 302023 302025 302304 302036', ENDED),
  ...rows('305009 305011', about('translation_built', NETWORK, ['connection', 'start'])),
  ...rows('305010 305012', about('translation_ended', NETWORK, ['connection', 'end'])),
  ...rows('110 305005 305006 305013', DENIED),
  ...rows('303002', about('ftp', NETWORK, ['connection', 'access'])),
  ...rows('304001', about('url_accessed', ['web', 'network'], ['access', 'allowed'], 'success')),
  ...rows('304002', about('url_denied', ['web', 'network'], ['access', 'denied'], 'failure')),
  ...rows('313 322001 322002 322003 337004', DENIED),
  ...rows('402114 402115 402116 402117 402118 402119 402120', DENIED),
  ...rows('602303 602304', TUNNEL),
  ...rows('419 500 507 410001 410004 431 710003 710006 338004 338008', DENIED),
  ...rows('710001 710002', about('access_permitted', NETWORK, ['connection', 'allowed'], 'success')),
  ...rows('710005', DENIED),
  ...rows('400 401 733 407 106016 106017 106020 106022', INTRUSION),
  ...rows('109005 109007 113004 113012 605005 611101 716038 606001 606003 722022 722051 113039 716001', LOGIN),
  ...rows('109006 109008 113005 113015 113017 605004 611102 716039 308001 307001 307003 109025', LOGIN_FAILED),
  ...rows('113006', about('account_locked', ['iam', 'authentication'], ['user', 'change'])),
  ...rows('113007', about('account_unlocked', ['iam'], ['user', 'change'])),
  ...rows('611103 315011 606002 606004 716002 722023 113019 725007', LOGOUT),
  ...rows('315004', LOGIN_FAILED),
  ...rows('713 714 715 751 750', TUNNEL),
  ...rows('722', about('vpn_session', ['session'], ['info'])),
  ...rows('111008 111010', COMMAND),
  ...rows('111009', SHOWN),
  ...rows('111001 111004 111005 112001 208005', CONFIGURED),
  ...rows('111002 111007', about('configuration_read', SETTINGS, ['access'])),
  ...rows('111003', about('configuration_erased', SETTINGS, ['deletion'])),
  ...rows('111111', about('internal_error', ['host'], ['error'])),
  ...rows('502101', about('user_creation', ['iam'], ['user', 'creation'], 'success')),
  ...rows('502102', about('user_deletion', ['iam'], ['user', 'deletion'], 'success')),
  ...rows('502103', about('user_change', ['iam'], ['user', 'change'], 'success')),
  ...rows('502111', about('group_creation', ['iam'], ['group', 'creation'], 'success')),
  ...rows('502112', about('group_deletion', ['iam'], ['group', 'deletion'], 'success')),
  ...rows('771001 771002', about('clock_changed', SETTINGS, ['change'])),
  ...rows('199001 199005', about('restarted', ['host'], ['start'])),
  ...rows('199002 199006', about('restarted', ['host'], ['start'])),
  ...rows('104 105 210 709 720', FAILOVER),
  ...rows('411', INTERFACE),
  ...rows('414', about('logging_changed', SETTINGS, ['info'])),
  ...rows('430001', INTRUSION),
  ...rows('430002', about('connection', NETWORK, ['connection', 'start'])),
  ...rows('430003', about('connection', NETWORK, ['connection', 'end'])),
  ...rows('430004', about('file', ['file', 'network'], ['info'])),
  ...rows('430005', about('malware', ['malware', 'network'], ['info'])),
]);

export function subjectOf(number: string): AsaSubject | undefined {
  return SUBJECTS.get(number) ?? SUBJECTS.get(number.slice(0, 3));
}

function about(
  action: string,
  category: readonly EventCategory[],
  type: readonly EventType[],
  outcome?: Outcome,
): AsaSubject {
  return { action, category, type, outcome };
}

function rows(numbers: string, subject: AsaSubject): [string, AsaSubject][] {
  return numbers.split(' ').map((number) => [number, subject]);
}
