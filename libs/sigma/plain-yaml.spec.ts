import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainYaml } from './plain-yaml.js';
import { readYaml } from './yaml.js';

const files = globSync(['test/fixtures/sigma/**/*.yml', 'rules/*/*.yml']);
const texts = files.map((file) => readFileSync(file, 'utf8'));

/** What the plain reader reads must be what the library reads, without a mistake. */
function agrees(text: string): boolean {
  const plain = readPlainYaml(text);
  if (!plain) return true;
  const { pages, errors } = readYaml(text, 'f.yml');
  expect(errors).toEqual([]);
  expect(pages.map(({ value }) => value)).toEqual([plain.value]);
  return true;
}

describe('plain YAML', () => {
  it.each([
    ['a: b', { a: 'b' }],
    ['a: b # c', { a: 'b' }],
    ['a: b#c', { a: 'b#c' }],
    ["'|all': 'it''s'", { '|all': "it's" }],
    ['a: [', null],
    ['a:\n- b\n- c: d\n  e: f\n', { a: ['b', { c: 'd', e: 'f' }] }],
    ['a:\n  - 1\n  - true\n  - ~\n  -\n', { a: [1, true, null, null] }],
    ['a: |\n  x\n    y\n\n  z\n\nb: c', { a: 'x\n  y\n\nz\n', b: 'c' }],
    ['a: 2024-05-01\nb: yes\nc: C:\\x', { a: '2024-05-01', b: 'yes', c: 'C:\\x' }],
    ['a: 007', null],
    ['a: 12345678901234567890', null],
    ['a: b\na: c', null],
    ['a: b\n  c', null],
    ['a: b: c', null],
    ['a: "x\\n"', null],
    ['a: &x b', null],
    ['a: b\n---\nc: d', null],
  ])('%s', (text, expected) => {
    expect(readPlainYaml(text)?.value ?? null).toEqual(expected);
    agrees(text);
  });

  it('is nearly every rule that there is', () => {
    const rules = files.map((file, at) => ({ file, text: texts[at]! })).filter(({ file }) => /sigmahq/.test(file));
    expect(rules.filter(({ text }) => readPlainYaml(text)).length).toBeGreaterThan(rules.length * 0.9);
  });

  it('is read as the library reads it', () => {
    for (const text of texts) agrees(text);
  });

  it('is read as the library reads it when characters are changed', () => {
    const bits = [
      '',
      ' ',
      '\n',
      '#',
      ':',
      "'",
      '"',
      '-',
      '|',
      '>',
      '\\',
      '\n  ',
      '- ',
      'a: b',
      '[',
      '{',
      '%',
      '&a',
      '0x1',
      '---\n',
    ];
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const change = fc.tuple(fc.constantFrom(...texts), place, fc.nat({ max: 3 }), fc.constantFrom(...bits));
    fc.assert(
      fc.property(change, ([text, where, removed, added]) => {
        const at = Math.floor(where * text.length);
        return agrees(text.slice(0, at) + added + text.slice(at + removed));
      }),
      { numRuns: 300 },
    );
  }, 20_000);
});
