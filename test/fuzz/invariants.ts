import { isIp } from '#ecs/addresses.js';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import type { EcsEvent } from '#ecs/event.js';
import { normalise, type RawInput } from '#formats/normalise.js';
import { RECEIVED } from '#test/fuzz/corpus.js';

/** Vendor keys that are kept without being searched. */
const UNINDEXED =
  /^(?:log\.syslog\.structured_data|winlog\.event_data|zeek\.row|json|agent|client|cloud|container|dns|ecs|email|http|input|labels|organization|package|registry|server|threat|tls|trace|url|user_agent|vulnerability)\b/;

const BRANCHES = new Set(
  Object.keys(MAPPED_FIELDS).flatMap((path) => path.split('.').map((_, at, names) => names.slice(0, at).join('.'))),
);

function fits(value: unknown, type: string): boolean {
  if (Array.isArray(value)) return value.every((item) => fits(item, type));
  if (type === 'long') return Number.isSafeInteger(value);
  if (type === 'ip') return typeof value === 'string' && isIp(value);
  if (type === 'date') return typeof value === 'string' && new Date(value).toISOString() === value;
  return typeof value === 'string';
}

/** The paths of the event that Elasticsearch would refuse. */
function misfits(node: unknown, path = ''): string[] {
  if (node === undefined || UNINDEXED.test(path)) return [];
  const type = Object.hasOwn(MAPPED_FIELDS, path) ? MAPPED_FIELDS[path] : undefined;
  if (type !== undefined) return fits(node, type) ? [] : [path];
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return BRANCHES.has(path) ? [path] : [];
  return Object.entries(node).flatMap(([key, value]) => misfits(value, path === '' ? key : `${path}.${key}`));
}

/** How much longer than its line an event may be, with its line in it: what a line says is not multiplied. */
const GROWTH = 12;
const BASE = 8192;

/** @returns what is wrong with what became of a line, in words; nothing when it is sound */
export function faultsOf(raw: string, more: Partial<RawInput> = {}): string[] {
  const event: EcsEvent = normalise({ raw, receivedAt: RECEIVED, timeZone: 'Europe/Berlin', ...more });
  const faults = misfits(event).map((path) => `${path} has what its mapping does not take`);
  if (event.event.original !== raw) faults.push('event.original is not the line');
  if (event.event.created !== new Date(RECEIVED).toISOString()) faults.push('event.created is not when the line came');
  if (event.error?.message?.startsWith('parser failed')) faults.push(event.error.message);
  const { length } = JSON.stringify(event);
  if (length > BASE + GROWTH * JSON.stringify(raw).length) faults.push(`${length} characters of JSON`);
  return faults;
}
