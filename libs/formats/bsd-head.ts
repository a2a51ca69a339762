import { endOfMnemonic, findMnemonic } from './cisco-mnemonic.js';
import { scanBsd, scanEpoch, scanIso } from '#ecs/timestamps.js';
import type { Stamp } from '#ecs/timestamps.js';
import { scanColons, scanSlashed } from '#ecs/written-times.js';

/** What stands between the priority and the host of a BSD syslog line; empty text stands for what is not there. */
export interface BsdHead {
  stamp: Stamp | undefined;
  /** The device marks its own clock as not set. */
  unsynchronised: boolean;
  sequence: string;
  hostname: string;
  /** The position behind the head. */
  end: number;
}

const SPACE = 32;
const ASTERISK = 42;
const POINT = 46;
const SLASH = 47;
const COLON = 58;
const PREFIXES = 5;
const LONGEST_PREFIX = 255;
/** A mnemonic stands right behind the stamp, or behind the process name of IOS-XR. */
const REACH = 64;
const UPTIME = /^(?:\d{1,3}:\d\d:\d\d|\d{1,3}[ywd]\d{1,2}[wdh]|\d{1,5} \d{1,5})$/;

/**
 * Reads a time stamp at `at`, with what Cisco puts in front of it: sequence numbers, the host, the node of IOS-XR.
 * Names count as such a prefix only when a Cisco mnemonic follows; otherwise they are text.
 */
export function scanHead(text: string, at: number): BsdHead {
  const head: BsdHead = { stamp: undefined, unsynchronised: false, sequence: '', hostname: '', end: at };
  let i = skip(text, at, COLON);
  for (let prefix = 0; prefix < PREFIXES; prefix++) {
    if (scanMarkedStamp(text, i, head)) return head.hostname === '' || isCisco(text, head.end) ? head : bare(text, at);
    if (prefix > 0 && endOfMnemonic(text, i) > 0) return { ...head, end: i };
    const next = scanPrefix(text, i, head);
    if (next === -1) break;
    i = next;
  }
  return bare(text, at);
}

export function skip(text: string, at: number, mark: number): number {
  let i = at;
  for (let c = text.charCodeAt(i); c === SPACE || c === mark; c = text.charCodeAt(++i));
  return i;
}

function bare(text: string, at: number): BsdHead {
  return { stamp: undefined, unsynchronised: false, sequence: '', hostname: '', end: skip(text, at, SPACE) };
}

function isCisco(text: string, at: number): boolean {
  return findMnemonic(text, at, REACH) >= 0;
}

function scanMarkedStamp(text: string, at: number, head: BsdHead): boolean {
  const mark = text.charCodeAt(at);
  head.unsynchronised = mark === ASTERISK || mark === POINT;
  const stamp = scanStamp(text, head.unsynchronised ? at + 1 : at);
  if (stamp === undefined) return false;
  scanZoneName(text, stamp);
  head.stamp = stamp;
  head.end = skip(text, stamp.end, COLON);
  return true;
}

/** Any of the stamps that stand in a header. */
export function scanStamp(text: string, at: number): Stamp | undefined {
  const first = text.charCodeAt(at);
  if (first >= 65 && first <= 90) return scanBsd(text, at);
  if (!(first >= 48 && first <= 57)) return undefined;
  const fifth = text.charCodeAt(at + 4);
  if (fifth === COLON) return scanColons(text, at);
  if (text.charCodeAt(at + 2) === SLASH) return scanSlashed(text, at);
  if (fifth === 45) return scanIso(text, at);
  return fifth === SPACE ? scanBsd(text, at) : scanEpoch(text, at);
}

/** `UTC` and `GMT` say the zone; any other name (CET, EST) is ambiguous and leaves it to the source's zone. */
function scanZoneName(text: string, stamp: Stamp): void {
  if (text.charCodeAt(stamp.end) !== SPACE) return;
  const from = stamp.end + 1;
  let end = from;
  for (let c = text.charCodeAt(end); c >= 65 && c <= 90; c = text.charCodeAt(++end));
  if (end - from < 2 || end - from > 5) return;
  const universal = end - from === 3 && (text.startsWith('UTC', from) || text.startsWith('GMT', from));
  const colon = text.charCodeAt(skip(text, end, SPACE)) === COLON;
  if (universal ? !colon && text.charCodeAt(end) !== SPACE : !colon || !isCisco(text, end)) return;
  if (universal) stamp.offset ??= 0;
  stamp.end = end;
}

/** Takes one token in front of a stamp into the head; returns the position behind it, or -1. */
function scanPrefix(text: string, at: number, head: BsdHead): number {
  let end = at;
  for (let c = text.charCodeAt(end); c > SPACE && end - at < LONGEST_PREFIX; c = text.charCodeAt(++end));
  // IOS-XR joins node and stamp with a colon: RP/0/RP0/CPU0:Mar 14.
  const joined = text.slice(at, end).indexOf(':');
  if (joined > 0 && scanStamp(text, at + joined + 1) !== undefined) return at + joined + 1;
  if (text.charCodeAt(end) !== SPACE) return -1;
  const colon = text.charCodeAt(end - 1) === COLON;
  const token = text.slice(at, colon ? end - 1 : end);
  if (token === '') return -1;
  if (/^\d{1,10}$/.test(token)) head.sequence ||= token;
  else if (!UPTIME.test(token)) head.hostname = token;
  return skip(text, end, SPACE);
}
