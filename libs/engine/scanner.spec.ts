import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pattern } from './parts.js';
import { Scanner } from './scanner.js';

/** Few letters, so that parts share beginnings, ends and grams, and stand in texts by chance. */
const letter = fc.constantFrom(...'aaab.é漢');
const word = (maxLength: number) => fc.string({ unit: letter, minLength: 1, maxLength });
const somewhere = fc.record({ text: word(14), start: fc.boolean(), end: fc.boolean() });
const patterns = fc.array(somewhere, { minLength: 1, maxLength: 30 });

const stands = (text: string, part: Pattern) =>
  part.start && part.end
    ? text === part.text
    : part.start
      ? text.startsWith(part.text)
      : part.end
        ? text.endsWith(part.text)
        : text.includes(part.text);

function found(scanner: Scanner, text: string): number[] {
  const ids = new Set<number>();
  scanner.scan(text, { enough: false, hit: (id) => ids.add(id) });
  return [...ids].sort((a, b) => a - b);
}

const numbered = (parts: readonly Omit<Pattern, 'id'>[]) => parts.map((part, id) => ({ ...part, id }));
const inside = (...texts: string[]) => numbered(texts.map((text) => ({ text, start: false, end: false })));
/** Parts that none of the texts has: so many that all are looked for at once, in texts of any length. */
const others = Array.from({ length: 20 }, (_, at) => `${'kjhgf'.charAt(at % 5)}${at}qqqq`);
const wanted = (text: string, parts: readonly Pattern[]) =>
  parts.filter((part) => stands(text, part)).map(({ id }) => id);

describe('a scanner', () => {
  it('finds what stands in a text, text after text', () => {
    const texts = fc.array(fc.oneof(word(40), fc.constant('')), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(patterns, texts, (list, several) => {
        const parts = numbered(list);
        const scanner = new Scanner(parts);
        for (const text of several) expect(found(scanner, text)).toEqual(wanted(text, parts));
      }),
      { numRuns: 400 },
    );
  });

  it('finds parts that texts are made of', () => {
    const cases = fc.tuple(patterns, fc.array(fc.tuple(fc.nat(29), word(3)), { minLength: 1, maxLength: 4 }));
    fc.assert(
      fc.property(cases, ([list, pieces]) => {
        const parts = numbered(list);
        const texts = pieces.map(([at, filler]) => (list[at % list.length]!.text + filler).repeat(at % 3));
        for (const text of [...texts, texts.join('')])
          expect(found(new Scanner(parts), text)).toEqual(wanted(text, parts));
      }),
      { numRuns: 400 },
    );
  });

  it('finds each of many parts, and none that is not there', () => {
    const names = Array.from({ length: 3000 }, (_, at) => `n${(at * 7919) % 100_003}x`);
    const parts = [false, true].flatMap((start) =>
      [false, true].flatMap((end) => names.map((text) => ({ text, start, end }))),
    );
    const scanner = new Scanner(numbered(parts));
    for (const text of [names[0]!, `${names[17]} ${names[2999]}`, `y${names[5]}`, `${names[5]}y`, 'n1', 'none of them'])
      expect(found(scanner, text)).toEqual(wanted(text, numbered(parts)));
  });

  it('finds a part after however many vain tries at its rarest characters', () => {
    for (const [one, other, vain] of [
      ['abcabd', 'abcabe', 'abcax '],
      // So long that not every place is looked at.
      ['abcabcabcabcd', 'abcabcabcabce', 'abcabcabcabcx '],
    ] as const) {
      const scanner = new Scanner(
        inside(one, other, ...(one.length > 8 ? others.map((it) => `${it}qqqqqqq`) : others)),
      );
      for (let times = 0; times < 40; times++) {
        const text = vain.repeat(times);
        const texts = [text, `${text}${one}`, `${other}${text}`, `${text}${one}${text}${other}`];
        expect(texts.map((it) => found(scanner, it))).toEqual([[], [0], [1], [0, 1]]);
      }
    }
  });

  it.each([2, 3, 4, 5, 16, 17, 40])('finds %d parts in texts of any length', (count) => {
    const parts = inside(...Array.from({ length: count }, (_, at) => `part-${at}-`));
    const scanner = new Scanner(parts);
    for (const length of [0, 1, 2047, 2048, 2049, 70_000]) {
      const filler = 'some text that has none of them '.repeat(length / 30 + 1).slice(0, length);
      for (const text of [
        filler,
        `part-0-${filler}`,
        `${filler}part-${count - 1}-`,
        `${filler}part-1-${filler}part-0-`,
      ])
        expect(found(scanner, text)).toEqual(wanted(text, parts));
    }
  });

  it('finds parts that end beyond ASCII, at the start, at the end and between', () => {
    const parts = inside('é', 'né', 'σ', '漢字', '\u0080', ...others);
    const scanner = new Scanner(parts);
    for (const text of ['é', 'néon', 'σ', 'xσ', '漢字', '字漢', 'a漢字b', '\u0080', '\u007f', 'none', '漢'])
      expect(found(scanner, text)).toEqual(wanted(text, parts));
  });

  it('stops when whoever listens has heard enough', () => {
    const scanner = new Scanner(inside('part-a', 'part-b', ...others));
    const heard: number[] = [];
    scanner.scan('part-a part-b', {
      get enough() {
        return heard.length > 0;
      },
      hit: (id) => void heard.push(id),
    });
    expect(heard).toHaveLength(1);
  });

  it('finds a part in one text after the other, however often', () => {
    const scanner = new Scanner(inside('xaaaay', 'zaaaaz', ...others));
    for (let time = 0; time < 40; time++) {
      expect(found(scanner, 'xaaaay')).toEqual([0]);
      expect(found(scanner, 'aaaazaaaaz')).toEqual([1]);
    }
  });

  it('tells everybody who asked for the same part, and at each place only who asked there', () => {
    const [text, none] = ['same', { start: false, end: false }];
    const parts = numbered([
      { text, ...none },
      { text, ...none },
      { text, start: true, end: false },
      { text, start: false, end: true },
      { text, start: true, end: true },
    ]);
    const scanner = new Scanner(parts);
    expect(['same', 'xsame', 'samex', 'xsamex', 'samesame'].map((it) => found(scanner, it))).toEqual([
      [0, 1, 2, 3, 4],
      [0, 1, 3],
      [0, 1, 2],
      [0, 1],
      [0, 1, 2, 3],
    ]);
  });
});
