import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';
import { readPam } from './pam.js';
import type { BodyParser } from '#ecs/parser.js';

/**
 * OpenSSH's server. One attempt has one outcome: the line that says Accepted or Failed. What sshd and PAM say around it
 * (invalid user, authentication failure) is about the same attempt and carries no outcome, or it would count twice.
 */
export const sshd = { name: 'sshd', matches, parse } satisfies BodyParser<'sshd'>;

interface Reading {
  readonly starts: string;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
  /** What stands between the start and the address. */
  readonly reads: 'method' | 'user' | 'peer' | 'nothing';
}

const SIGN_IN = ['authentication', 'session'] as const;
const ATTEMPT = ['authentication'] as const;
const CONNECTION = ['network'] as const;
const START = ['start'] as const;
const INFO = ['info'] as const;
const END = ['connection', 'end'] as const;
const DENIED = ['connection', 'denied'] as const;

// By frequency: most lines on a machine that is being attacked are the first two.
const READINGS: readonly Reading[] = [
  { starts: 'Failed ', action: 'ssh_login', category: ATTEMPT, type: START, outcome: 'failure', reads: 'method' },
  { starts: 'Invalid user ', action: 'ssh_login', category: ATTEMPT, type: INFO, reads: 'user' },
  { starts: 'Accepted ', action: 'ssh_login', category: SIGN_IN, type: START, outcome: 'success', reads: 'method' },
  { starts: 'Connection closed by ', action: 'ssh_connection_closed', category: CONNECTION, type: END, reads: 'peer' },
  { starts: 'Connection reset by ', action: 'ssh_connection_reset', category: CONNECTION, type: END, reads: 'peer' },
  { starts: 'Disconnected from ', action: 'ssh_disconnect', category: CONNECTION, type: END, reads: 'peer' },
  { starts: 'Received disconnect from ', action: 'ssh_disconnect', category: CONNECTION, type: END, reads: 'peer' },
  { starts: 'Disconnecting ', action: 'ssh_disconnect', category: CONNECTION, type: END, reads: 'peer' },
  { starts: 'Disconnecting: ', action: 'ssh_disconnect', category: CONNECTION, type: END, reads: 'nothing' },
  {
    starts: 'Did not receive identification string from ',
    action: 'ssh_no_identification',
    category: CONNECTION,
    type: END,
    reads: 'peer',
  },
  { starts: 'Unable to negotiate with ', action: 'ssh_no_negotiation', category: CONNECTION, type: END, reads: 'peer' },
  {
    starts: 'Connection from ',
    action: 'ssh_connection',
    category: CONNECTION,
    type: ['connection', 'start'],
    reads: 'peer',
  },
  { starts: 'User ', action: 'ssh_user_denied', category: ATTEMPT, type: ['denied'], reads: 'user' },
  {
    starts: 'error: maximum authentication attempts exceeded for ',
    action: 'ssh_max_attempts',
    category: ATTEMPT,
    type: DENIED,
    reads: 'user',
  },
  { starts: 'Server listening on ', action: 'ssh_listening', category: ['process'], type: START, reads: 'nothing' },
];

const ROLES = ['authenticating user ', 'invalid user ', 'user '];
const REPEATED = /^message repeated (\d{1,6}) times: \[ ?/;

const BARE = /^ ?(?:Failed|Accepted) [a-z-]+(?:\/[a-z]+)? for .{1,300} ssh2|^ ?Invalid user .{0,300} from /;
/** A blank, `A`, `F`, `I`. */
const BARE_FIRST = new Set([32, 65, 70, 73]);

/** Without a program name (rsyslog's default JSON has none) only unmistakable lines are taken. */
function matches(event: EcsEvent): boolean {
  const name = event.process?.name;
  // Junos writes tags of its own in sshd's name.
  if (name !== undefined) return name.startsWith('sshd') && !event.message.startsWith('SSHD_');
  return BARE_FIRST.has(event.message.charCodeAt(0)) && BARE.test(event.message);
}

function parse(event: EcsEvent): 'done' {
  const text = unwrap(event);
  event.event.dataset = 'system.auth';
  event.event.module = 'system';
  event.process ??= { name: 'sshd' };
  const reading = readingOf(text);
  if (reading === undefined || !readParties(event, text, reading)) {
    readPam(event, text);
    return 'done';
  }
  event.event.action = reading.action;
  event.event.category = reading.category;
  event.event.type = reading.type;
  // Clients ask for "none" to learn the methods: no secret was tried.
  if (reading.outcome !== undefined && !text.startsWith('none ', reading.starts.length))
    event.event.outcome = reading.outcome;
  return 'done';
}

function readingOf(text: string): Reading | undefined {
  for (const reading of READINGS) if (text.startsWith(reading.starts)) return reading;
  return undefined;
}

/** Who and from where; false when the line only looks like the reading. */
function readParties(event: EcsEvent, text: string, reading: Reading): boolean {
  const at = reading.starts.length;
  if (reading.reads === 'nothing') return true;
  if (reading.reads === 'peer') return readPeer(event, text, at);
  if (reading.reads === 'user') return readAttempt(event, text, at);
  const method = text.indexOf(' ', at);
  return text.startsWith(' for ', method) && readAttempt(event, text, method + 5);
}

/** Takes off a byte order mark, a leading blank and rsyslog's "message repeated". */
function unwrap(event: EcsEvent): string {
  let text = event.message;
  const first = text.charCodeAt(0);
  if (first === 32 || first === 0xfeff) text = text.trimStart();
  const repeated = first === 109 ? REPEATED.exec(text) : null;
  if (repeated === null) return text;
  event.plantwatch ??= {};
  event.plantwatch.repeated = Number(repeated[1]);
  return text.slice(repeated[0].length, text.endsWith(']') ? -1 : undefined);
}

/**
 * `[invalid user ]NAME from ADDRESS port N …`. A name may hold ` from ` itself (a known way to forge addresses), so the
 * last one that an address follows counts.
 */
function readAttempt(event: EcsEvent, text: string, at: number): boolean {
  let from = text.lastIndexOf(' from ');
  // "Invalid user  from": the name may be empty, its blank is then the one before "from".
  while (from >= at - 1 && !isWhole(text, readAddress(event, text, from + 6)))
    from = text.lastIndexOf(' from ', from - 1);
  if (from < at - 1) {
    event.source = undefined;
    return false;
  }
  const start = text.startsWith('invalid user ', at) ? at + 13 : at;
  const name = text.slice(start, from);
  if (name !== '') event.user = { name };
  return true;
}

/** What may stand behind the address of an attempt. */
function isWhole(text: string, end: number): boolean {
  return end > 0 && (end === text.length || text.startsWith(' port ', end) || text.startsWith(' not allowed ', end));
}

/** `[authenticating user NAME |invalid user NAME |user NAME ]ADDRESS port N …` */
function readPeer(event: EcsEvent, text: string, at: number): boolean {
  const role = ROLES.find((words) => text.startsWith(words, at));
  if (role === undefined) return readAddress(event, text, at) > 0;
  const userAt = at + role.length;
  const port = text.lastIndexOf(' port ');
  const space = text.lastIndexOf(' ', (port === -1 ? text.length : port) - 1);
  if (space < userAt - 1 || readAddress(event, text, space + 1) < 0) return false;
  if (space > userAt) event.user = { name: text.slice(userAt, space) };
  return true;
}

/** Takes the address or host name at `at`, with its port when one follows; returns the end of the address, or -1. */
function readAddress(event: EcsEvent, text: string, at: number): number {
  let end = at;
  for (let c = text.charCodeAt(end); isAddressChar(c); c = text.charCodeAt(++end));
  if (end === at || end - at > 255) return -1;
  const follows = text.charCodeAt(end);
  if (end < text.length && follows !== 32 && follows !== 44) return -1;
  const written = text.slice(at, end);
  // "1.2.3.4: 11: Bye" ends in the colon of what follows.
  const address = isIp(written) ? written : written.replace(/:+$/, '');
  event.source = isIp(address) ? { ip: address } : { domain: address };
  const digits = text.startsWith(' port ', end) ? /^\d{1,5}/.exec(text.slice(end + 6, end + 11)) : null;
  const port = digits === null ? undefined : portOf(digits[0]);
  if (port !== undefined) event.source.port = port;
  return end;
}

/** Letters, digits, `.`, `:`, `-`, `_`, `%` (of a scoped IPv6 address). */
function isAddressChar(c: number): boolean {
  return (c >= 45 && c <= 58 && c !== 47) || (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || c === 37;
}
