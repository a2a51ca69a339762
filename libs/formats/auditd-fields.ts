/**
 * The fields of a Linux audit record: `key=value`, quoted or hex-encoded (a value with a blank, a quote or a control
 * character), and the `msg='…'` that user-space programs nest. Source: the kernel's `audit_log_untrustedstring` and
 * the message specification of linux-audit.
 */
export interface AuditFields {
  /** What the kernel says. */
  readonly outer: Map<string, string>;
  /** What the program said inside `msg='…'`. */
  readonly inner: Map<string, string>;
  /** Text in `msg` that belongs to no key: `changing system time`. */
  readonly words: string;
}

interface Course {
  readonly text: string;
  readonly end: number;
  readonly into: Map<string, string>;
  /** `execve` writes text into a0, a1, …; elsewhere they are registers, which only look like encoded text. */
  readonly execve: boolean;
  /** Programs write values with blanks unquoted: `op=adding user id=1004`. */
  readonly loose: boolean;
}

/** What auditd writes before the fields that it looked up itself (`log_format = ENRICHED`). */
const ENRICHED = 29;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const EQUALS = 61;
/** Keys whose value is written in hexadecimal when it must be. */
const ENCODED = new Set(
  (
    'exe cmd data path comm file name watch cwd acct dir vm device cgroup apparmor operation denied_mask info profile ' +
    'requested_mask ocomm grp new_group invalid_context sw root_dir proctitle key'
  ).split(' '),
);
const ARGUMENT = /^a\d{1,5}(?:\[\d{1,5}\])?$/;

export function scanAuditFields(text: string, at: number, execve: boolean): AuditFields {
  const outer = new Map<string, string>();
  const inner = new Map<string, string>();
  const nested = text.indexOf("msg='", at);
  const end = nested < 0 ? text.length : nested;
  scan({ text, end, into: outer, execve, loose: false }, at);
  if (nested < 0) return { outer, inner, words: '' };
  const closing = text.lastIndexOf("'");
  const innerEnd = closing > nested + 4 ? closing : text.length;
  const words = scan({ text, end: innerEnd, into: inner, execve: false, loose: true }, nested + 5);
  scan({ text, end: text.length, into: outer, execve, loose: false }, innerEnd + 1);
  return { outer, inner, words };
}

/** Reads the fields from `at` on; returns the words that stand before the first of them. */
function scan(course: Course, at: number): string {
  const { text, end } = course;
  let words = '';
  let key = '';
  for (let i = at; i < end;) {
    const c = text.charCodeAt(i);
    if (c === SPACE || c === ENRICHED || c === COMMA) {
      i++;
      continue;
    }
    const tokenEnd = endOfToken(text, i, end, EQUALS);
    if (tokenEnd < end && text.charCodeAt(tokenEnd) === EQUALS && tokenEnd > i) {
      key = keyAt(text, i, tokenEnd);
      i = scanValue(course, key, tokenEnd + 1);
      continue;
    }
    const wordEnd = endOfToken(text, i, end, SPACE);
    const word = text.slice(i, wordEnd);
    if (key === '') words = words === '' ? word : `${words} ${word}`;
    else if (course.loose) append(course.into, key, word);
    i = wordEnd;
  }
  return words;
}

function append(into: Map<string, string>, key: string, word: string): void {
  const before = into.get(key) ?? '';
  into.set(key, before === '' ? word : `${before} ${word}`);
}

/** Older kernels write `old auid=700 new auid=700`, newer ones `old-auid=700 auid=700`. */
function keyAt(text: string, at: number, end: number): string {
  const key = text.slice(at, end);
  if (key === 'auid' || key === 'ses') {
    const before = text.slice(Math.max(at - 4, 0), at);
    return before === 'old ' ? `old_${key}` : before === 'new ' ? `new_${key}` : key;
  }
  return key === 'old-auid' ? 'old_auid' : key === 'old-ses' ? 'old_ses' : key;
}

function endOfToken(text: string, at: number, end: number, mark: number): number {
  let i = at;
  for (let c = text.charCodeAt(i); i < end && c !== SPACE && c !== ENRICHED && c !== mark; c = text.charCodeAt(++i));
  return i;
}

/** Takes the value at `at`; a key that comes twice keeps its first. Returns the position behind the value. */
function scanValue({ text, end, into, execve }: Course, key: string, at: number): number {
  const quoted = text.charCodeAt(at) === QUOTE;
  const closing = quoted ? text.indexOf('"', at + 1) : -1;
  const valueEnd = quoted ? (closing < 0 || closing > end ? end : closing) : endOfToken(text, at, end, SPACE);
  const written = text.slice(quoted ? at + 1 : at, valueEnd);
  if (!into.has(key)) {
    const encoded = !quoted && (ENCODED.has(key) || (execve && ARGUMENT.test(key)));
    into.set(key, encoded ? decoded(written) : written);
  }
  return quoted ? valueEnd + 1 : valueEnd;
}

/** Hexadecimal is decoded only where it had to be: `cafe` is a word. */
function decoded(written: string): string {
  if (written.length < 2 || written.length % 2 !== 0 || !/^[0-9A-F]+$/i.test(written)) return written;
  const bytes = Buffer.from(written, 'hex');
  return bytes.some((byte) => byte < 33 || byte === 34 || byte > 126) ? bytes.toString('utf8') : written;
}
