import type { EcsEvent, EventCategory, EventType, JsonObject, JsonValue } from '#ecs/event.js';
import { integerOf, objectAt, textOf } from '#ecs/json-values.js';
import type { ZeekLog } from './zeek-log.js';

/** Field sets of ECS that are kept as they come. */
type Root = 'dns' | 'email' | 'http' | 'tls' | 'url' | 'user_agent';
type Kind = 'text' | 'number' | 'list' | 'flag' | 'time';

/** A column and where ECS has it, `kind` if it is no text. */
export type Place = readonly [column: string, root: Root, path: string, kind?: Kind];

/** How the columns of one of Zeek's own logs become ECS, as data. */
export interface CoreShape {
  readonly category?: readonly EventCategory[];
  readonly type?: readonly EventType[];
  readonly protocol?: string;
  readonly transport?: string;
  readonly action?: string;
  readonly places?: readonly Place[];
  /** Columns of what the event is about, for its message. */
  readonly says?: readonly string[];
  readonly finish?: (event: EcsEvent, row: JsonObject) => void;
}

const CONNECTION: readonly EventType[] = ['connection', 'protocol'];
const LONGEST_MESSAGE = 512;
const MOST_ITEMS = 1000;
const LATEST = 253_402_300_799;

export function coreLog(name: string, columns: readonly string[], shape: CoreShape): ZeekLog {
  return { name, columns, read: (event, row) => readCore(event, row, name, shape) };
}

/** The same log known by other columns. */
export function coreLogs(name: string, columns: readonly (readonly string[])[], shape: CoreShape): ZeekLog[] {
  return columns.map((some) => coreLog(name, some, shape));
}

/** `certificate.serial`, `certificate_serial`, or `serial` inside `certificate`. */
function columnOf(row: JsonObject, column: string): JsonValue | undefined {
  const value = row[column];
  if (value !== undefined || !column.includes('.')) return value;
  const [head = '', ...rest] = column.split('.');
  return row[column.replaceAll('.', '_')] ?? objectAt(row, head)?.[rest.join('.')];
}

export function textAt(row: JsonObject, column: string): string | undefined {
  return textOf(columnOf(row, column));
}

function readCore(event: EcsEvent, row: JsonObject, name: string, shape: CoreShape): void {
  event.event.category = shape.category ?? ['network'];
  event.event.type = shape.type ?? CONNECTION;
  if (shape.action !== undefined) event.event.action = shape.action;
  if (shape.protocol !== undefined) {
    event.network = { transport: shape.transport, ...event.network, protocol: shape.protocol };
  }
  for (const [column, root, path, kind] of shape.places ?? []) {
    const value = valueOf(columnOf(row, column), kind ?? 'text');
    if (value !== undefined) put(event, `${root}.${path}`, value);
  }
  const words = (shape.says ?? []).map((column) => textAt(row, column)).filter((text) => text !== undefined);
  if (words.length > 0) event.message = `${name}: ${words.join(' ')}`.slice(0, LONGEST_MESSAGE);
  shape.finish?.(event, row);
}

function valueOf(value: JsonValue | undefined, kind: Kind): JsonValue | undefined {
  switch (kind) {
    case 'number':
      return integerOf(value);
    case 'flag':
      return typeof value === 'boolean' ? value : undefined;
    case 'time':
      return typeof value === 'number' && value >= 0 && value <= LATEST
        ? new Date(value * 1000).toISOString()
        : undefined;
    case 'list': {
      const texts = (Array.isArray(value) ? value : [value]).slice(0, MOST_ITEMS).map(textOf);
      const there = texts.filter((text) => text !== undefined);
      return there.length > 0 ? there : undefined;
    }
    default:
      return textOf(value);
  }
}

function put(event: object, path: string, value: JsonValue): void {
  const names = path.split('.');
  const leaf = names.pop() ?? path;
  let node = event;
  for (const name of names) {
    const next: unknown = Reflect.get(node, name) ?? {};
    if (typeof next !== 'object' || next === null) return;
    Reflect.set(node, name, next);
    node = next;
  }
  Reflect.set(node, leaf, value);
}
