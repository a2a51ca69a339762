import { isPipedHead } from './cef-header.js';
import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, StructuredData } from '#ecs/event.js';
import type { Arrival, LineParser, Remainder } from '#ecs/parser.js';
import { scanStructuredData } from '#ecs/structured-data.js';
import { applyHeader, applyStamp } from '#ecs/syslog-header.js';
import type { SyslogHeader } from '#ecs/syslog-header.js';
import { endOfPriority } from '#ecs/syslog-priority.js';
import { scanIso } from '#ecs/timestamps.js';
import type { Stamp } from '#ecs/timestamps.js';

/**
 * RFC 5424. A line that breaks its header's grammar is refused with the reason in `error.message`; fields that are
 * too long and structured data that cannot be read are kept with the reason beside them.
 */
export const rfc5424 = {
  name: 'rfc5424',
  matches: (first, text) => first === 60 && endOfVersion(text) > 0,
  parse,
} satisfies LineParser<'rfc5424'>;

const SPACE = 32;
const DASH = 45;
const FIELDS = ['hostname', 'appname', 'procid', 'msgid'] as const;
const LONGEST = [255, 48, 128, 32] as const;

/** Position behind `<PRI>VERSION`, when a blank follows there; otherwise 0. */
function endOfVersion(text: string): number {
  const at = endOfPriority(text, 0);
  if (at < 0) return 0;
  let i = at;
  for (let c = text.charCodeAt(i); c >= 48 && c <= 57; c = text.charCodeAt(++i)) if (i - at > 2) return 0;
  return i > at && text.charCodeAt(at) !== 48 && text.charCodeAt(i) === SPACE ? i : 0;
}

function parse(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const versionAt = text.indexOf('>') + 1;
  const versionEnd = endOfVersion(text);
  const stamp = text.charCodeAt(versionEnd + 1) === DASH ? undefined : scanStrict(text, versionEnd + 1);
  let at = stamp === undefined ? versionEnd + 2 : stamp.end;
  if (text.charCodeAt(at) !== SPACE) return refuse(event, 'timestamp');
  const header = newHeader(Number(text.slice(1, versionAt - 1)), text.slice(versionAt, versionEnd));
  for (let field = 0; field < FIELDS.length; field++) {
    const from = at + 1;
    at = endOfField(text, from);
    const name = FIELDS[field] ?? 'msgid';
    if (at === from || text.charCodeAt(at) !== SPACE || isPipedHead(text, from)) return refuse(event, name);
    if (at - from > (LONGEST[field] ?? 0)) addFlaw(event, `RFC 5424: ${name} is too long`);
    if (at - from > 1 || text.charCodeAt(from) !== DASH) header[name] = text.slice(from, at);
  }
  const message = readData(event, text, at + 1, header);
  applyHeader(event, header, message);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  return 'body';
}

function refuse(event: EcsEvent, field: string): Remainder {
  addFlaw(event, `not RFC 5424: ${field}`);
  return 'refused';
}

function newHeader(priority: number, version: string): SyslogHeader {
  const structuredData: StructuredData | undefined = undefined;
  return { priority, version, hostname: '', appname: '', procid: '', msgid: '', structuredData };
}

/** Takes the structured data at `at`, returns the message behind it. */
function readData(event: EcsEvent, text: string, at: number, header: SyslogHeader): string {
  let end = at + 1;
  if (text.charCodeAt(at) !== DASH) {
    const scanned = scanStructuredData(text, at);
    end = scanned === undefined ? -1 : scanned.end;
    if (scanned !== undefined && isEnd(text, end)) {
      header.structuredData = scanned.data;
      if (scanned.flaw !== undefined) addFlaw(event, `RFC 5424: ${scanned.flaw}`);
    }
  }
  if (end !== -1 && isEnd(text, end)) return text.slice(end + 1);
  addFlaw(event, 'RFC 5424: structured data cannot be read');
  return text.slice(at);
}

function isEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === SPACE;
}

/** Control characters end a field; what is beyond ASCII is kept, since devices send it. */
function endOfField(text: string, at: number): number {
  let i = at;
  for (let c = text.charCodeAt(i); c > SPACE && c !== 127; c = text.charCodeAt(++i));
  return i;
}

/** RFC 3339 as RFC 5424 narrows it: upper case, a zone, no leap second, at most six digits of a fraction. */
function scanStrict(text: string, at: number): Stamp | undefined {
  const stamp = scanIso(text, at);
  if (stamp?.offset === undefined || text.charCodeAt(at + 10) !== 84 || text.charCodeAt(at + 17) === 54)
    return undefined;
  const utc = text.charCodeAt(stamp.end - 1) === 90;
  if (!utc && text.charCodeAt(stamp.end - 3) !== 58) return undefined;
  const fraction = stamp.end - at - 19 - (utc ? 1 : 6);
  const point = fraction === 0 || text.charCodeAt(at + 19) === 46;
  return point && fraction <= 7 ? stamp : undefined;
}
