import { scanHead, scanStamp, skip } from './bsd-head.js';
import type { BsdHead } from './bsd-head.js';
import { isPipedHead } from './cef-header.js';
import { endOfMnemonic } from './cisco-mnemonic.js';
import { addFlaw, addTag } from '#ecs/event.js';
import type { EcsEvent } from '#ecs/event.js';
import type { Arrival, LineParser, Remainder } from '#ecs/parser.js';
import { scanStructuredData } from '#ecs/structured-data.js';
import { applyHeader, applyStamp } from '#ecs/syslog-header.js';
import type { SyslogHeader } from '#ecs/syslog-header.js';
import { endOfPriority } from '#ecs/syslog-priority.js';

/** RFC 3164, as devices write it. Without a priority a line needs a time stamp to be taken for syslog. */
export const rfc3164 = { name: 'rfc3164', matches: (first) => first !== 123, parse } satisfies LineParser<'rfc3164'>;

const TAB = 9;
const SPACE = 32;
const COLON = 58;
const OPEN = 91;
const CLOSE = 93;
const LONGEST_TOKEN = 255;
/** What no program's name begins with: `"` `%` `(` `<` `[` `{`. */
const NO_TAG = [34, 37, 40, 60, 91, 123];

function parse(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const at = endOfPriority(text, 0);
  if (at < 0 && text.charCodeAt(0) === 60) addFlaw(event, 'priority cannot be read');
  const head = at < 0 && text.charCodeAt(0) === 60 ? undefined : scanHead(text, Math.max(at, 0));
  if (head === undefined || (at < 0 && head.stamp === undefined)) return 'refused';
  const header: SyslogHeader = {
    priority: at < 0 ? -1 : Number(text.slice(1, at - 1)),
    version: '',
    hostname: head.hostname,
    appname: '',
    procid: '',
    msgid: '',
    structuredData: undefined,
  };
  const messageAt = scanNames(text, head.end, head, header);
  applyHeader(event, header, readMessage(text, messageAt, header));
  if (head.sequence !== '') event.event.sequence = Number(head.sequence);
  if (head.stamp !== undefined) applyStamp(event, head.stamp, arrival);
  if (head.unsynchronised) addTag(event, 'clock_unsynchronised');
  return 'body';
}

/** Reads host and tag at `at`; returns where the message begins. A host is only looked for behind a time stamp. */
function scanNames(text: string, at: number, head: BsdHead, header: SyslogHeader): number {
  if (text.charCodeAt(at) === TAB) return at + 1;
  if (isMessage(text, at)) return at;
  const listed = head.stamp === undefined ? -1 : scanListedHost(text, at, header);
  if (listed >= 0) return Math.max(scanTag(text, listed, header), listed);
  const tagged = scanTag(text, at, header);
  if (tagged >= 0 || head.stamp === undefined) return Math.max(tagged, at);
  const end = endOfToken(text, at);
  const next = skip(text, end, COLON);
  if (end === at || end - at > LONGEST_TOKEN || next >= text.length || text.slice(at, end).includes('=')) return at;
  if (NO_TAG.includes(text.charCodeAt(at))) return scanBracketedHost(text, at, header);
  if (header.hostname === '') header.hostname = text.slice(at, end).replace(BLADE, '');
  if (isMessage(text, next)) return next;
  return scanInnerHead(text, next, head, header) ?? Math.max(scanTag(text, next, header), next);
}

/** Multi-blade chassis (F5) write which blade it was: `slot1/host`. */
const BLADE = /^slot\d\//;
/** What UniFi devices put behind their name: hardware address and version. */
const UNIFI = /^(?:([\w.-]{1,64}),)?([0-9a-f]{12}),v\d[\w.]{1,32}:? /;
const LISTED = /^([A-Za-z0-9][\w.-]{0,254}),(?=[\w.-]{1,64}=)/;
/** ONTAP: `[host:event:severity]: `. */
const BRACKETED = /^\[([A-Za-z][\w.-]{0,254}):[\w.]{1,128}:[a-z]{1,16}\]: /;

/** A host in a list of names with commas: UniFi's, or F5's `host,key=value,…`. Returns the position behind it, or -1. */
function scanListedHost(text: string, at: number, header: SyslogHeader): number {
  const comma = text.indexOf(',', at);
  if (comma < 0 || comma - at > 80 || text.lastIndexOf(' ', comma) >= at) return -1;
  const start = text.slice(at, at + 256);
  const unifi = UNIFI.exec(start);
  const found = unifi ?? LISTED.exec(start);
  if (found === null) return -1;
  header.hostname = found[1] ?? found[2] ?? '';
  return at + found[0].length;
}

function scanBracketedHost(text: string, at: number, header: SyslogHeader): number {
  const host = BRACKETED.exec(text.slice(at, at + 512))?.[1];
  if (host !== undefined && header.hostname === '') header.hostname = host;
  return at;
}

/**
 * A second time stamp right behind the host. Without a year it begins the header of the device itself, behind a relay's;
 * with a year it is the program's own and says what the header's leaves out.
 */
function scanInnerHead(text: string, at: number, head: BsdHead, header: SyslogHeader): number | undefined {
  const stamp = scanStamp(text, at);
  // What has tabs before it is a row of columns (Snare), one of which is a time.
  if (header.hostname.includes('\t')) return undefined;
  if (stamp === undefined || head.stamp === undefined || head.stamp.year !== undefined) return undefined;
  head.stamp = stamp;
  if (stamp.year !== undefined) return at;
  header.hostname = '';
  return scanNames(text, skip(text, stamp.end, COLON), { ...head, stamp: { ...stamp, year: 0 } }, header);
}

/** Formats that begin with words of their own, which are neither host nor tag. */
function isMessage(text: string, at: number): boolean {
  return endOfMnemonic(text, at) > 0 || isPipedHead(text, at);
}

/** `name:`, `name[pid]:` or `name[pid]`. Returns where the message begins, or -1 when there is no tag. */
function scanTag(text: string, at: number, header: SyslogHeader): number {
  if (NO_TAG.includes(text.charCodeAt(at))) return -1;
  let end = endOfToken(text, at);
  const joined = text.charCodeAt(end - 1) === COLON ? -1 : text.slice(at, end).indexOf(']:');
  if (joined > 0) end = at + joined + 2;
  const colon = text.charCodeAt(end - 1) === COLON;
  const nameEnd = colon ? end - 1 : end;
  const bracket = text.charCodeAt(nameEnd - 1) === CLOSE ? text.lastIndexOf('[', nameEnd) : -1;
  const named = bracket > at ? bracket : nameEnd;
  if ((!colon && bracket <= at) || named <= at || end - at > LONGEST_TOKEN) return -1;
  header.appname = text.slice(at, named);
  if (bracket > at) header.procid = text.slice(bracket + 1, nameEnd - 1);
  return skip(text, end, SPACE);
}

function endOfToken(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  return space === -1 ? text.length : space;
}

/** rsyslogd writes structured data behind its tag; an element without parameters is just text in brackets. */
function readMessage(text: string, at: number, header: SyslogHeader): string {
  const scanned = header.appname !== '' && text.charCodeAt(at) === OPEN ? scanStructuredData(text, at) : undefined;
  if (scanned === undefined || !Object.values(scanned.data).some(hasParameters)) return trimEnd(text, at);
  header.structuredData = scanned.data;
  return trimEnd(text, skip(text, scanned.end, SPACE));
}

function hasParameters(parameters: object): boolean {
  return Object.keys(parameters).length > 0;
}

/** Line endings are the transport's, not the message's. */
function trimEnd(text: string, at: number): string {
  let end = text.length;
  for (let c = text.charCodeAt(end - 1); end > at && (c === 10 || c === 13 || c === 0); c = text.charCodeAt(end - 1))
    end--;
  return text.slice(at, end);
}
