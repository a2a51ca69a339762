import { expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { compileRuleset } from './ruleset.js';

const rule = (name: string) =>
  `title: ${name}\nname: ${name}\nlogsource: { product: p }\ndetection: { s: { a: ${name} }, condition: s }`;
const many =
  'title: many\nname: many\ncorrelation: { type: event_count, rules: [a], timespan: 1h, condition: { gte: 9 } }';

function compiled(section: string) {
  const text = [...['a', 'b', 'c'].map(rule), many, `title: t\nid: t\ncorrelation: { timespan: 12h, ${section} }`];
  const { documents, errors } = parseSigma(text.join('\n---\n'), 'cost.yml');
  expect(errors).toEqual([]);
  return compileRuleset(documents).correlations.get('t')!;
}

const members = (count: number): Member[] =>
  Array.from({ length: count }, (_, at) => {
    const order = String((at * 7919) % count).padStart(8, '0');
    const value = ((at * 104_729) % 1_000_003) / 100;
    return { rule: 'abc'.charAt(at % 3), id: order, order, time: at * 1000, value };
  });

const milliseconds = (section: string, count: number): number => {
  const subject = compiled(section);
  const given = members(count);
  evaluate(subject, given);
  const start = performance.now();
  evaluate(subject, given);
  return performance.now() - start;
};

it.each([
  'type: event_count, rules: [a, b, c], condition: { gte: 6 }',
  'type: value_count, rules: [a, b, c], condition: { field: x, gte: 6 }',
  'type: value_sum, rules: [a, b, c], condition: { field: x, gte: 6 }',
  'type: value_avg, rules: [a, b, c], condition: { field: x, gte: 6 }',
  'type: value_median, rules: [a, b, c], condition: { field: x, gte: 6 }',
  'type: value_percentile, rules: [a, b, c], condition: { field: x, gte: 6, percentile: 99.9 }',
  'type: value_percentile, rules: [a, b, c], condition: { field: x, lte: 6 }',
  'type: temporal, rules: [a, b, c]',
  'type: temporal_ordered, rules: [a, b, c]',
  'type: temporal, rules: [a, b, c], condition: a and b or not c and b',
  'type: temporal_ordered, rules: [a, b, c], condition: a and c and not b',
  'type: temporal_ordered, rules: [many, b]',
])('ten thousand members in one window are judged at once: %s', (section) => {
  // Quadratic work, 50 million steps and more, takes many times as long.
  expect(milliseconds(section, 10_000)).toBeLessThan(1000);
});
