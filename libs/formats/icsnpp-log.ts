import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { integerOf } from '#ecs/json-values.js';
import { codeOf, directionOf, firstOf, valuesOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** How the columns of one industrial log become `ot.*`, as data. */
export interface OtShape {
  readonly protocol: string;
  /** Columns that name the function; the first that is set counts. */
  readonly name?: readonly string[];
  /** The function's name where no column says it. */
  readonly otherwise?: string;
  readonly code?: readonly string[];
  /** Codes by name, where the log writes names only. */
  readonly codes?: ReadonlyMap<string, number>;
  /** The code stands behind the name: `Stop (0x0402)`. */
  readonly codeInName?: boolean;
  readonly operation: OtOperation | ((name: string, row: JsonObject) => OtOperation);
  readonly direction?: string | ((row: JsonObject, name: string) => OtBlock['direction']);
  readonly unit?: readonly string[];
  readonly point?: {
    /** Columns of the kind, or a kind that is always the same. */
    readonly kind?: readonly string[];
    readonly always?: string;
    /** Columns that together are the address. */
    readonly at: readonly string[];
    readonly count?: string;
  };
  readonly value?: readonly string[];
  readonly fault?: readonly string[];
  /** What the table cannot say. */
  readonly finish?: (event: EcsEvent, row: JsonObject, ot: OtBlock) => void;
}

/** Words that say that nothing failed, at the beginning of a status. */
const MOST_NAMES = 512;
const FINE = ['success', 'no error', 'no minor', 'normal', 'good', 'ok', 'partial transfer'];

export function otLog(name: string, columns: readonly string[], shape: OtShape): ZeekLog {
  return { name, columns, read: (event, row) => readShape(event, row, shape) };
}

/** The operation of the first word that the function's name holds; write the words in lower case. */
export function byWord(words: readonly (readonly [string, OtOperation])[]): (name: string) => OtOperation {
  const known = new Map<string, OtOperation>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const lower = name.slice(0, 128).toLowerCase();
    const operation = words.find(([word]) => lower.includes(word))?.[1] ?? 'other';
    // There are a few dozen names, unless somebody plays.
    if (known.size < MOST_NAMES && name.length <= 128) known.set(name, operation);
    return operation;
  };
}

export function isFine(status: string): boolean {
  const lower = status.toLowerCase();
  return FINE.some((word) => lower.startsWith(word));
}

export function fail(event: EcsEvent, ot: OtBlock, exception: string): void {
  ot.exception = exception;
  event.event.outcome = 'failure';
}

function readShape(event: EcsEvent, row: JsonObject, shape: OtShape): void {
  const written = firstOf(row, shape.name ?? []) ?? shape.otherwise;
  const behind = shape.codeInName === true ? codeBehind(written ?? '') : undefined;
  const name = behind?.name ?? written;
  const code = behind?.code ?? codeOf(firstOf(row, shape.code ?? [])) ?? shape.codes?.get(name ?? '');
  const { operation, direction } = shape;
  const ot: OtBlock = {
    protocol: shape.protocol,
    function: { code, name: name ?? (code === undefined ? 'unknown' : `0x${code.toString(16).padStart(2, '0')}`) },
    operation: typeof operation === 'string' ? operation : operation(name ?? '', row),
    direction: typeof direction === 'function' ? direction(row, name ?? '') : directionOf(row, direction ?? ''),
  };
  event.ot = ot;
  const unit = integerOf(firstOf(row, shape.unit ?? []));
  if (unit !== undefined) ot.unit_id = unit;
  readPoint(ot, row, shape);
  const value = shape.value?.map((column) => valuesOf(row[column])).find((text) => text !== undefined);
  if (value !== undefined) ot.value = value;
  const fault = firstOf(row, shape.fault ?? []);
  if (fault !== undefined && !isFine(fault)) fail(event, ot, fault);
  shape.finish?.(event, row, ot);
}

function codeBehind(text: string): { name: string; code: number } | undefined {
  const at = text.lastIndexOf(' (');
  const code = at > 0 && text.endsWith(')') ? codeOf(text.slice(at + 2, -1)) : undefined;
  return code === undefined ? undefined : { name: text.slice(0, at), code };
}

function readPoint(ot: OtBlock, row: JsonObject, { point }: OtShape): void {
  if (point === undefined) return;
  const parts = point.at.map((column) => valuesOf(row[column])).filter((text) => text !== undefined);
  const kind = firstOf(row, point.kind ?? []) ?? point.always;
  if (parts.length === 0 && (kind === undefined || kind === point.always)) return;
  ot.point = { kind };
  if (parts.length > 0) ot.point.address = parts.join('/');
  const count = point.count === undefined ? undefined : integerOf(row[point.count]);
  if (count !== undefined) ot.point.count = count;
}
