import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { has } from './char-set.js';
import { stepsPerCharacter } from './regex-cost.js';
import { toSearch } from './regex-shape.js';
import { parseRegex, type Node } from './regex-syntax.js';

/** Tries every way through an expression from every character on, and counts the characters it looks at. */
function stepsTaken(tree: Node, text: string, enough: number): number {
  let steps = 0;
  type Then = (at: number) => void;
  const repeat = (node: Extract<Node, { kind: 'repeat' }>, at: number, done: number, then: Then): void => {
    if (done < node.max) {
      walk(node.of, at, (end) => {
        if (end > at || done < node.min) repeat(node, end, done + 1, then);
      });
    }
    if (done >= node.min) then(at);
  };
  const walk = (node: Node, at: number, then: Then): void => {
    if (steps > enough) return;
    if (node.kind === 'edge') then(at);
    else if (node.kind === 'repeat') repeat(node, at, 0, then);
    else if (node.kind === 'choice') for (const one of node.of) walk(one, at, then);
    else if (node.kind === 'sequence') {
      const [first, ...rest] = node.of;
      if (first) walk(first, at, (end) => walk({ kind: 'sequence', of: rest }, end, then));
      else then(at);
    } else {
      steps++;
      if (at < text.length && has(node.set, text.charCodeAt(at))) then(at + 1);
    }
  };
  for (let at = 0; at <= text.length; at++) walk(tree, at, () => undefined);
  return steps;
}

const atoms = ['a', 'b', 'ab', 'aa', 'abc', '[ab]', '[^a]', '[bc]', '.', '\\b'];
const times = ['', '', '', '?', '*', '+', '{2}', '{1,3}', '{0,5}', '{2,9}', '{5}'];
const pattern = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom(...atoms), fc.constantFrom(...times)).map(([one, many]) => `(?:${one})${many}`),
    fc.array(tie('node'), { minLength: 1, maxLength: 4 }).map((all) => all.join('')),
    fc.array(tie('node'), { minLength: 1, maxLength: 3 }).map((all) => `(?:${all.join('|')})`),
    fc.tuple(tie('node'), fc.constantFrom('?', '{2}', '{1,3}', '{0,2}')).map(([one, many]) => `(?:${one})${many}`),
  ),
})).node;

const piece = fc.array(fc.constantFrom('a', 'b', 'c', 'ab', 'abc', 'aaaaaa', 'bbbbbb'), { minLength: 1, maxLength: 6 });
const text = fc.tuple(piece, fc.nat(60), piece).map(([head, many, tail]) => {
  return `${head.join('').repeat(many)}${tail.join('')}`.slice(0, 150);
});

describe('the cost of a search', () => {
  it('is not above the bound', { timeout: 60_000 }, () => {
    let bounded = 0;
    fc.assert(
      fc.property(pattern, fc.array(text, { minLength: 3, maxLength: 3 }), (source, texts) => {
        const node = toSearch(parseRegex(source, ''));
        for (const one of texts) {
          const bound = stepsPerCharacter(node, one.length) * (one.length + 40);
          if (bound > 100_000) continue;
          bounded++;
          expect([source, one, stepsTaken(node, one, bound) <= bound]).toEqual([source, one, true]);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(bounded).toBeGreaterThan(3_000);
  });

  it('counts words that overlap', () => {
    const node = toSearch(parseRegex('(?:abcde|bcdef|cdefg|defgh|efghi).{0,90}Z', ''));
    const text = 'abcdefghi'.repeat(30);
    expect(stepsTaken(node, text, Infinity)).toBeLessThan(stepsPerCharacter(node, text.length) * text.length);
  });

  it.each([
    ['http', 3],
    ['aaaa', 4],
    ['net\\s+view', 7],
    ['\\[\\s*\\d{1,3}\\s*\\]', 16],
    ['\\{[a-f0-9]{8}-[a-f0-9]{4}\\}', 12],
    ['a+b', 2],
    ['x.{0,11}y', 50],
    ['x[ab]{1,200}a', 8],
  ])('of %s is at most %d steps a character', (source, steps) => {
    expect(stepsPerCharacter(toSearch(parseRegex(source, '')), 65_536)).toBeLessThanOrEqual(steps);
  });

  it.each(['x.*y', '\\s\\s+x', 'x(a+b)+y', 'x(a?){20}y', 'x(?:.{9}){9}.{9}.{9}y', 'x(?:.{1,9}){1,200}y'])(
    'of %s is too much',
    (source) => {
      expect(stepsPerCharacter(toSearch(parseRegex(source, '')), 65_536)).toBeGreaterThan(50);
    },
  );
});
