import { isIp } from '#ecs/addresses.js';
import type { JsonObject, JsonValue } from '#ecs/event.js';
import type { Heading } from '#ecs/parser.js';
import { unescaped } from './zeek-heading.js';

/** One row of a TSV log against its heading. */

/** Columns without a type in the heading are read as text. */
const NUMBERS = new Set(['time', 'interval', 'double', 'count', 'int', 'port']);

/** As many cells as columns, and each cell of a kind that shows is of that kind. */
export function fits(heading: Heading, cells: readonly string[]): boolean {
  if (heading.fields.length !== cells.length) return false;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (cell !== heading.unset && !isOfType(cell, heading.types[i])) return false;
  }
  return true;
}

function isOfType(cell: string, type: string | undefined): boolean {
  switch (type) {
    case 'addr':
      return isIp(cell);
    case 'bool':
      return cell === 'T' || cell === 'F';
    case 'count':
    case 'port':
      return isDigits(cell);
    default:
      return true;
  }
}

function isDigits(cell: string): boolean {
  for (let i = 0; i < cell.length; i++) {
    const unit = cell.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return cell.length > 0;
}

/** The row as Zeek's JSON writer would have written it: unset columns are left out. */
export function rowOf(heading: Heading, cells: readonly string[]): JsonObject {
  const row: JsonObject = {};
  const { fields, types, unset } = heading;
  for (let i = 0; i < cells.length; i++) {
    const field = fields[i];
    const cell = cells[i];
    if (field === undefined || cell === undefined || cell === unset || isPoison(field)) continue;
    row[field] = valueOf(cell, types[i] ?? 'string', heading);
  }
  return row;
}

function valueOf(cell: string, type: string, heading: Heading): JsonValue {
  if (NUMBERS.has(type)) return numberOf(cell);
  if (type === 'addr') return cell;
  if (type === 'bool') return cell === 'T' ? true : cell === 'F' ? false : cell;
  const bracket = type.indexOf('[');
  if (bracket !== -1) return listOf(cell, type.slice(bracket + 1, -1), heading);
  return cell === heading.empty ? '' : unescaped(cell);
}

function listOf(cell: string, type: string, heading: Heading): JsonValue[] {
  if (cell === heading.empty || cell === '') return [];
  return cell.split(heading.setSeparator).map((item) => valueOf(item, type, heading));
}

/** What a number cannot hold exactly stays text. */
function numberOf(cell: string): JsonValue {
  if (cell.length < 16 && isDigits(cell)) return Number(cell);
  if (cell.length > 32 || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(cell)) return unescaped(cell);
  const number = Number(cell);
  const whole = !cell.includes('.') && !cell.includes('e');
  return Number.isFinite(number) && (!whole || Number.isSafeInteger(number)) ? number : cell;
}

function isPoison(field: string): boolean {
  return field === '__proto__' || field === 'constructor' || field === 'prototype';
}
