import type { JsonObject, JsonValue } from './event.js';

/** Reading values out of JSON that anybody may have sent. */

const DEEPEST = 16;
const POISONOUS = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Parses a JSON object. Keys that could become a prototype are dropped and what is nested deeper than 16 levels is cut,
 * so that the result can be copied, merged and written by any code. Undefined when the text is not one JSON object.
 */
export function parseObject(text: string): JsonObject | undefined {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  disarm(value, 0);
  return value;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isObject(value) ? value : undefined;
}

/** A scalar as text; undefined when there is none, or only the `-` that loggers write for nothing. */
export function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' || value === '-' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A whole number that JavaScript holds exactly; decimal or 0x text counts too. */
export function integerOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || value === '' || value.length > 20) return undefined;
  if (!/^(?:-?\d+|0x[0-9a-fA-F]+)$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

function disarm(value: JsonObject | JsonValue[], depth: number): void {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = disarmed(value[i] ?? null, depth);
    return;
  }
  for (const key of Object.keys(value)) {
    if (POISONOUS.has(key)) delete value[key];
    else value[key] = disarmed(value[key] ?? null, depth);
  }
}

function disarmed(value: JsonValue, depth: number): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[nested too deep]';
  disarm(value, depth + 1);
  return value;
}
