import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { compileRuleset } from './ruleset.js';

const names = [...'abcd'];

/** A correlation over rules a to d, five seconds long. */
function compiled(section: string) {
  const rules = names.map(
    (name) =>
      `title: ${name}\nname: ${name}\nlogsource: { product: p }\ndetection: { s: { x: ${name} }, condition: s }`,
  );
  const last = `title: t\nname: t\ncorrelation: { ${section}, timespan: 5s }`;
  const { documents, errors } = parseSigma([...rules, last].join('\n---\n'), 'f.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get('t')!;
}

const memberOf = (step: string): Member => {
  return { rule: step.charAt(0), id: step, order: step, time: Number(step.slice(1)) * 1000 };
};

/** What happened, and the episodes found: each step is a rule and a second. */
type Case = [condition: string, happened: string, episodes: string];

const ordered: Case[] = [
  ['a and c and not b', 'a1 c2', 'a1 c2'],
  ['a and c and not b', 'c1 a2', ''],
  ['a and c and not b', 'a1 b2 c3', ''],
  ['a and c and not b', 'b1 a2 c3', 'a2 c3'],
  ['a and c and not b', 'a1 c2 b3', 'a1 c2'],
  ['a and c and not b', 'a1 b2 a3 c4', 'a1 a3 c4'],
  ['a and c and not b', 'a1 c2 b3 c4', 'a1 c2 c4'],
  ['a and c and not b', 'a1 b2 c3 a10 c11', 'a10 c11'],
  ['a and d and not b and not c', 'a1 d2', 'a1 d2'],
  ['a and d and not b and not c', 'a1 b2 d3', ''],
  ['a and d and not b and not c', 'a1 c2 d3 b9', ''],
  ['a and d and not b and not c', 'b1 c2 a3 d4', 'a3 d4'],
  ['a and b and d and not c', 'a1 b2 d3 c4', 'a1 b2 d3'],
  ['a and b and d and not c', 'a1 c2 b3 d4', 'a1 b3 d4'],
  ['a and b and d and not c', 'a1 b2 c3 d4', ''],
  ['b and c and not a', 'a1 b2 c3', ''],
  ['b and c and not a', 'a1 b5 c6', ''],
  ['b and c and not a', 'a1 b5 c6.5', 'b5 c6.5'],
  ['b and c and not a', 'b2 a3 c4', 'b2 c4'],
  ['a and b and not d', 'a1 b2 d6', ''],
  ['a and b and not d', 'a1 b2 d6.001', 'a1 b2'],
  ['a and b and not d', 'd1 a2 b3', 'a2 b3'],
  ['(a or b) and c', 'b1 a2 c3', 'b1 a2 c3'],
  ['(a or b) and c', 'c1 b2', ''],
];

const together: Case[] = [
  ['a and b', 'b1 a6', 'b1 a6'],
  ['a and b', 'b1 a6.001', ''],
  ['a and not b', 'a6', 'a6'],
  ['a and not b', 'b1 a6', ''],
  ['a and not b', 'b0.999 a6', 'a6'],
  ['a and not b', 'a6 b11', ''],
  ['a and not b', 'a6 b11.001', 'a6'],
  ['a and c and not b', 'a1 c3 b8', 'a1 c3'],
  ['a and c and not b', 'a1 c3 b6', ''],
  ['a or b and c', 'c1 b2', 'c1 b2'],
  ['a or b and c', 'c1 a2', 'c1 a2'],
  ['a or b and c', 'c1', ''],
];

const section = (type: string, condition: string) =>
  `type: ${type}, rules: [${names.filter((name) => new RegExp(`\\b${name}\\b`).test(condition))}], condition: ${condition}`;

describe.each([
  ['temporal_ordered', ordered],
  ['temporal', together],
] as const)('%s', (type, cases) => {
  it.each(cases)('%s: of %s is found %j', (condition, happened, episodes) => {
    const found = evaluate(compiled(section(type, condition)), happened.split(' ').map(memberOf));
    expect(found.map(({ members }) => members.map(({ id }) => id).join(' ')).join('; ')).toBe(episodes);
  });
});
