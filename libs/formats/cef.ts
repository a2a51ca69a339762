import { isIp } from '#ecs/addresses.js';
import { addFlaw } from '#ecs/event.js';
import type { CefBlock, EcsEvent } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';
import { CEF_KEYS, CEF_LABELS, LABEL, MAKERS_KEYS } from './cef-dictionary.js';
import { scanExtension } from './cef-extension.js';
import { findHead, scanPiped } from './cef-header.js';
import { isNothing, unquoted } from './device-values.js';
import { setField } from './ecs-setters.js';
import type { Dictionary } from './ecs-setters.js';
import { readMaker } from './security-products.js';

/**
 * ArcSight's Common Event Format, version 25: `CEF:0|vendor|product|version|class|name|severity|extension`. Header and
 * extension are kept as written in `cef`; the dictionary's keys and the custom fields (by their labels) become ECS.
 */
export const cef = {
  name: 'cef',
  matches: (event) => findHead(event.message, 'CEF:') >= 0,
  parse,
} satisfies BodyParser<'cef'>;

/** When the device heard of it; when it began, when it ended. */
const TIMES = ['rt', 'deviceReceiptTime', 'start', 'startTime', 'end', 'endTime', 'art'];
const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ['unknown', 0],
  ['low', 3],
  ['medium', 6],
  ['high', 8],
  ['very-high', 10],
  ['very high', 10],
  ['critical', 10],
]);
const INBOUND = '0';

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const text = event.message;
  const at = findHead(text, 'CEF:');
  const header = at < 0 ? undefined : scanPiped(text, at + 4, 7);
  if (header === undefined) {
    addFlaw(event, 'CEF: a field of the header is missing');
    return 'refused';
  }
  const [version = '', vendor = '', product = '', productVersion = '', classId = '', name = '', severity = ''] =
    header.fields;
  const { pairs, stray } = scanExtension(text, header.end);
  if (stray !== '') addFlaw(event, 'CEF: text without a key in the extension');
  const device = { vendor, product, version: productVersion, event_class_id: classId };
  const block: CefBlock = { version: version.trim(), device, name, severity, extensions: pairs };
  event.cef = block;
  readHeader(event, block);
  readExtension(event, pairs);
  readTimes(event, pairs, arrival);
  readMaker(event, { vendor, product, title: name, code: classId, keys: pairs });
  return 'done';
}

function readHeader(event: EcsEvent, { device, name, severity, extensions }: CefBlock): void {
  event.event.dataset = 'cef';
  event.event.module = 'cef';
  if (device.event_class_id !== '') event.event.code = device.event_class_id;
  event.event.severity = severityOf(severity);
  for (const key of ['vendor', 'product', 'version'] as const) setField(event, `observer.${key}`, device[key]);
  const message = extensions.msg ?? extensions.message ?? '';
  event.message = isNothing(message) ? name : message;
}

function severityOf(written: string): number | undefined {
  const number = /^\d{1,3}$/.test(written) ? Number(written) : SEVERITIES.get(written.toLowerCase());
  return number;
}

function readExtension(event: EcsEvent, pairs: Record<string, string>): void {
  for (const key of Object.keys(pairs)) {
    const value = pairs[key] ?? '';
    if (value !== '') readKey(event, pairs, key, value);
  }
  const direction = event.network?.direction;
  if (direction === '0' || direction === '1') {
    event.network = { ...event.network, direction: direction === INBOUND ? 'inbound' : 'outbound' };
  }
  nameHost(event, pairs);
  nameUser(event);
}

function readKey(event: EcsEvent, pairs: Record<string, string>, key: string, value: string): void {
  const field = CEF_KEYS.get(key) ?? MAKERS_KEYS.get(key);
  // Relays write a line feed as #012.
  if (field !== undefined) setField(event, field, value.replace(/#012$/, ''));
  if (key.endsWith(LABEL)) readLabel(event, value, pairs[key.slice(0, -LABEL.length)]);
}

function readLabel(event: EcsEvent, label: string, value: string | undefined): void {
  const field = labelled(CEF_LABELS, label);
  if (field !== undefined && value !== undefined) setField(event, field, value);
}

function labelled(labels: Dictionary, label: string): ReturnType<Dictionary['get']> {
  return labels.get(
    unquoted(label)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '_'),
  );
}

/** Without a syslog header the device's own name says which host this is. */
function nameHost(event: EcsEvent, pairs: Record<string, string>): void {
  const host = pairs.dvchost ?? pairs.deviceHostName ?? '';
  if (event.host === undefined && !isNothing(host)) setField(event, 'host.name', host);
  const address = pairs.dvc ?? pairs.deviceAddress ?? '';
  if (event.host === undefined && isIp(address)) event.host = { name: address, ip: [address] };
}

/** The one who acts; where only the other side is named, it is about that one. */
function nameUser(event: EcsEvent): void {
  if (event.user?.name !== undefined) return;
  const source = event.source?.user;
  const target = event.destination?.user;
  const user = source?.name === undefined ? target : source;
  if (user === undefined) return;
  event.user = { ...event.user, ...user };
  if (user === source && target?.name !== undefined) event.user.target = { ...target };
}

/** Zone names are the device's (`dtz`), where it tells them. */
function readTimes(event: EcsEvent, pairs: Record<string, string>, arrival: Arrival): void {
  const timeZone = pairs.dtz ?? pairs.deviceTimeZone ?? '';
  const there = /^[A-Z][A-Za-z_]{1,32}\/[A-Za-z_/]{1,32}$/.test(timeZone) ? { ...arrival, timeZone } : arrival;
  for (const key of TIMES) {
    const written = pairs[key];
    const stamp = written === undefined || written === '' ? undefined : scanWritten(unquoted(written));
    if (stamp === undefined) continue;
    // What began long ago is told now: only the device's own receipt time may stand in for the header's.
    if (event['@timestamp'] === '' || key === 'rt' || key === 'deviceReceiptTime') preferTime(event, stamp, there);
    return;
  }
}
