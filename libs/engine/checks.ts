import { relations } from '#sigma/document.js';
import type { Place, Test } from '#sigma/expression.js';
import { compileWildcard, fold, foldText } from '#sigma/wildcard.js';
import type { EventView } from './event-view.js';
import { inNetworks } from './networks.js';
import type { Part } from './parts.js';
import { Scanner } from './scanner.js';
import { timePart } from './time-part.js';
import { gateOf, type Gate } from './text-gate.js';

/** Whether the field in a slot fulfils a test. */
export type Check = (view: EventView, slot: number) => boolean;

/** A test as the engine asks it; `whole` when an open gate is the answer, so that nothing is left to check. */
export type Question = { gate: Gate; whole: boolean; check: Check; cost: number };

type Holds = (text: string) => boolean;

const anyText =
  (holds: Holds): Check =>
  (view, slot) =>
    view.some(slot, holds);

const anyFolded =
  (holds: Holds): Check =>
  (view, slot) =>
    view.someFolded(slot, holds);

/** From so many parts on, looking for all of them at once is cheaper than one by one. */
const MANY = 8;

function finds({ text: part, start, end }: Part): Holds {
  if (start) return end ? (text) => text === part : (text) => text.startsWith(part);
  return end ? (text) => text.endsWith(part) : (text) => text.includes(part);
}

function findsAny(parts: readonly Part[]): Holds {
  if (parts.length >= MANY) return findsOneOfMany(parts);
  const each = parts.map(finds);
  if (each.length === 1) return each[0]!;
  return (text) => {
    for (let at = 0; at < each.length; at++) if (each[at]!(text)) return true;
    return false;
  };
}

/** Most lists are never asked for, so the scanner is made when one is. */
function findsOneOfMany(parts: readonly Part[]): Holds {
  let scanner: Scanner | undefined;
  const hits = { enough: false, hit: () => void (hits.enough = true) };
  return (text) => {
    scanner ??= new Scanner(parts.map((part) => ({ ...part, id: 0 })));
    hits.enough = false;
    scanner.scan(text, hits);
    return hits.enough;
  };
}

/** One of several texts, found without case. */
export function partsQuestion(parts: Part[]): Question {
  const cost = 1 + Math.min(parts.length, MANY) / 4;
  return { gate: parts, whole: true, check: anyFolded(findsAny(parts)), cost };
}

const number = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** An address in one of several networks. */
export const networksQuestion = (ranges: readonly string[]): Question => {
  return { gate: 'text', whole: false, check: anyText(inNetworks(ranges)), cost: 5 };
};

const standing: Record<Place, (text: string, part: string) => boolean> = {
  whole: (text, part) => text === part,
  start: (text, part) => text.startsWith(part),
  end: (text, part) => text.endsWith(part),
  inside: (text, part) => text.includes(part),
};

function reference(
  { field, place, cased }: Extract<Test, { op: 'fieldref' }>,
  slotOf: (name: string) => number,
): Check {
  const other = slotOf(field);
  const stands = standing[place];
  const read = cased ? (text: string) => text : foldText;
  return (view, slot) => view.some(slot, (text) => view.some(other, (part) => stands(read(text), read(part))));
}

function textQuestion({ tokens, cased }: Extract<Test, { op: 'text' }>): Question {
  const folded = fold(tokens);
  const { gate, whole } = gateOf(folded);
  if (gate === 'text' && whole) return { gate, whole, check: (view, slot) => view.hasText(slot), cost: 1 };
  if (gate !== 'text' && gate !== 'none' && whole && !cased) return partsQuestion(gate);
  const check = cased ? anyText(compileWildcard(tokens)) : anyFolded(compileWildcard(folded));
  return { gate, whole: false, check, cost: 10 };
}

/** @param slotOf makes a slot for a field that a test refers to */
export function questionOf(test: Exclude<Test, { op: 'any' }>, slotOf: (name: string) => number): Question {
  const afterText = (check: Check, cost: number): Question => ({ gate: 'text', whole: false, check, cost });
  const alone = (check: Check): Question => ({ gate: 'none', whole: false, check, cost: 1 });
  switch (test.op) {
    case 'text':
      return textQuestion(test);
    case 'regex': {
      const { needles } = test.regex;
      const question = afterText(
        anyText((text) => test.regex.test(text)),
        100,
      );
      return needles ? { ...question, gate: needles.map((text) => ({ text, start: false, end: false })) } : question;
    }
    case 'compare': {
      const relation = relations[test.relation];
      return afterText(
        anyText((text) => number.test(text) && relation(Number(text), test.value)),
        5,
      );
    }
    case 'time': {
      const relation = relations[test.relation];
      const holds = (text: string) => {
        const found = timePart(text, test.part, test.zone);
        return found !== null && relation(found, test.value);
      };
      return afterText(anyText(holds), 50);
    }
    case 'cidr':
      return networksQuestion([test.range]);
    case 'fieldref':
      return afterText(reference(test, slotOf), 10);
    case 'exists':
      return alone((view, slot) => view.exists(slot) === test.expected);
    case 'null':
      return alone((view, slot) => view.isNull(slot));
  }
}
