import { expect, it } from 'vitest';
import { canHold } from './can-hold.js';
import { parseSigma } from '#sigma/parse.js';

const detectionOf = (detection: string) => {
  const { documents } = parseSigma(`title: t\nlogsource: { product: p }\ndetection: ${detection}`, 'r.yml');
  const [rule] = documents.filter((document) => document.kind === 'rule');
  return rule!.detection;
};

/** Events have `a` and never `b`. */
it.each([
  ['{ s: { a: x }, condition: s }', true],
  ['{ s: { b: x }, condition: s }', false],
  ['{ s: { a: x, b: x }, condition: s }', false],
  ['{ s: [{ a: x }, { b: x }], condition: s }', true],
  ['{ s: { b: null }, condition: s }', true],
  ['{ s: { b|exists: false }, condition: s }', true],
  ['{ s: { b|exists: true }, condition: s }', false],
  ['{ s: { a: x }, f: { b: x }, condition: s and not f }', true],
  ['{ s: { a: x }, f: { b: null }, condition: s and not f }', false],
  ['{ s: { a: x }, f: { a: y, b: null }, condition: s and not f }', true],
  ['{ s: { b: x }, f: { a: x }, condition: s or not f }', true],
  ['{ s: [x], condition: s }', true],
])('%s can hold: %s', (detection, expected) => {
  expect(canHold(detectionOf(detection), (field) => field === 'a')).toBe(expected);
});
