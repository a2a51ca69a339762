import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';

/** One kind of Zeek log: how its rows are known when they do not say it themselves, and what they mean. */
export interface ZeekLog {
  readonly name: string;
  /** Columns that together occur in this log only (among the logs listed behind it); none: known by name only. */
  readonly columns: readonly string[];
  readonly read: (event: EcsEvent, row: JsonObject) => void;
}

/** `0x1d` or `29`, as ICSNPP writes codes, or undefined. */
export function codeOf(text: string | undefined): number | undefined {
  const code = text === undefined || text.length > 10 ? NaN : Number(text);
  return Number.isInteger(code) && code >= 0 ? code : undefined;
}

/** A scalar or a list of scalars as one text, cut at 256 values. */
export function valuesOf(value: JsonObject[string] | undefined): string | undefined {
  if (!Array.isArray(value)) return textOf(value);
  const texts = value.slice(0, 256).map((item) => textOf(item) ?? '');
  return texts.length === 0 ? undefined : texts.join(',');
}

/** The direction of one message: from its own column, or from `is_orig` (the client opened the connection). */
export function directionOf(row: JsonObject, column: string): 'request' | 'response' | undefined {
  const told = textOf(row[column])?.toLowerCase();
  if (told !== undefined) return told.startsWith('re') && !told.startsWith('req') ? 'response' : 'request';
  return typeof row.is_orig === 'boolean' ? (row.is_orig ? 'request' : 'response') : undefined;
}

/** The first of the columns that is set. */
export function firstOf(row: JsonObject, columns: readonly string[]): string | undefined {
  for (const column of columns) {
    const text = textOf(row[column]);
    if (text !== undefined) return text;
  }
  return undefined;
}
