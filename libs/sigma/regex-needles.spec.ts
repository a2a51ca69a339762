import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRegex } from './regex.js';
import { parseRegex, type Node } from './regex-syntax.js';
import { foldText } from './wildcard.js';

const cases: [pattern: string, needles: string[] | null][] = [
  ['abc', ['abc']],
  ['ab', null],
  ['ABC\\d+defg', ['defg']],
  ['(?i)Set-Item', ['set-item']],
  ['(foo|bar)', ['foo', 'bar']],
  ['(foo|b)', null],
  ['foo(bar)?', ['foo']],
  ['(foo)*', null],
  ['(foo){2}', ['foofoo']],
  ['(foo){2,}', ['foofoo']],
  ['x(foo|foobar)y', ['xfooy', 'xfoobary']],
  ['[Pp]rogram[Dd]ata', ['programdata']],
  ['^abc$', ['abc']],
  ['abc|', null],
  ['https?://\\d', ['http://', 'https://']],
  ['\\\\(ntsvcs|scerpc)_?[0-9a-f]{2}', ['\\ntsvcs', '\\scerpc']],
  ['ΑΣΑΣ', ['ασασ']],
  ['İxy', ['ixy']],
  ['[^a]bcd', ['bcd']],
];

const pieces = ['foo', 'Ba', 'É', 'K', '😀', 'İ', 'Σ', 'ß', '(?i:kß)', '[xy]', '.', '^', '$', '\\b', '', '\\d', '[^f]'];
const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...pieces),
    fc.array(tie('node'), { minLength: 1, maxLength: 5 }).map((all) => all.join('')),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => `(${all.join('|')})`),
    fc
      .tuple(tie('node'), fc.constantFrom('?', '+', '*', '{2}', '{1,3}', '{2,}'))
      .map(([one, times]) => `(${one})${times}`),
  ),
})).node;

/** A text that the node matches, if edges allow; `pick` chooses below a number. */
function sample(node: Node, pick: (below: number) => number): string {
  if (node.kind === 'edge') return '';
  if (node.kind === 'repeat') {
    const times = node.min + pick(Math.min(node.max - node.min, 3) + 1);
    return Array.from({ length: times }, () => sample(node.of, pick)).join('');
  }
  if (node.kind === 'char') {
    const at = 2 * pick(node.set.length / 2);
    const [low, high] = [node.set[at]!, node.set[at + 1]!];
    return String.fromCodePoint(low + pick(Math.min(high - low + 1, 200)));
  }
  if (node.kind === 'choice') return sample(node.of[pick(node.of.length)]!, pick);
  return node.of.map((one) => sample(one, pick)).join('');
}

/** The expression, or null where it is refused. */
function accepted(source: string, flags: string) {
  try {
    return compileRegex(source, flags);
  } catch {
    return null;
  }
}

const contained = (text: string, needles: string[] | null) =>
  needles?.some((needle) => foldText(text).includes(needle)) ?? true;

describe('needles', () => {
  it.each(cases)('of %s', (source, needles) => {
    expect(compileRegex(source, '').needles).toEqual(needles);
  });

  it('one of them stands in every text that matches', { timeout: 60_000 }, () => {
    const picks = fc.infiniteStream(fc.nat());
    let matches = 0;
    fc.assert(
      fc.property(
        pattern,
        fc.constantFrom('', 'i'),
        picks,
        fc.constantFrom('', 'x', 'Σ', '\n'),
        (source, flags, stream, around) => {
          const regex = accepted(source, flags);
          if (!regex) return;
          const { needles, test } = regex;
          const pick = (below: number) => stream.next().value % below;
          const text = around + sample(parseRegex(source, flags), pick) + around;
          if (!test(text)) return;
          matches++;
          expect({ text, holds: contained(text, needles) }).toEqual({ text, holds: true });
        },
      ),
      { numRuns: 5000 },
    );
    expect(matches).toBeGreaterThan(2000);
  });
});

type Corpus = { patterns: { file: string; modifiers: string; pattern: string }[] };
const corpus = JSON.parse(readFileSync('test/fixtures/sigma/regular-expressions.json', 'utf8')) as Corpus;

describe('the regular expressions of SigmaHQ', () => {
  it.each(corpus.patterns)('$pattern', ({ pattern: source }) => {
    const { needles, test } = compileRegex(source, '');
    let state = 1;
    const pick = (below: number) => (state = (state * 48271) % 0x7fffffff) % below;
    const texts = Array.from({ length: 50 }, () => sample(parseRegex(source, ''), pick));
    const matching = texts.filter(test);
    expect(matching.length).toBeGreaterThan(3);
    expect(matching.filter((text) => !contained(text, needles))).toEqual([]);
  });
});
