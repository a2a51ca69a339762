import { readFileSync, globSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSigma } from './parse.js';

const rule = (...lines: string[]) => ['title: t', 'id: i', 'logsource: { product: p }', ...lines].join('\n');
const detection = 'detection: { sel: { a: x }, condition: sel }';
const correlation = (...lines: string[]) =>
  ['title: t', 'correlation:', ...lines.map((line) => `    ${line}`)].join('\n');

/** The errors of a text as `line message`. */
const errors = (text: string) => parseSigma(text, 'f.yml').errors.map(({ line, message }) => `${line} ${message}`);

describe('the examples of the Sigma specification', () => {
  const files = globSync('test/fixtures/sigma/spec_examples/**/*.yml');
  const read = (file: string) => parseSigma(readFileSync(file, 'utf8'), file);

  it.each(files)('%s is read', (file) => {
    const { documents, errors: found } = read(file);
    expect(found).toEqual([]);
    expect(documents).toHaveLength(1);
  });
});

describe('a rule', () => {
  it('is read with its settings', () => {
    const text = rule(
      detection,
      'level: high',
      'plantwatch: { group_by: [host.name], suppressed_by: [change_ticket] }',
    );
    const { documents } = parseSigma(text, 'f.yml');
    expect(documents[0]).toMatchObject({
      kind: 'rule',
      id: 'i',
      level: 'high',
      file: 'f.yml',
      settings: {
        groupBy: ['host.name'],
        dedup: 3_600_000,
        suppressedBy: ['change_ticket'],
        asset: 'plantwatch.asset.id',
      },
    });
  });

  it('may be one of several documents, and a broken one spares the others', () => {
    const text = [rule(detection), rule('detection: { condition: nothing }'), rule(detection)].join('\n---\n');
    const { documents, errors: found } = parseSigma(text, 'f.yml');
    expect(documents).toHaveLength(2);
    expect(found).toMatchObject([{ file: 'f.yml', line: 9 }]);
  });

  it.each([
    ['an unknown top-level field', rule(detection, 'levle: high'), '5 unknown field "levle"'],
    ['an unknown setting', rule(detection, 'plantwatch:', '  dedupe: 1h'), '6 unknown field "dedupe"'],
    ['a near miss of a standard name', rule(detection, 'levle: high'), '5 unknown field "levle"; write "level"'],
    ['a field in upper case', rule(detection, 'Level: high'), '5 unknown field "Level"; write "level"'],
    [
      'a near miss of the section that makes a correlation',
      rule(detection, 'corelation: {}'),
      '5 unknown field "corelation"; write "correlation"',
    ],
    ['a field of its own', rule(detection, 'x-vendor: 1'), '5 unknown field "x-vendor"; remove it'],
    [
      'an unknown part of the log source',
      'title: t\nlogsource: { product: p, vendor: p }\n' + detection,
      '2 unknown field "vendor"',
    ],
    ['an impossible day', rule(detection, 'date: 2024-02-30'), '5 date: write the date as YYYY-MM-DD'],
    ['text instead of a list', rule(detection, 'references: a'), '5 references: Invalid input'],
    [
      'an unknown time zone',
      rule(detection, 'plantwatch: { timezone: Mars }'),
      '5 plantwatch.timezone: name a time zone',
    ],
    ['an empty search', rule('detection:', '  s:', '  condition: s'), '5 the search is empty'],
    ['a wrong time span', rule(detection, 'plantwatch:', '  dedup: 1w'), '6 plantwatch.dedup: "1w" is no time span'],
    ['a wrong level', rule(detection, 'level: urgent'), '5 level: Invalid option'],
    ['no log source', 'title: t\ndetection: { s: { a: b }, condition: s }', '1 logsource: Invalid input'],
    ['an empty log source', `title: t\nlogsource: {}\n${detection}`, '2 logsource: name at least one'],
    ['no detection', rule(), '1 detection: a rule needs a detection'],
    ['an unknown search', rule('detection:', '  sel: { a: b }', '  condition: sell'), '6 the condition names "sell"'],
    ['no condition', rule('detection:', '  sel: { a: b }'), '4 "condition" must be text'],
    ['an old aggregation', rule('detection:', '  s: { a: b }', '  condition: s | count() > 1'), '6 aggregations after'],
    ['a timeframe', rule('detection: { s: { a: b }, timeframe: 5m, condition: s }'), '4 "timeframe" was removed'],
    ['an unknown modifier', rule('detection:', '  s:', '    a|like: b', '  condition: s'), '6 the modifier "like"'],
    [
      'a modifier twice',
      rule('detection: { s: { a|contains|contains: b }, condition: s }'),
      '4 the modifier "contains" stands twice',
    ],
    ['all with one value', rule('detection: { s: { a|all: b }, condition: s }'), '4 "all" needs a list'],
    ['null in a list', rule('detection: { s: { a: [b, null] }, condition: s }'), '4 null cannot stand in a list'],
    ['an empty list', rule('detection: { s: { a: [] }, condition: s }'), '4 the list of values is empty'],
    ['an empty search', rule('detection: { s: {}, condition: s }'), '4 the search is empty'],
    ['a map as value', rule('detection: { s: { a: { b: c } }, condition: s }'), '4 a value must be'],
    ['look-around', rule("detection: { s: { a|re: '(?=x)' }, condition: s }"), '4 the regular expression is refused'],
    [
      're after another modifier',
      rule('detection: { s: { a|contains|re: b }, condition: s }'),
      '4 "re" must be the first',
    ],
    ['i without re', rule('detection: { s: { a|i: b }, condition: s }'), '4 "i" stands only after "re"'],
    [
      'contains on a network',
      rule('detection: { s: { a|cidr|contains: 10.0.0.0/8 }, condition: s }'),
      '4 "contains" works on text',
    ],
    ['no network', rule('detection: { s: { a|cidr: 10.0.0.x }, condition: s }'), '4 "10.0.0.x" is no network'],
    ['a comparison with text', rule('detection: { s: { a|gt: five }, condition: s }'), '4 "gt" needs a number'],
    ['exists with text', rule('detection: { s: { a|exists: x }, condition: s }'), '4 "exists" needs true or false'],
    [
      'wildcards in base64',
      rule("detection: { s: { a|base64: 'x*' }, condition: s }"),
      '4 "base64" cannot encode wildcards',
    ],
    [
      'cidr without a field',
      rule("detection: { s: { '|cidr': 10.0.0.0/8 }, condition: s }"),
      '4 "cidr" needs a field name',
    ],
    [
      'too many dashes',
      rule(`detection: { s: { a|windash: '${'-a '.repeat(9)}' }, condition: s }`),
      '4 "windash" makes more than 625 variants',
    ],
  ])('with %s is refused', (_, text, expected) => {
    expect(errors(text)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('a correlation', () => {
  const counted = ['type: event_count', 'rules: [a]', 'timespan: 1m'];
  const six = [...counted, 'condition: { gte: 6 }'];
  const temporal = ['type: temporal', 'rules: [a, b]', 'timespan: 1m'];
  const share = ['type: value_percentile', 'rules: [a]', 'timespan: 1m'];
  const summed = ['type: value_sum', 'rules: [a]', 'timespan: 1m'];

  it('is read with both bounds of a range', () => {
    const text = correlation(...counted, 'group-by: [u]', 'condition: { gt: 5, lte: 9 }', 'generate: true');
    expect(parseSigma(text, 'f.yml').documents[0]).toMatchObject({
      kind: 'correlation',
      type: 'event_count',
      timespan: 60_000,
      generate: true,
      bounds: [
        { relation: 'gt', value: 5 },
        { relation: 'lte', value: 9 },
      ],
    });
  });

  it('takes its rules from the condition, in either case of the words', () => {
    const text = correlation('type: temporal_ordered', 'timespan: 1m', 'condition: b AND (a OR c) AND NOT d');
    expect(parseSigma(text, 'f.yml').documents[0]).toMatchObject({
      rules: ['b', 'a', 'c', 'd'],
      ways: [
        { present: ['b', 'a'], absent: ['d'] },
        { present: ['b', 'c'], absent: ['d'] },
      ],
    });
  });

  it('is described as a rule is', () => {
    const text = `${correlation(...six)}\ntags: [attack.t1110]\nlevel: high\nfalsepositives: [scanners]\ngenerate: true`;
    const described = { tags: ['attack.t1110'], level: 'high', falsepositives: ['scanners'], generate: true };
    expect(parseSigma(text, 'f.yml').documents[0]).toMatchObject(described);
  });

  it.each([
    [
      'an unknown type',
      ['type: count', 'rules: [a]', 'timespan: 1m'],
      '3 correlation.type: the correlation type "count" is not known',
    ],
    ['no condition', counted, 'needs a condition such as gte: 6'],
    [
      'no field to count',
      ['type: value_count', 'rules: [a]', 'timespan: 1m', 'condition: { gte: 2 }'],
      'needs condition.field',
    ],
    ['a field that is not counted', [...counted, 'condition: { gte: 2, field: u }'], 'reads no field; remove'],
    ['three bounds', [...counted, 'condition: { gte: 2, lt: 9, neq: 4 }'], 'one bound, or two for a range'],
    ['one rule in sequence', ['type: temporal_ordered', 'rules: [a]', 'timespan: 1m'], 'needs two or more rules'],
    ['a rule twice', ['type: temporal', 'rules: [a, a]', 'timespan: 1m'], '"a" is named twice'],
    ['a field twice', [...six, 'group-by: [u, u]'], '"u" is named twice'],
    ['no rules', ['type: event_count', 'timespan: 1m', 'condition: { gte: 2 }'], 'name the rules to correlate'],
    [
      'an alias for nothing',
      [...six, 'aliases: { u: { a: v } }'],
      '7 correlation.aliases.u: nothing uses the alias "u"',
    ],
    [
      'a part of an event',
      [...counted, 'condition: { gte: 2.5 }'],
      '6 correlation.condition.gte: "event_count" counts; write a whole number',
    ],
    ['a range that holds nothing', [...counted, 'condition: { gt: 5, lt: 6 }'], 'never comes to such a number'],
    ['a window without events', [...counted, 'condition: { lt: 1 }'], 'never comes to such a number'],
    ['more rules than there are', [...temporal, 'condition: { gte: 3 }'], 'never comes to such a number'],
    ['a share above all', [...share, 'condition: { field: u, gt: 100 }'], 'never comes to such a number'],
    [
      'a percentile above all',
      [...share, 'condition: { field: u, gt: 1, percentile: 101 }'],
      '6 correlation.condition',
    ],
    ['a percentile of a sum', [...summed, 'condition: { field: u, gt: 1, percentile: 9 }'], 'has no percentile'],
    ['a sum of two fields', [...summed, 'condition: { field: [u, v], gt: 1 }'], 'the numbers of one field'],
    ['a sum of nothing', [...summed, 'condition: { gt: 1 }'], 'needs condition.field'],
    ['names where numbers belong', [...counted, 'condition: a and b'], 'needs bounds such as gte: 6'],
    ['a rule that the condition leaves out', [...temporal, 'condition: a'], 'does not name "b"'],
    ['a rule that is not listed', [...temporal, 'condition: a and b and c'], '"c", which is not defined under "rules"'],
    ['a condition that nothing fulfils', [...temporal, 'condition: a and b and not a'], 'contradicts itself'],
    ['absence alone', [...temporal, 'condition: a or not b'], 'is fulfilled when nothing happens'],
    ['a quantifier', [...temporal, 'condition: 1 of them'], 'write the names instead of "of"'],
    ['half a condition', [...temporal, 'condition: a and'], 'the condition ends where'],
    ['an unknown field', [...counted, 'condition: { gte: 2 }', 'window: tumbling'], '7 unknown field "window"'],
  ])('with %s is refused', (_, lines, expected) => {
    expect(errors(correlation(...lines))).toEqual([expect.stringContaining(expected)]);
  });
});

describe('hostile text', () => {
  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at < 9; at++)
    bomb.push(
      `a${at}: &a${at} [${Array(10)
        .fill(`*a${at - 1}`)
        .join(', ')}]`,
    );
  const odd = (value: string) => rule(`detection: { sel: { a: ${value} }, condition: sel }`);

  it.each([
    ['a tag of its own', 'title: !!js/function "x"', 'YAML: Unresolved tag'],
    ['a key twice', 'title: a\ntitle: b', '2 the key "title" stands twice'],
    ['half a document', 'title: "a', 'YAML: Missing closing'],
    ['many nested brackets', `title: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'deeper than 50 levels'],
    ['an alias bomb', bomb.join('\n'), '6 aliases make more than 1000000 values'],
    ['an alias of itself', 'a: &a [*a]', '1 the alias "*a" stands inside what it repeats'],
    ['a huge file', 'x'.repeat(1_100_000), 'larger than'],
    ['nested indentation', Array.from({ length: 60 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'), 'deeper than 50'],
    ['many documents', 'a: b\n---\n'.repeat(1_001), 'more than 1000 documents'],
    ['very many documents', 'a: b\n...\n'.repeat(100_000), 'more than 1000 documents'],
    ['many empty entries', `[${','.repeat(300_000)}`, 'more than 250000 YAML tokens'],
    ['another version of YAML', '%YAML 1.1\n---\na: yes', 'remove "%YAML 1.1"'],
    ['a tab as indentation', 'title: a\nlogsource:\n\tproduct: b', '3 YAML: Tabs are not allowed'],
    ['what was not UTF-8', 'title: a\nauthor: J\ufffdrg', '2 a character is not UTF-8'],
    ['a control character', 'title: a\nauthor: b\u0000', '2 a character is not UTF-8'],
    ['the prototype as key', rule('__proto__: { a: b }'), '4 no key can be called "__proto__"'],
    ['an inherited name as key', rule(detection, 'constructor: x'), '5 unknown field "constructor"'],
    ['a map as key', '? { a: b }\n: c', '1 a key must be text'],
    ['a megabyte in one value', odd(`'${'x'.repeat(1_000_000)}'`), '4 a value is longer than 65536'],
    ['a thousand wildcards', odd(`'${'*a'.repeat(1_000)}'`), '4 a value has more than 200 wildcards'],
    ['nothing at all', '', 'the file is empty'],
    ['a list', '- a', 'is a map that begins with a title'],
    ['a number', '17', 'is a map that begins with a title'],
    ['an old collection', 'action: global\ntitle: x', '"action" was removed'],
  ])('such as %s is refused', (_, text, expected) => {
    expect(errors(text)[0]).toContain(expected);
  });

  it('makes at most a hundred mistakes', () => {
    const found = errors(rule(detection, ...Array.from({ length: 5_000 }, (_, at) => `k${at}: x`)));
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toContain('and 4900 more mistakes');
  });

  it('such as thousands of values with dashes stops at the limit', () => {
    const values = "            - '-a -b -c -d'\n".repeat(20_000);
    const text = rule(`detection:\n    s:\n        a|windash:\n${values}    condition: s\n`);
    expect(errors(text)[0]).toContain('more than 300000 values');
  });

  it('such as a condition that names everything again and again stops at the limit', () => {
    const searches = Array.from({ length: 900 }, (_, at) => `    s${at}: { a: b }`).join('\n');
    const text = rule(`detection:\n${searches}\n    condition: ${'1 of s* or '.repeat(800)}s1`);
    expect(errors(text)[0]).toContain('more than 300000 values');
  });

  it('with a byte order mark or CR LF is read like any other', () => {
    const text = rule('detection:', '    s:', '        a: b', '    condition: s');
    const read = (one: string) => parseSigma(one, 'f.yml');
    expect(read(`\ufeff${text}`)).toEqual(read(text));
    expect(read(text.replaceAll('\n', '\r\n'))).toEqual(read(text));
    expect(read(text).documents).toHaveLength(1);
  });

  it('never throws, and errors stand inside the file', () => {
    const bits = [
      'title: t',
      'id: i',
      'logsource:',
      '  product: p',
      'detection:',
      '  s:',
      '    a|re: "["',
      '    b|x: 1',
    ];
    const more = [
      '  condition: s',
      '  - x',
      '---',
      '? x',
      '&a',
      '*a',
      '"',
      "'",
      '{',
      '[',
      '|',
      '>',
      '\t',
      '#',
      '!',
      ': ',
    ];
    const lines = fc.array(fc.oneof(fc.constantFrom(...bits, ...more), fc.string({ unit: 'binary', maxLength: 12 })));
    fc.assert(
      fc.property(lines, (some) => {
        const text = some.join('\n');
        const count = text.split('\n').length;
        for (const { line } of parseSigma(text, 'f.yml').errors) expect(line >= 1 && line <= count).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 20_000);

  it('such as a list of 100,000 values is still read in time', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`).join(', ');
    expect(errors(rule(`detection: { sel: { a: [${values}] }, condition: sel }`))).toEqual([]);
  }, 20_000);
});
