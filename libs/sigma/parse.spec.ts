import { readFileSync, globSync } from 'node:fs';
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
  const later = files.filter((file) => file.includes('filter_'));
  const read = (file: string) => parseSigma(readFileSync(file, 'utf8'), file);

  it.each(files.filter((file) => !later.includes(file)))('%s is read', (file) => {
    const { documents, errors: found } = read(file);
    expect(found).toEqual([]);
    expect(documents).toHaveLength(1);
  });

  it.each(later)('%s is refused until it is supported', (file) => {
    const { documents, errors: found } = read(file);
    expect(found).toMatchObject([{ message: expect.stringContaining('not supported yet') }]);
    expect(documents).toEqual([]);
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
      'a placeholder',
      rule("detection: { s: { a|expand: '%x%' }, condition: s }"),
      '4 the modifier "expand" is not supported yet',
    ],
    [
      'a part of a date',
      rule('detection: { s: { a|hour: 3 }, condition: s }'),
      '4 the modifier "hour" is not supported yet',
    ],
    [
      'cidr without a field',
      rule("detection: { s: { '|cidr': 10.0.0.0/8 }, condition: s }"),
      '4 "cidr" needs a field name',
    ],
    [
      'too many dashes',
      rule(`detection: { s: { a|windash: '${'-a '.repeat(9)}' }, condition: s }`),
      '4 "windash" makes too many',
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
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]'];
  const levels = [...bomb, 'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]', 'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]'];

  it.each([
    ['a tag of its own', 'title: !!js/function "x"', 'YAML: Unresolved tag'],
    ['a key twice', 'title: a\ntitle: b', '2 YAML: Map keys must be unique'],
    ['half a document', 'title: "a', 'YAML: Missing closing'],
    ['many nested brackets', `title: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nested too deeply'],
    ['an alias bomb', levels.join('\n'), 'Excessive alias count'],
    ['a huge file', 'x'.repeat(1_100_000), 'larger than'],
    ['nothing at all', '', 'the file is empty'],
    ['a list', '- a', 'is a map that begins with a title'],
    ['a number', '17', 'is a map that begins with a title'],
    ['an old collection', 'action: global\ntitle: x', '"action" was removed'],
  ])('such as %s is refused', (_, text, expected) => {
    expect(errors(text)[0]).toContain(expected);
  });

  it('such as a list of 100,000 values is still read in time', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`).join(', ');
    expect(errors(rule(`detection: { sel: { a: [${values}] }, condition: sel }`))).toEqual([]);
  });
});
