import { timeParts } from './expression.js';
import { Fault } from './fault.js';

const places = ['startswith', 'endswith', 'contains'];
const comparisons = ['lt', 'lte', 'gt', 'gte'];
const encodings = ['base64', 'base64offset', 'utf16le', 'wide', 'utf16be', 'utf16'];
const parts: string[] = [...timeParts];
const forFieldsOnly = ['neq', 'startswith', 'endswith', 'exists', ...comparisons, 'cidr', 'fieldref', ...parts];
const neverCased = ['re', 'exists', ...comparisons, 'cidr', ...parts];
const neverExpanded = ['re', 'cidr', 'fieldref', ...encodings];

/** What does not go together: of the first names one, with one of the second. */
const conflicts: { one: string[]; other: string[]; reason: string }[] = [
  { one: ['cased'], other: neverCased, reason: 'case matters for text only, and to regular expressions anyway' },
  { one: ['expand'], other: neverExpanded, reason: 'the values of a list stand in for text only' },
  { one: ['exists'], other: ['neq'], reason: 'turn true and false round instead' },
  { one: ['exists'], other: ['all'], reason: 'a field exists or not, so there is one value' },
  { one: places, other: places, reason: 'say where the text stands once; "contains" is anywhere' },
  { one: comparisons, other: comparisons, reason: 'write a second item for the other end of a range' },
  { one: parts, other: parts, reason: 'write an item for each part of a time' },
];

/** @throws Fault when known modifiers stand together that cannot */
export function checkCombination(modifiers: string[]): void {
  const twice = modifiers.find((name, at) => modifiers.indexOf(name) !== at);
  if (twice !== undefined) throw new Fault(`the modifier "${twice}" stands twice; remove one`);
  for (const { one, other, reason } of conflicts) {
    const first = modifiers.find((name) => one.includes(name));
    const second = modifiers.find((name) => name !== first && other.includes(name));
    if (first && second) throw new Fault(`"${first}" and "${second}" do not go together: ${reason}`);
  }
  const dashes = modifiers.indexOf('windash');
  if (modifiers.includes('expand') && dashes > modifiers.indexOf('expand')) {
    throw new Fault('"windash" must stand before "expand": it changes the dashes of the rule, not of the list');
  }
}

/** @throws Fault when the values, still as written, are not what the modifiers are for */
export function checkValues(modifiers: string[], values: unknown[], keyword: boolean): void {
  if (values.length === 0) throw new Fault('the list of values is empty; give at least one value');
  if (modifiers.includes('all') && values.length < 2) throw new Fault('"all" needs a list of two or more values');
  if (values.length > 1 && values.includes(null)) {
    throw new Fault('null cannot stand in a list of values; write a second search with the value null');
  }
  if (keyword && values.includes(null)) throw new Fault('null needs a field name before it');
  if (values.length > 1 && modifiers.includes('exists')) throw new Fault('"exists" takes one value, true or false');
  const misplaced = keyword && modifiers.find((name) => forFieldsOnly.includes(name));
  if (misplaced) throw new Fault(`"${misplaced}" needs a field name before it; keywords search the whole event`);
}
