import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { shippedPipelines } from '#test/support/pipelines.js';
import type { SigmaRule } from '#sigma/document.js';
import { explain } from './explain.js';
import { explanationText } from './explain-text.js';
import { compileRuleset } from './ruleset.js';

const read = (file: string) => readFileSync(file, 'utf8');

function rulesIn(text: string, file = 'test.yml'): SigmaRule[] {
  const { documents, errors } = parseSigma(text, file);
  expect(errors).toEqual([]);
  return documents.filter((one) => one.kind === 'rule');
}

function rule(...detection: string[]): SigmaRule {
  const head = ['title: A rule', 'id: r', 'logsource: { product: test }', 'detection:'];
  return rulesIn([...head, ...detection.map((line) => `    ${line}`)].join('\n'))[0]!;
}

const event = {
  Image: 'C:\\Windows\\cmd.exe',
  CommandLine: 'cmd /c whoami',
  port: 22,
  list: ['a', 'b'],
  none: null,
};

describe('the text of an explanation', () => {
  it.each<[string, string[], string[]]>([
    [
      'says what the event had and which value it was',
      ["sel: { Image|endswith: ['\\powershell.exe', '\\cmd.exe'], port|gte: 1024 }", 'condition: sel'],
      [
        '✗ A rule (r)',
        '  ✗ sel: all of',
        '    ✓ Image|endswith: one of 2   (event: C:\\Windows\\cmd.exe)',
        '      ✓ \\cmd.exe',
        '      … and not the other 1',
        '    ✗ port|gte: 1024   (event: 22)',
      ],
    ],
    [
      'shows every value that had to match',
      ['sel: { CommandLine|contains|all: [cmd, net] }', 'condition: sel'],
      [
        '✗ A rule (r)',
        '  ✗ sel: all of',
        '    ✗ CommandLine|contains|all: all of 2   (event: cmd /c whoami)',
        '      ✓ cmd',
        '      ✗ net',
      ],
    ],
    [
      'follows the condition',
      ['sel: [{ list: b }, { none: null }]', 'filter: { user: x }', 'condition: sel and not filter'],
      [
        '✓ A rule (r)',
        '  ✓ all of',
        '    ✓ sel: one of',
        '      ✓ list: b   (event: a | b)',
        '      ✓ none: null   (event: null)',
        '    ✓ not',
        '      ✗ filter: all of',
        '        ✗ user: x   (not in the event)',
      ],
    ],
    [
      'names the texts that hold a keyword',
      ['words: [WHOAMI, mimikatz]', 'condition: words'],
      [
        '✓ A rule (r)',
        '  ✓ words: all of',
        '    ✓ keywords: one of 2   (event: cmd /c whoami)',
        '      ✓ WHOAMI',
        '      … and not the other 1',
      ],
    ],
  ])('%s', (_, detection, expected) => {
    const lines = explanationText(explain(rule(...detection), event)).split('\n');
    expect(lines).toEqual(expected);
  });
});

it('keeps the sender of an event from writing on the terminal', () => {
  const hostile = { a: `\u001b[2J\nx${'y'.repeat(500)}` };
  const text = explanationText(explain(rule('sel: { a|contains: x }', 'condition: sel'), hostile));
  expect(text).toContain('\\u{1b}[2J\\u{a}x');
  expect(text).toContain('(506 characters)');
});

it('is plain JSON that says which value matched', () => {
  const explanation = explain(rule("sel: { Image|endswith: ['\\a.exe', '\\cmd.exe'] }", 'condition: sel'), event);
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  expect(JSON.stringify(explanation.detection)).toContain(
    '{"modifiers":"|endswith","value":"\\\\cmd.exe","matched":true}',
  );
});

describe('a value is written as a rule would', () => {
  it.each([
    ["a: 'x\\*y'", 'a: x\\*y'],
    ["a|contains: 'x*?y'", 'a|contains: x*?y'],
    ["a: '*'", 'a: *'],
    ["a|re|i: 'x.+'", 'a|re|i: x.+'],
    ['a|cidr: 10.0.0.0/8', 'a|cidr: 10.0.0.0/8'],
    ['a|fieldref|endswith: b', 'a|fieldref|endswith: b'],
    ['a|exists: false', 'a|exists: false'],
    ['a|startswith|cased: X', 'a|startswith|cased: X'],
    ["a|contains|windash: ' -f'", 'a|contains:  -f or  /f or  \u2013f or  \u2014f or  \u2015f'],
  ])('%s', (search, expected) => {
    const text = explanationText(explain(rule(`sel: { ${search} }`, 'condition: sel'), { b: 1 }));
    expect(text).toContain(`${expected}   (`);
  });
});

const realEvents = [
  ...globSync('test/fixtures/ecs/{windows,zeek}/*.ndjson'),
  ...globSync('test/fixtures/sigma/sigmahq/*/*.ndjson'),
]
  .flatMap((file) => read(file).split('\n').slice(0, 4))
  .filter((line) => line.startsWith('{'))
  .map((line) => {
    const event = JSON.parse(line) as { winlog?: { event_data?: object } };
    return { ...event, ...event.winlog?.event_data };
  });

describe('agrees with the matcher', () => {
  const real = [
    ...globSync('rules/*/*.yml', { exclude: ['rules/pipelines/**'] }),
    ...globSync('test/fixtures/sigma/sigmahq/*/*.yml'),
  ]
    .filter((file) => !file.endsWith('.fixtures.yml'))
    .flatMap((file) => rulesIn(read(file), file));

  it('on real rules and real events', { timeout: 120_000 }, () => {
    const ruleset = compileRuleset(real);
    let matches = 0;
    for (const one of realEvents) {
      const matched = new Set(ruleset.match(one).map(({ id }) => id));
      matches += matched.size;
      for (const it of real) expect([it.id, explain(it, one).matched]).toEqual([it.id, matched.has(it.id)]);
    }
    expect(matches).toBeGreaterThan(20);
  });

  it('on the log sources of the shipped rules', async () => {
    const routing = await shippedPipelines('ot');
    const shipped = real.filter(({ file }) => file.startsWith('rules/'));
    const ruleset = compileRuleset(shipped, routing);
    const logon = { event: { category: 'authentication', outcome: 'failure' } };
    for (const one of [logon, { event: { outcome: 'failure' } }]) {
      const matched = ruleset.match(one).map(({ id }) => id);
      expect(shipped.filter((it) => explain(it, one, routing).matched).map(({ id }) => id)).toEqual(matched);
    }
  });

  it('on any rule and event', { timeout: 120_000 }, () => {
    const field = fc.constantFrom('a', 'b', 'c.d');
    const text = fc.constantFrom('x', 'X', 'xy', '*', 'x*', '?', '', '1', '2', '10.0.0.1');
    const modified = fc.oneof(
      fc.tuple(fc.constantFrom('', '|contains', '|startswith', '|cased', '|re', '|neq'), text),
      fc.tuple(fc.constant('|contains|all'), fc.constant(['x', 'y'])),
      fc.tuple(fc.constantFrom('|gt', '|lte'), fc.constant(1)),
      fc.constantFrom<[string, unknown][]>(['', null], ['', ['x', 1]], ['|exists', true], ['|exists', false]),
      fc.constantFrom<[string, unknown][]>(['|fieldref', 'b'], ['|cidr', '10.0.0.0/8'], ['|cased', ['x', 'Y']]),
    );
    const item = fc.tuple(field, modified).map(([name, [modifiers, value]]) => ({ [name + modifiers]: value }));
    const search = fc.oneof(fc.array(item, { minLength: 1, maxLength: 3 }), item, fc.constant(['x', '1']));
    const condition = fc.constantFrom(
      's1',
      'not s1',
      's1 and not s2',
      '1 of them',
      'all of s*',
      's1 or not (s2 and s1)',
    );
    const value = fc.oneof(text, fc.integer({ min: 0, max: 2 }), fc.constant(null), fc.array(text, { maxLength: 2 }));
    const anEvent = fc.record({ a: value, b: value, c: fc.record({ d: value }) }, { requiredKeys: [] });
    fc.assert(
      fc.property(search, search, condition, anEvent, (s1, s2, when, one) => {
        const detection = JSON.stringify({ s1, s2, condition: when });
        const { documents } = parseSigma(
          `title: t\nid: r\nlogsource: { product: p }\ndetection: ${detection}`,
          't.yml',
        );
        for (const it of documents) {
          if (it.kind !== 'rule') continue;
          expect(explain(it, one).matched).toBe(compileRuleset([it]).match(one).length > 0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
