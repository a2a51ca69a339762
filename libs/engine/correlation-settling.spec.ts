import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { evidenceRules, settlingTime } from './correlation-settling.js';
import { compileRuleset } from './ruleset.js';

type Section = [name: string, section: string];

function compiled(...sections: Section[]) {
  const rules = ['a', 'b', 'c'].map(
    (name) =>
      `title: ${name}\nname: ${name}\nlogsource: { product: p }\ndetection: { s: { x: ${name} }, condition: s }`,
  );
  const texts = [...rules, ...sections.map(([name, it]) => `title: ${name}\nname: ${name}\ncorrelation: { ${it} }`)];
  const { documents, errors } = parseSigma(texts.join('\n---\n'), 'f.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get(sections.at(-1)![0])!;
}

const members = (...happened: [rule: string, second: number][]): Member[] =>
  happened.map(([rule, second], at) => ({ rule, id: `${at}`, order: `${at}`, time: second * 1000 }));

const counted: Section = ['inner', 'type: event_count, rules: [a], timespan: 3s, condition: { gte: 2 }'];
const both: Section = ['inner', 'type: temporal, rules: [a, c], timespan: 3s, condition: a and c'];
const without: Section = ['inner', 'type: temporal, rules: [a, c], timespan: 3s, condition: a and not c'];
const outer = (condition: string): Section => [
  'outer',
  `type: temporal, rules: [b, inner], timespan: 10s, condition: ${condition}`,
];

describe('what a correlation needs', () => {
  it.each<[seconds: number, evidence: string, ...Section[]]>([
    [0, 'a', counted],
    [0, 'ac', both],
    [3, 'a', without],
    [0, 'ab', counted, outer('b and inner')],
    [3, 'ab', without, outer('b and inner')],
    [10, 'b', counted, outer('b and not inner')],
    [13, 'b', without, outer('b and not inner')],
    [3, 'ba', without, ['outer', 'type: temporal_ordered, rules: [b, inner], timespan: 10s']],
  ])('is known %d s later, and its evidence is of %s', (seconds, evidence, ...sections) => {
    const subject = compiled(...sections);
    expect(settlingTime(subject)).toBe(seconds * 1000);
    expect([...evidenceRules(subject)].sort().join('')).toBe([...evidence].sort().join(''));
  });
});

describe('a chained correlation that wants something absent', () => {
  const ordered = compiled(without, ['outer', 'type: temporal_ordered, rules: [inner, b], timespan: 10s']);
  const found = (happened: Member[], knownUntil: number) => evaluate(ordered, happened, knownUntil * 1000).length;

  it('is found when the absence is certain', () => {
    const happened = members(['a', 1], ['b', 4]);
    expect([3.999, 4, 6.999, 7, Infinity].map((until) => found(happened, until))).toEqual([0, 0, 0, 1, 1]);
  });

  it('is not found when it is there', () => {
    expect(found(members(['a', 1], ['c', 2], ['b', 4]), Infinity)).toBe(0);
    expect(found(members(['a', 1], ['b', 4], ['c', 5]), Infinity)).toBe(1);
  });
});

it('keeps the order of the rules, however the condition names them', () => {
  const subject = compiled(['subject', 'type: temporal_ordered, rules: [a, b], timespan: 5s, condition: b and a']);
  expect(evaluate(subject, members(['a', 1], ['b', 2]))).toHaveLength(1);
  expect(evaluate(subject, members(['b', 1], ['a', 2]))).toHaveLength(0);
});
