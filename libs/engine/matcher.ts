import ipaddr from 'ipaddr.js';
import { relations, type SigmaRule } from '#sigma/document.js';
import { anyText, EventView } from './event-view.js';
import { timePart } from './time-part.js';
import type { Expression, Item, Place, Test } from '#sigma/expression.js';
import { compileWildcard, fold, plainText } from '#sigma/wildcard.js';

export type Predicate = (view: EventView) => boolean;
type TextPredicate = (text: string) => boolean;
type SlotPredicate = (view: EventView, slot: number) => boolean;
type SlotOf = (field: string | null) => number;

/** How a test reads the field: folded text, text as it stands, or the event itself. */
type Compiled = { reads: 'lower' | 'text'; holds: TextPredicate } | { reads: 'event'; holds: SlotPredicate };

const costs = { text: 2, regex: 50, compare: 3, time: 20, cidr: 10, fieldref: 4, exists: 1, null: 1 };
const testCost = (test: Test): number =>
  test.op === 'any' ? test.of.reduce((sum, one) => sum + testCost(one), 0) : costs[test.op];

const number = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

function withinRange(range: string): TextPredicate {
  const [network, bits] = ipaddr.parseCIDR(range);
  return (text) => {
    const isAddress = text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
    if (!isAddress) return false;
    const address = ipaddr.process(text);
    return address.kind() === network.kind() && address.match(network, bits);
  };
}

const standing: Record<Place, (text: string, part: string) => boolean> = {
  whole: (text, part) => text === part,
  start: (text, part) => text.startsWith(part),
  end: (text, part) => text.endsWith(part),
  inside: (text, part) => text.includes(part),
};

function compileReference(test: Extract<Test, { op: 'fieldref' }>, slotOf: SlotOf): Compiled {
  const other = slotOf(test.field);
  const stands = standing[test.place];
  const read = test.cased ? 'text' : 'lower';
  return {
    reads: 'event',
    holds: (view, slot) =>
      anyText(view[read](slot), (text) => anyText(view[read](other), (part) => stands(text, part))),
  };
}

/** `null` holds for a field that is absent, null, or an empty array: it has no value. */
const isNull = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.every((one) => one === null));

function compileTest(test: Test, slotOf: SlotOf): Compiled {
  switch (test.op) {
    case 'text': {
      const tokens = test.cased ? test.tokens : fold(test.tokens);
      return { reads: test.cased ? 'text' : 'lower', holds: compileWildcard(tokens) };
    }
    case 'regex':
      return { reads: 'text', holds: (text) => test.regex.test(text) };
    case 'compare': {
      const relation = relations[test.relation];
      return { reads: 'text', holds: (text) => number.test(text) && relation(Number(text), test.value) };
    }
    case 'time': {
      const relation = relations[test.relation];
      return {
        reads: 'text',
        holds: (text) => {
          const found = timePart(text, test.part, test.zone);
          return found !== null && relation(found, test.value);
        },
      };
    }
    case 'cidr':
      return { reads: 'text', holds: withinRange(test.range) };
    case 'fieldref':
      return compileReference(test, slotOf);
    case 'exists':
      return { reads: 'event', holds: (view, slot) => (view.value(slot) !== undefined) === test.expected };
    case 'null':
      return { reads: 'event', holds: (view, slot) => isNull(view.value(slot)) };
    case 'any': {
      const of = test.of.map((one) => bind(compileTest(one, slotOf)));
      return { reads: 'event', holds: (view, slot) => of.some((holds) => holds(view, slot)) };
    }
  }
}

function bind(compiled: Compiled): SlotPredicate {
  if (compiled.reads === 'event') return compiled.holds;
  const { reads, holds } = compiled;
  return (view, slot) => anyText(view[reads](slot), holds);
}

/** Tests that read the same text are asked together, so that the field is fetched once; exact values become one set. */
function bindAny(tests: Test[], slotOf: SlotOf): SlotPredicate[] {
  const exact = tests.flatMap((test) =>
    test.op === 'text' && !test.cased ? (plainText(fold(test.tokens)) ?? []) : [],
  );
  const set = new Set(exact);
  const others = tests.filter((test) => test.op !== 'text' || test.cased || plainText(test.tokens) === null);
  const compiled = others.toSorted((a, b) => testCost(a) - testCost(b)).map((test) => compileTest(test, slotOf));
  const bound: SlotPredicate[] = [];
  if (set.size === 1) bound.push((view, slot) => anyText(view.lower(slot), (text) => text === exact[0]));
  if (set.size > 1) bound.push((view, slot) => anyText(view.lower(slot), (text) => set.has(text)));
  for (const reads of ['lower', 'text'] as const) {
    const holds = compiled.flatMap((it) => (it.reads === reads ? [it.holds] : []));
    if (holds.length === 1) bound.push((view, slot) => anyText(view[reads](slot), holds[0]!));
    if (holds.length > 1) {
      bound.push((view, slot) => anyText(view[reads](slot), (text) => holds.some((one) => one(text))));
    }
  }
  return [...bound, ...compiled.flatMap((it) => (it.reads === 'event' ? [it.holds] : []))];
}

function compileItem(item: Item, slotOf: SlotOf): Predicate {
  const slot = slotOf(item.field);
  if (item.every) {
    const all = item.tests.map((test) => bind(compileTest(test, slotOf)));
    return (view) => all.every((holds) => holds(view, slot));
  }
  const any = bindAny(item.tests, slotOf);
  if (any.length === 1) {
    const only = any[0]!;
    return (view) => only(view, slot);
  }
  return (view) => any.some((holds) => holds(view, slot));
}

/** A rough price, so that cheap operands of `and` and `or` are asked first. */
function costOf(expression: Expression): number {
  if (expression.kind === 'not') return costOf(expression.of);
  if (expression.kind !== 'item') return expression.of.reduce((sum, one) => sum + costOf(one), 0);
  const tests = expression.tests.reduce((sum, test) => sum + testCost(test), 0);
  return expression.field === null ? tests * 20 : tests;
}

/** Compiles an expression against the view that will carry the events. */
export function compileExpression(expression: Expression, view: EventView): Predicate {
  if (expression.kind === 'item') return compileItem(expression, (field) => view.slot(field));
  if (expression.kind === 'not') {
    const inner = compileExpression(expression.of, view);
    return (event) => !inner(event);
  }
  const cheapFirst = expression.of.toSorted((a, b) => costOf(a) - costOf(b));
  const of = cheapFirst.map((one) => compileExpression(one, view));
  if (of.length === 1) return of[0]!;
  return expression.kind === 'and'
    ? (event) => of.every((holds) => holds(event))
    : (event) => of.some((holds) => holds(event));
}

/** One rule as a predicate over nested event objects; its log source is not looked at. */
export function compileRule(rule: SigmaRule): (event: object) => boolean {
  const view = new EventView();
  const holds = compileExpression(rule.detection, view);
  return (event) => {
    view.look(event);
    return holds(view);
  };
}
