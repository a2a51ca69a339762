import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, LeefBlock } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { replaceTime } from './body-time.js';
import { scanExtension } from './cef-extension.js';
import { findHead, scanPiped } from './cef-header.js';
import { dictionary, setField } from './ecs-setters.js';
import { readMaker } from './security-products.js';

/**
 * IBM's Log Event Extended Format: `LEEF:1.0|vendor|product|version|event|` with tabs between the attributes, and
 * `LEEF:2.0|vendor|product|version|event|delimiter|`, where the delimiter is a character or its code (`x5E`, `0x5E`).
 */
export const leef = {
  name: 'leef',
  matches: (event) => findHead(event.message, 'LEEF:') >= 0,
  parse,
} satisfies BodyParser<'leef'>;

const TAB = '\t';

/** The predefined attributes (QRadar Log Sources User Guide, "LEEF event attributes"), and what makers write beside them. */
const KEYS = dictionary({
  src: 'source.ip',
  srcPort: 'source.port',
  srcMAC: 'source.mac',
  srcBytes: 'source.bytes',
  srcPackets: 'source.packets',
  srcPostNAT: 'source.nat.ip',
  srcPostNATPort: 'source.nat.port',
  dst: 'destination.ip',
  dstPort: 'destination.port',
  dstMAC: 'destination.mac',
  dstBytes: 'destination.bytes',
  dstPackets: 'destination.packets',
  dstPostNAT: 'destination.nat.ip',
  dstPostNATPort: 'destination.nat.port',
  identSrc: 'source.ip',
  identMAC: 'source.mac',
  identHostName: 'source.domain',
  proto: 'network.transport',
  protocol: 'network.protocol',
  totalPackets: 'network.packets',
  usrName: 'user.name',
  accountName: 'user.name',
  domain: 'user.domain',
  groupID: 'group.name',
  cat: 'rule.category',
  sev: 'event.severity',
  policy: 'rule.name',
  rule: 'rule.name',
  url: 'url.original',
  resource: 'url.original',
  action: 'event.action',
  act: 'event.action',
  outcome: 'event.outcome',
  status: 'event.outcome',
  reason: 'event.reason',
  devName: 'observer.name',
});

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const text = event.message;
  const at = findHead(text, 'LEEF:');
  const header = at < 0 ? undefined : scanPiped(text, at + 5, 5);
  if (header === undefined) {
    addFlaw(event, 'LEEF: a field of the header is missing');
    return 'refused';
  }
  const [version = '', vendor = '', product = '', productVersion = '', eventId = ''] = header.fields;
  const { delimiter, end } = version.trim().startsWith('1')
    ? { delimiter: TAB, end: header.end }
    : readDelimiter(text, header.end);
  const attributes = readAttributes(text, end, delimiter);
  const device = { vendor, product, version: productVersion };
  const block: LeefBlock = { version: version.trim(), device, event_id: eventId, delimiter, attributes };
  event.leef = block;
  event.event.dataset = 'leef';
  event.event.module = 'leef';
  if (eventId !== '') event.event.code = eventId;
  for (const key of ['vendor', 'product', 'version'] as const) setField(event, `observer.${key}`, device[key]);
  for (const key of Object.keys(attributes)) {
    const field = KEYS.get(key);
    if (field !== undefined) setField(event, field, attributes[key] ?? '');
  }
  readTime(event, attributes, arrival);
  setField(event, 'message', attributes.msg ?? attributes.message ?? attributes.reason ?? eventId);
  readMaker(event, {
    vendor,
    product,
    title: `${eventId} ${attributes.cat ?? ''}`.trim(),
    code: eventId,
    keys: attributes,
  });
  return 'done';
}

/** The field of version 2.0 that names the delimiter may be empty or left out. */
function readDelimiter(text: string, at: number): { delimiter: string; end: number } {
  const field = /^(?:(.)|0?[xX]([0-9a-fA-F]{1,4}))?\|/s.exec(text.slice(at, at + 8));
  if (field === null) return { delimiter: TAB, end: at };
  const [whole, character, code] = field;
  const delimiter = code === undefined ? (character ?? TAB) : String.fromCharCode(Number.parseInt(code, 16));
  return { delimiter, end: at + whole.length };
}

function readAttributes(text: string, at: number, delimiter: string): Record<string, string> {
  // Some relays turn tabs into blanks or into the two characters \t; then only the keys show where an attribute ends.
  const written = delimiter === TAB && !text.includes(TAB, at) ? text.slice(at).replaceAll('\\t', TAB) : text.slice(at);
  if (delimiter === ' ' || (delimiter === TAB && !written.includes(TAB))) return scanExtension(written, 0).pairs;
  const attributes: Record<string, string> = {};
  for (const part of written.split(delimiter)) {
    const equals = part.indexOf('=');
    const key = part.slice(0, equals).trim();
    if (equals > 0 && key !== '__proto__') attributes[key] = part.slice(equals + 1).trimEnd();
  }
  return attributes;
}

/** `devTime` is when it happened; its format, where one is given, is one of those that show themselves. */
function readTime(event: EcsEvent, attributes: Record<string, string>, arrival: Arrival): void {
  const stamp = scanWritten(attributes.devTime ?? '');
  if (stamp !== undefined) replaceTime(event, stamp, arrival);
}
