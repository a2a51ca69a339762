import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SigmaRule } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { parsePipeline } from '#pipelines/pipeline.js';
import { joinPipelines } from '#pipelines/routing.js';
import { compileRuleset } from './ruleset.js';

const rule = (name: string, detection: string, logsource = '{ product: linux }', more = '') =>
  `title: ${name}\nid: ${name}\nname: ${name}_name\nlogsource: ${logsource}\ndetection: ${detection}\n${more}`;
const correlation = (name: string, section: string, more = '') =>
  `title: ${name}\nid: ${name}\ncorrelation: { ${section} }\n${more}`;
const any = '{ s: { a: "*" }, condition: s }';
const counted = 'type: event_count, timespan: 1m, condition: { gte: 2 }';

const documents = (...texts: string[]) => {
  const read = parseSigma(texts.join('\n---\n'), 'f.yml');
  expect(read.errors).toEqual([]);
  return read.documents;
};
const ids = (found: { id: string }[]) => found.map(({ id }) => id);

describe('a rule set', () => {
  const { pipeline, errors } = parsePipeline(
    `transformations:
  - type: add_condition
    rule_conditions: [{ type: logsource, product: linux }]
    conditions: { event.dataset|startswith: 'linux.' }
  - type: add_condition
    rule_conditions: [{ type: logsource, product: linux, service: sshd }]
    conditions: { event.dataset: linux.sshd }
  - type: add_condition
    rule_conditions: [{ type: logsource, product: windows }]
    conditions: { event.module: windows }
  - type: field_name_mapping
    mapping: { EventID: event.code }
`,
    'p.yml',
  );
  const routing = joinPipelines([pipeline!]);
  const events = {
    sshd: { event: { dataset: 'linux.sshd' }, a: 'x' },
    cron: { event: { dataset: 'linux.cron' }, a: 'x' },
    windows: { event: { module: 'windows', code: '1102' }, a: 'x' },
  };

  it('tries a rule only on the events of its log source', () => {
    expect(errors).toEqual([]);
    const set = compileRuleset(
      documents(
        rule('all', any),
        rule('sshd', any, '{ product: linux, service: sshd }'),
        rule('cleared', '{ s: { EventID: [1102, 104] }, condition: s }', '{ product: windows }'),
      ),
      routing,
    );
    expect(ids(set.match(events.sshd))).toEqual(['all', 'sshd']);
    expect(ids(set.match(events.cron))).toEqual(['all']);
    expect(ids(set.match(events.windows))).toEqual(['cleared']);
  });

  it('names the rules for whose log source there are no events', () => {
    const set = compileRuleset(documents(rule('mac', any, '{ product: macos }'), rule('linux', any)), routing);
    expect(ids(set.unrouted)).toEqual(['mac']);
    expect(ids(set.match(events.cron))).toEqual(['linux']);
  });

  it('tells which matches feed which correlations, and what raises alerts', () => {
    const set = compileRuleset(
      documents(
        rule('failed', any),
        rule('success', any, '{ product: linux }', 'level: informational'),
        correlation('many', `${counted}, rules: [failed_name], group-by: [u]`),
        correlation('broken', 'type: temporal_ordered, rules: [many, success], timespan: 5m, group-by: [u]'),
        correlation('both', `${counted}, rules: [many], group-by: [u], generate: true`),
        rule('single', any),
        rule('quiet', any, '{ product: linux }', 'level: informational'),
      ),
    );
    expect(set.errors).toEqual([]);
    expect(ids(set.rules.get('failed')!.correlations)).toEqual(['many', 'broken', 'both']);
    const alerting = [...set.rules.values(), ...set.correlations.values()].filter((it) => it.alerts);
    expect(ids(alerting)).toEqual(['single', 'many', 'broken', 'both']);
  });

  it.each([
    ['an unknown rule', [correlation('c', `${counted}, rules: [nowhere]`)], 'names "nowhere"'],
    [
      'a circle',
      [correlation('c', `${counted}, rules: [d]`), correlation('d', `${counted}, rules: [c]`)],
      'refers to itself',
    ],
    ['an id used twice', [rule('x', any), rule('x', any)], '"x" is already used in f.yml line 1'],
    [
      'chained correlations that group differently',
      [
        rule('x', any),
        correlation('c', `${counted}, rules: [x], group-by: [u]`),
        correlation('d', `${counted}, rules: [c], group-by: [v]`),
      ],
      '"c" does not group by "v"; add the field to its "group-by"',
    ],
    [
      'an alias for an unknown rule',
      [rule('x', any), correlation('c', `${counted}, rules: [x], group-by: [ip], aliases: { ip: { y: source.ip } }`)],
      'an alias names "y"',
    ],
  ])('refuses %s', (_, texts, expected) => {
    const { errors: found } = compileRuleset(documents(...texts));
    expect(found[0]!.message).toContain(expected);
  });

  it('resolves aliases for each rule', () => {
    const aliases = 'aliases: { ip: { x_name: source.ip, y: client.ip } }';
    const set = compileRuleset(
      documents(
        rule('x', any),
        rule('y', any),
        correlation('c', `${counted}, rules: [x, y_name], group-by: [ip, u], ${aliases}`),
      ),
    );
    expect([...set.correlations.get('c')!.groupFields]).toEqual([
      ['x', ['source.ip', 'u']],
      ['y', ['client.ip', 'u']],
    ]);
  });
});

/** Random detections over few fields and values, so that rules and events meet often. */
const field = fc.constantFrom('a', 'b', 'c.d', 'e');
const value = fc.constantFrom('x', 'y', 'xy', 'X*', 'n', '?', '');
const modifier = fc.constantFrom('', '', '|contains', '|startswith', '|endswith', '|cased', '|neq', '|windash');
const item = fc
  .tuple(field, modifier, fc.array(value, { minLength: 1, maxLength: 3 }))
  .map(([name, mod, values]) => ({ [name + mod]: values }));
const special = fc.constantFrom(
  { 'a|exists': true },
  { 'b|exists': false },
  { 'c.d': null },
  { 'a|fieldref': 'b' },
  { 'e|contains|all': ['x', 'y'] },
);
const maps = fc
  .array(fc.oneof(item, special), { minLength: 1, maxLength: 3 })
  .map((items): object => Object.assign({}, ...items));
const search = fc.oneof(
  maps,
  fc.array(maps, { minLength: 1, maxLength: 2 }),
  fc.array(fc.constantFrom('x', 'zz'), { minLength: 1, maxLength: 2 }),
);
const condition = fc.constantFrom(
  's1',
  's1 and s2',
  's1 or s2',
  's1 and not s2',
  'not s1',
  '1 of s*',
  'not s1 or not s2',
);
const content = fc.oneof(value, fc.array(value, { maxLength: 2 }), fc.constant(null), fc.constant(undefined));
const event = fc.record({
  a: content,
  b: content,
  c: fc.oneof(fc.constant(undefined), fc.record({ d: content })),
  e: content,
});

describe('the index of a rule set', () => {
  it('finds exactly the rules that match one by one', { timeout: 60_000 }, () => {
    const detections = fc.array(fc.tuple(search, search, condition), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(detections, fc.array(event, { minLength: 1, maxLength: 5 }), (made, events) => {
        const texts = made.map(([s1, s2, text], index) =>
          rule(`r${index}`, JSON.stringify({ s1, s2, condition: text })),
        );
        const rules = documents(...texts).filter((it): it is SigmaRule => it.kind === 'rule');
        const set = compileRuleset(rules);
        const alone = rules.map((it) => compileRuleset([it]));
        for (const one of events) {
          expect(ids(set.match(one))).toEqual(alone.flatMap((it) => ids(it.match(one))));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a rule set after a change', () => {
  const two = (a: string, b: string) =>
    documents(rule('a', `{ s: { f: ${a} }, condition: s }`), rule('b', `{ s: { f: ${b} }, condition: s }`));

  it('matches as one compiled anew, and so does the one before it', () => {
    const [a, b] = two('x', 'y');
    const before = compileRuleset([a!, b!]);
    expect(ids(before.match({ f: 'y' }))).toEqual(['b']);
    const [, changed, added] = [...two('x', 'z'), ...documents(rule('c', '{ s: { g.h: z }, condition: s }'))];
    const after = compileRuleset([a!, changed!, added!], null, before);
    for (const event of [{ f: 'x' }, { f: 'y' }, { f: 'z' }, { f: 'z', g: { h: 'z' } }]) {
      expect(ids(after.match(event))).toEqual(ids(compileRuleset([a!, changed!, added!]).match(event)));
    }
    expect(ids(before.match({ f: 'y', g: { h: 'z' } }))).toEqual(['b']);
  });

  it('keeps what it knows of a rule that did not change', () => {
    const [a, b] = two('x', 'x');
    const silent = documents(rule('b2', '{ s: { f: x }, condition: s }', undefined, 'level: informational'));
    const after = compileRuleset([...silent, a!], null, compileRuleset([a!, b!]));
    expect(after.match({ f: 'x' }).map(({ id, index, alerts }) => [id, index, alerts])).toEqual([
      ['b2', 0, false],
      ['a', 1, true],
    ]);
  });

  it('leaves out what a tenant does not want', () => {
    const set = compileRuleset(two('x', 'x'));
    expect(ids(set.match({ f: 'x' }, Uint8Array.of(0, 1)))).toEqual(['b']);
    expect(ids(set.match({ f: 'x' }, Uint8Array.of(0, 0)))).toEqual([]);
  });
});

describe('a rule set compiled after another one', () => {
  const named = (name: string, value: string) => rule(name, `{ s: { a: ${value} }, condition: s }`);
  const kept = documents(named('kept', 'x'));

  it('has the rules that changed, whatever stayed as it was', () => {
    const before = compileRuleset([...kept, ...documents(named('changed', 'old'))]);
    const after = compileRuleset([...kept, ...documents(named('changed', 'new'))], null, before);
    expect([{ a: 'x' }, { a: 'old' }, { a: 'new' }].map((event) => ids(after.match(event)))).toEqual([
      ['kept'],
      [],
      ['changed'],
    ]);
  });

  it('has more rules, or fewer, or others in their place', () => {
    const two = compileRuleset([...kept, ...documents(named('other', 'y'))]);
    const one = compileRuleset(kept, null, two);
    expect([{ a: 'x' }, { a: 'y' }].map((event) => ids(one.match(event)))).toEqual([['kept'], []]);
    const again = compileRuleset([...documents(named('other', 'y')), ...kept], null, one);
    expect([{ a: 'x' }, { a: 'y' }].map((event) => ids(again.match(event)))).toEqual([['kept'], ['other']]);
  });

  it('has the one rule that took the place of the only one', () => {
    const before = compileRuleset(kept);
    const after = compileRuleset(documents(named('kept', 'new')), null, before);
    expect([{ a: 'x' }, { a: 'new' }].map((event) => ids(after.match(event)))).toEqual([[], ['kept']]);
  });

  it('reads other fields when they are mapped otherwise', () => {
    const mapped = (field: string) => {
      const { pipeline } = parsePipeline(
        `transformations:\n  - type: add_condition\n    rule_conditions: [{ type: logsource, product: linux }]\n    conditions: { on: here }\n  - type: field_name_mapping\n    mapping: { a: ${field} }\n`,
        'p.yml',
      );
      return joinPipelines([pipeline!]);
    };
    const before = compileRuleset(kept, mapped('b'));
    const after = compileRuleset(kept, mapped('c'), before);
    expect(ids(after.match({ on: 'here', c: 'x' }))).toEqual(['kept']);
    expect(ids(after.match({ on: 'here', b: 'x' }))).toEqual([]);
  });

  it('shares nothing when events are routed otherwise', () => {
    const routed = (value: string) => {
      const { pipeline } = parsePipeline(
        `transformations:\n  - type: add_condition\n    rule_conditions: [{ type: logsource, product: linux }]\n    conditions: { on: ${value} }\n`,
        'p.yml',
      );
      return joinPipelines([pipeline!]);
    };
    const here = compileRuleset(kept, routed('here'));
    const there = compileRuleset(kept, routed('there'), here);
    expect(ids(there.match({ on: 'there', a: 'x' }))).toEqual(['kept']);
    expect(ids(there.match({ on: 'here', a: 'x' }))).toEqual([]);
    expect(ids(compileRuleset(kept, null, there).match({ a: 'x' }))).toEqual(['kept']);
  });
});
