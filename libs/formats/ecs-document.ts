import { isIp } from '#ecs/addresses.js';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import type { FieldType } from '#ecs/ecs-fields.js';
import type { EcsEvent, JsonObject, JsonValue } from '#ecs/event.js';
import { applyTime } from './json-lines.js';
import { integerOf, isObject, objectAt, textOf } from '#ecs/json-values.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { instantOfStamp, isoOf, scanIso } from '#ecs/timestamps.js';

/**
 * A document that is in ECS already, from a Beat or an Elasticsearch client. Its fields are kept where Elasticsearch
 * can take them; a value of another type than the mapping's goes to `json`, since one would refuse the whole event.
 */
export const ecsDocument = { name: 'ecs-document', matches, parse } satisfies DocumentParser<'ecs-document'>;

const MARKS = new Set(['ecs', 'event', 'host', 'agent', 'log', 'source', 'destination', 'user', 'process']);
/** What is ours to say, whatever the sender writes. */
const OUR_ROOTS = new Set(['plantwatch', 'json']);
const OUR_FIELDS = new Set(['event.original', 'event.id', 'event.created', 'event.ingested', '@timestamp', 'tags']);
/** Field sets of ECS that are kept although nothing of them is indexed. */
const UNINDEXED_ROOTS = new Set([
  'agent',
  'client',
  'cloud',
  'container',
  'dns',
  'ecs',
  'email',
  'http',
  'input',
  'labels',
  'organization',
  'package',
  'registry',
  'server',
  'threat',
  'tls',
  'trace',
  'url',
  'user_agent',
  'vulnerability',
]);
/** ECS fields that hold a list even of one. */
const LISTS = new Set([
  'event.category',
  'event.type',
  'host.ip',
  'host.mac',
  'related.ip',
  'related.user',
  'related.hosts',
  'threat.technique.id',
]);
const BRANCHES = new Set(Object.keys(MAPPED_FIELDS).flatMap(parentsOf));
const ROOTS = new Set(Object.keys(MAPPED_FIELDS).map(rootOf));
const MOST_TAGS = 32;

interface Adoption {
  readonly kept: JsonObject;
  readonly rest: JsonObject;
  readonly arrival: Arrival;
}

function matches(document: JsonObject): boolean {
  return document['@timestamp'] !== undefined && Object.keys(document).some((key) => MARKS.has(rootOf(key)));
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const adoption: Adoption = { kept: {}, rest: {}, arrival };
  adopt(document, '', adoption);
  const { kept, rest } = adoption;
  const brought = objectAt(kept, 'event');
  delete kept.event;
  event.event.dataset = 'ecs';
  Object.assign(event.event, brought);
  Object.assign(event, kept);
  applyTime(event, document, arrival);
  if (Object.keys(rest).length > 0) event.json = rest;
  if (Array.isArray(document.tags))
    event.tags = document.tags.filter((tag) => typeof tag === 'string').slice(0, MOST_TAGS);
  return event.event.category === undefined && typeof kept.message === 'string' ? 'line' : 'done';
}

/** Walks the document; a dotted key is a path, as it is to Elasticsearch. */
function adopt(from: JsonObject, prefix: string, adoption: Adoption): void {
  for (const key of Object.keys(from)) {
    const path = prefix + key;
    const value = from[key] ?? null;
    if (OUR_FIELDS.has(path)) continue;
    const root = rootOf(path);
    if (isObject(value) && ROOTS.has(root) && !OUR_ROOTS.has(root) && !isMapped(path))
      adopt(value, `${path}.`, adoption);
    else adoptValue(path, root, value, adoption);
  }
}

function adoptValue(path: string, root: string, value: JsonValue, { kept, rest, arrival }: Adoption): void {
  const type = isMapped(path) ? MAPPED_FIELDS[path] : undefined;
  const known =
    !OUR_ROOTS.has(root) && (ROOTS.has(root) || UNINDEXED_ROOTS.has(root)) && !parentsOf(path).some(isMapped);
  const fitting = !known
    ? undefined
    : type !== undefined
      ? fit(value, type, arrival)
      : BRANCHES.has(path)
        ? undefined
        : value;
  const whole = fitting === undefined || type === undefined ? fitting : asList(fitting, LISTS.has(path));
  if (whole === undefined || !put(kept, path, whole)) rest[path] = value;
}

/** A field has one value or a list, whichever ECS says; of several where one is due, the first stays. */
function asList(value: JsonValue, list: boolean): JsonValue | undefined {
  if (list) return Array.isArray(value) ? value : [value];
  return Array.isArray(value) ? value[0] : value;
}

/** The value as the mapping takes it, or undefined. */
function fit(value: JsonValue, type: FieldType, arrival: Arrival): JsonValue | undefined {
  if (Array.isArray(value)) {
    const fitting = value.map((item) => (Array.isArray(item) ? undefined : fit(item, type, arrival)));
    return fitting.length > 0 && fitting.every((item) => item !== undefined) ? fitting : undefined;
  }
  switch (type) {
    case 'ip':
      return typeof value === 'string' && isIp(value) ? value : undefined;
    case 'long':
      return integerOf(value);
    case 'float':
      return typeof value === 'number' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      return dateOf(value, arrival);
    default:
      return textOf(value);
  }
}

function dateOf(value: JsonValue, { receivedAt, timeZone }: Arrival): string | undefined {
  const stamp = typeof value === 'string' ? scanIso(value, 0) : undefined;
  return stamp === undefined ? undefined : isoOf(instantOfStamp(stamp, receivedAt, timeZone));
}

/** Sets the value at the path; false when something else than an object is in the way. */
function put(object: JsonObject, path: string, value: JsonValue): boolean {
  const names = path.split('.');
  const leaf = names.pop() ?? path;
  let node = object;
  for (const name of names) {
    const next = node[name] ?? (node[name] = {});
    if (!isObject(next)) return false;
    node = next;
  }
  if (node[leaf] !== undefined) return false;
  node[leaf] = value;
  return true;
}

function isMapped(path: string): boolean {
  return Object.hasOwn(MAPPED_FIELDS, path);
}

function rootOf(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

/** `a.b.c` → `a`, `a.b` */
function parentsOf(path: string): string[] {
  const names = path.split('.').slice(0, -1);
  return names.map((_, at) => names.slice(0, at + 1).join('.'));
}
