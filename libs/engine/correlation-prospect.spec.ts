import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { couldFind } from './correlation-prospect.js';
import { compileRuleset } from './ruleset.js';

const written = (name: string, content: string) => `title: ${name}\nname: ${name}\n${content}`;
const rule = (name: string) =>
  written(name, `logsource: { product: p }\ndetection: { s: { x: ${name} }, condition: s }`);

function compiled(section: string) {
  const correlation = (name: string, it: string) => written(name, `correlation: { ${it}, timespan: 7s }`);
  const inner = correlation('inner', 'type: event_count, rules: [a, c], condition: { gte: 3 }');
  const text = [...['a', 'b', 'c'].map(rule), inner, correlation('subject', section)].join('\n---\n');
  const { documents, errors } = parseSigma(text, 'f.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get('subject')!;
}

const CASES: [could: string, not: string, section: string][] = [
  ['a3 b4', 'a2 c9', 'type: event_count, rules: [a, b], condition: { gte: 3 }'],
  ['a4', 'a3 b9', 'type: event_count, rules: [a], condition: { gt: 3 }'],
  ['a2', 'a1 b9', 'type: event_count, rules: [a], condition: { eq: 2 }'],
  ['a1', 'b1', 'type: event_count, rules: [a], condition: { lt: 3 }'],
  ['a2', 'a1', 'type: value_count, rules: [a], condition: { field: x, gte: 2 }'],
  ['a1', 'b9', 'type: value_sum, rules: [a], condition: { field: x, gte: 5 }'],
  ['ab2', 'a9 b9', 'type: temporal, rules: [a, b]'],
  ['ab2', 'a9 bc9', 'type: temporal_ordered, rules: [a, b]'],
  ['ab2', 'a9 b9', 'type: temporal, rules: [a, b, c], condition: { gte: 2 }'],
  ['ab2 bc2', 'a9 b9', 'type: temporal, rules: [a, b, c], condition: b and (a or c)'],
  ['a1', 'b9', 'type: temporal, rules: [a, b], condition: a and not b'],
  ['ab3 bc4', 'ab2 ac9 b9', 'type: temporal_ordered, rules: [inner, b]'],
];

it.each(CASES)('%s could, %s not: %s', (could, not, section) => {
  const subject = compiled(section);
  const asked = (all: string) =>
    all.split(' ').map((text) => {
      return couldFind(subject, { rules: new Set(text.slice(0, -1)), events: Number(text.at(-1)) });
    });
  expect(asked(could)).not.toContain(false);
  expect(asked(not)).not.toContain(true);
});

describe('where it says no, nothing is found', () => {
  const streams = fc.array(
    fc.record({
      time: fc.nat(14),
      rule: fc.constantFrom('a', 'b', 'c'),
      value: fc.nat(5),
      weight: fc.constantFrom(1, 1, 2),
    }),
    { maxLength: 6 },
  );
  const membersOf = (events: { time: number; rule: string; value: number; weight: number }[]) =>
    events.map((event, at): Member => ({ ...event, id: `e${at}`, order: `${at}`, time: event.time * 1000 }));
  const knownOf = (members: Member[]) => {
    const events = members.some(({ weight }) => weight !== 1) ? Infinity : members.length;
    return { rules: new Set(members.map((member) => member.rule)), events };
  };

  it.each(CASES.map(([, , section]) => section))('%s', (section) => {
    const subject = compiled(section);
    const unexpected = (members: Member[]) => (couldFind(subject, knownOf(members)) ? [] : evaluate(subject, members));
    fc.assert(
      fc.property(streams, (events) => {
        expect(unexpected(membersOf(events))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
