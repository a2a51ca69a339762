/** How devices write values: placeholders for nothing, protocols by number, hardware addresses, verdicts. */

const NOTHING = new Set([
  '',
  '-',
  '--',
  'n/a',
  'na',
  'none',
  'null',
  '(null)',
  'undefined',
  '(empty)',
  'not available',
]);
const LONGEST_NOTHING = 13;

/** IANA protocol numbers that plants see. */
const PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['4', 'ipv4'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['41', 'ipv6'],
  ['47', 'gre'],
  ['50', 'esp'],
  ['51', 'ah'],
  ['58', 'ipv6-icmp'],
  ['88', 'eigrp'],
  ['89', 'ospf'],
  ['103', 'pim'],
  ['112', 'vrrp'],
  ['132', 'sctp'],
]);

/** Whether a device means "nothing" by the value. */
export function isNothing(value: string): boolean {
  return value.length <= LONGEST_NOTHING && NOTHING.has(value.toLowerCase());
}

/** The value without the quotes around it. */
export function unquoted(value: string): string {
  const first = value.charCodeAt(0);
  const quoted = value.length > 1 && (first === 34 || first === 39) && value.charCodeAt(value.length - 1) === first;
  return quoted ? value.slice(1, -1) : value;
}

/** `6`, `TCP`, `tcp/ip`, `icmp6` as ECS writes transports, in lower case; undefined for what is none. */
export function transportOf(value: string): string | undefined {
  const byNumber = PROTOCOLS.get(value);
  if (byNumber !== undefined) return byNumber;
  const name = value.toLowerCase();
  if (name === 'icmp6' || name === 'icmpv6') return 'ipv6-icmp';
  return /^[a-z][a-z0-9-]{0,15}/.exec(name)?.[0];
}

/** The number of a protocol that was written as one. */
export function protocolNumberOf(value: string): string | undefined {
  return /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/.test(value) ? value : undefined;
}

/** `00:0c:29:28:dd:c5`, `00-0C-…`, `000c.2928.ddc5` or twelve digits, as ECS writes it: `00-0C-29-28-DD-C5`. */
export function macOf(value: string): string | undefined {
  const written =
    /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}|^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}|^[0-9a-f]{12}$/i.exec(
      value,
    );
  if (written === null) return undefined;
  const digits = written[0].replaceAll(/[:.-]/g, '').toUpperCase();
  return digits.replaceAll(/..(?!$)/g, '$&-');
}

/** A whole number that is not negative, or undefined. */
export function countOf(value: string): number | undefined {
  if (value.length === 0 || value.length > 15 || !/^\d+$/.test(value)) return undefined;
  return Number(value);
}

export type Verdict = 'allowed' | 'denied';

const VERDICTS: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ...['accept', 'accepted', 'allow', 'allowed', 'permit', 'permitted', 'pass', 'passed', 'passthrough'].map(
    (word): [string, Verdict] => [word, 'allowed'],
  ),
  ...['built', 'bypass', 'detect', 'detected', 'trust', 'forward', 'start', 'close', 'timeout', 'client-rst'].map(
    (word): [string, Verdict] => [word, 'allowed'],
  ),
  ...['server-rst', 'ip-conn', 'alert', 'monitor', 'encrypt', 'decrypt'].map((word): [string, Verdict] => [
    word,
    'allowed',
  ]),
  ...['deny', 'denied', 'drop', 'dropped', 'dropping', 'block', 'blocked', 'reject', 'rejected'].map(
    (word): [string, Verdict] => [word, 'denied'],
  ),
  ...['prevent', 'prevented', 'discard', 'discarded', 'reset', 'reset-client', 'reset-server', 'reset-both'].map(
    (word): [string, Verdict] => [word, 'denied'],
  ),
  ...['block-url', 'block-ip', 'drop-packet', 'drop-icmp', 'drop-all-packets', 'quarantine', 'quarantined'].map(
    (word): [string, Verdict] => [word, 'denied'],
  ),
  ...['sinkhole', 'violation'].map((word): [string, Verdict] => [word, 'denied']),
]);

/** Whether a firewall let something through, by the word it writes for that. */
export function verdictOf(word: string): Verdict | undefined {
  const lower = word.toLowerCase();
  return VERDICTS.get(lower) ?? VERDICTS.get(lower.split(' ', 1)[0] ?? '');
}

/** `success`, `failure` or neither, by the words that devices use. */
export function outcomeOf(word: string): 'success' | 'failure' | undefined {
  if (/^(?:\/?succe|ok\b|passed\b|accept|allow|granted|valid)/i.test(word)) return 'success';
  return /^(?:\/?fail|error|denied|deny|reject|refused|invalid|unsuccess|block|drop)/i.test(word)
    ? 'failure'
    : undefined;
}
