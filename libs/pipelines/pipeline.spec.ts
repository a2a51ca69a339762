import { describe, expect, it } from 'vitest';
import type { SigmaRule } from '#sigma/document.js';
import type { Expression, Test } from '#sigma/expression.js';
import { fieldsOf } from '#sigma/expression-walk.js';
import { parseSigma } from '#sigma/parse.js';
import { parsePipeline } from './pipeline.js';
import { joinPipelines, route, routeOrReason, type LogsourceRouting } from './routing.js';
import { writeWildcard } from './write-wildcard.js';

const indent = (text: string) => text.trim().replaceAll('\n', '\n    ');
const pipelineOf = (...items: string[]) =>
  parsePipeline(`transformations:\n${items.map((item) => `  - ${indent(item)}\n`).join('')}`, 'p.yml');

function routingOf(...items: string[]): LogsourceRouting {
  const { pipeline, errors } = pipelineOf(...items);
  expect(errors).toEqual([]);
  return joinPipelines([pipeline!]);
}

function ruleOf(detection: string, logsource = '{ product: windows }', more = ''): SigmaRule {
  const { documents, errors } = parseSigma(
    `title: t\nid: t\nlevel: high\ntags: [attack.t1000]\nlogsource: ${logsource}\ndetection: { s: ${detection}, condition: s }\n${more}`,
    'r.yml',
  );
  expect(errors).toEqual([]);
  return documents[0] as SigmaRule;
}

const written = (test: Test): string => {
  if (test.op === 'text') return writeWildcard(test.tokens);
  if (test.op === 'any') return `(${test.of.map(written).join(' ')})`;
  return test.op === 'fieldref' ? `->${test.field}` : test.op;
};

/** An expression in short: `a=x,y` for a field with its values. */
function short(expression: Expression): string {
  if (expression.kind === 'not') return `not ${short(expression.of)}`;
  if (expression.kind === 'item') return `${expression.field ?? '*'}=${expression.tests.map(written).join(',')}`;
  const of = expression.of.map(short);
  return of.length === 1 ? of[0]! : `(${of.join(` ${expression.kind} `)})`;
}

const routed = (rule: SigmaRule, ...items: string[]) => short(route(rule, routingOf(...items))!.detection);

describe('field names', () => {
  it.each([
    ['{ type: field_name_mapping, mapping: { a: b } }', '{ a: x, c: y }', '(b=x and c=y)'],
    ['{ type: field_name_mapping, mapping: { a: [b, c] } }', '{ a: x }', '(b=x or c=x)'],
    ['{ type: field_name_mapping, mapping: { a: [b, c] } }', '{ a: null }', '(b=null and c=null)'],
    ['{ type: field_name_mapping, mapping: { a: [b, c] } }', '{ a|exists: false }', '(b=exists and c=exists)'],
    ['{ type: field_name_mapping, mapping: { a: [b, c] } }', '{ a|exists: true }', '(b=exists or c=exists)'],
    ['{ type: field_name_mapping, mapping: { b: c } }', '{ a|fieldref: b }', 'a=->c'],
    ['{ type: field_name_mapping, mapping: { b: [c, d] } }', '{ a|fieldref: b }', 'a=->c,->d'],
    ['{ type: field_name_mapping, mapping: { null: message } }', '[x]', 'message=*x*'],
    ['{ type: field_name_prefix_mapping, mapping: { win.: w. } }', '{ win.a: x, b: y }', '(w.a=x and b=y)'],
    ['{ type: field_name_prefix_mapping, mapping: { d.: [d., u.] } }', '{ d.a: x }', '(d.a=x or u.a=x)'],
    ['{ type: field_name_prefix, prefix: p. }', '{ a: x }', 'p.a=x'],
    ['{ type: field_name_prefix, prefix: p. }', '[x]', '*=*x*'],
    ['{ type: field_name_suffix, suffix: .k }', '{ a: x }', 'a.k=x'],
  ])('%s of %s gives %s', (item, detection, expected) => {
    expect(routed(ruleOf(detection), item)).toBe(expected);
  });

  it('leave out the field list and references only where conditions on names say so', () => {
    const rule = ruleOf('{ a|fieldref: b, c.d: x }', undefined, 'fields: [a, c.d]');
    const prefix = `type: field_name_prefix
prefix: p.
field_name_cond_not: true
field_name_conditions: [{ type: include_fields, mode: re, fields: ['\\w+\\.'] }]`;
    const found = route(rule, routingOf(prefix))!;
    expect(short(found.detection)).toBe('(p.a=->p.b and c.d=x)');
    expect(found.fields).toEqual(['p.a', 'c.d']);
    expect(fieldsOf(found.detection)).toEqual(['p.a', 'p.b', 'c.d']);
  });

  it('that one item has mapped are left alone by one that asks for it', () => {
    const map = '{ id: map, type: field_name_mapping, mapping: { a: [a, b] } }';
    const prefix = `type: field_name_prefix
prefix: p.
field_name_cond_not: true
field_name_conditions: [{ type: processing_item_applied, processing_item_id: map }]`;
    const found = route(ruleOf('{ a: x, c: y }', undefined, 'fields: [a, c]'), routingOf(map, prefix))!;
    expect([short(found.detection), found.fields]).toEqual(['((a=x or b=x) and p.c=y)', ['a', 'b', 'p.c']]);
  });
});

describe('values', () => {
  it.each([
    ['{ type: map_string, mapping: { x: y, z: [a, b] } }', '{ f: [x, z, w] }', 'f=y,a,b,w'],
    ["{ type: replace_string, regex: '^C:', replacement: 'D:' }", "{ f: 'C:\\x' }", 'f=D:\\x'],
    ["{ type: replace_string, regex: '(a)(?P<n>b)', replacement: '\\2\\g<n>\\1' }", '{ f: ab }', 'f=bba'],
    ["{ type: replace_string, regex: x, replacement: '*' }", '{ f: axb }', 'f=a*b'],
    ["{ type: replace_string, regex: x, replacement: '*', skip_special: true }", '{ f|contains: axb }', 'f=*a\\*b*'],
    [
      "{ type: replace_string, regex: '^C:', replacement: '?:', skip_special: true, interpret_special: true }",
      '{ f|startswith: C:/ }',
      'f=?:/*',
    ],
    ['{ type: set_value, value: 5 }', '{ f: [x, y] }', 'f=5,5'],
    ['{ type: set_value, value: null }', '{ f: x }', 'f=null'],
    ['{ type: convert_type, target_type: str }', '{ f: 1 }', 'f=1'],
    ['{ type: case, method: upper }', '{ f|startswith: ab }', 'f=AB*'],
    [
      '{ type: hashes_fields, valid_hash_algos: [MD5, SHA1], field_prefix: File }',
      '{ Hashes|contains: [MD5=aa, SHA1=bb, IMPHASH=cc] }',
      '(FileMD5=aa or FileSHA1=bb)',
    ],
    [
      '{ type: hashes_fields, valid_hash_algos: [MD5, SHA1] }',
      '{ Hashes|contains|all: [MD5=aa, SHA1=bb] }',
      '(MD5=aa and SHA1=bb)',
    ],
  ])('%s of %s gives %s', (item, detection, expected) => {
    expect(routed(ruleOf(detection), item)).toBe(expected);
  });

  it('of placeholders come from the variables', () => {
    const tokens = [{ placeholder: 'hosts' }, { text: '-' }, { placeholder: 'hosts' }];
    const tests = JSON.parse(JSON.stringify([{ op: 'text', tokens, cased: false }])) as Test[];
    const rule = { ...ruleOf('{ f: x }'), detection: { kind: 'item', field: 'f', tests, every: false } as const };
    const { pipeline } = parsePipeline(
      'vars: { hosts: [a, b*] }\ntransformations: [{ type: value_placeholders }]',
      'p',
    );
    expect(short(route(rule, joinPipelines([pipeline!]))!.detection)).toBe('f=a-a,a-b*,b*-a,b*-b*');
    expect(routeOrReason(rule, routingOf('{ type: value_placeholders }'))).toContain('needs the list "hosts"');
    expect(routed(rule, '{ type: wildcard_placeholders }')).toBe('f=*-*');
    expect(routed(rule, '{ type: value_placeholders, exclude: [hosts] }')).toBe('f=%hosts%-%hosts%');
  });
});

describe('conditions', () => {
  const mark = (conditions: string) => `type: field_name_suffix\nsuffix: '!'\n${conditions}`;
  const marked = (conditions: string, rule: SigmaRule) => routed(rule, mark(conditions)).includes('!');

  it.each([
    ['rule_conditions: [{ type: logsource, product: windows }]', true],
    ['rule_conditions: [{ type: logsource, product: windows, service: x }]', false],
    ['rule_conditions: [{ type: logsource, product: windows }]\nrule_cond_not: true', false],
    ['rule_conditions: [{ type: logsource, product: x }, { type: is_sigma_rule }]', false],
    ['rule_conditions: [{ type: logsource, product: x }, { type: is_sigma_rule }]\nrule_cond_op: or', true],
    ['rule_conditions: { a: { type: is_sigma_rule }, b: { type: tag, tag: x.y } }\nrule_cond_expr: a and not b', true],
    [
      'rule_conditions: { a: { type: is_sigma_rule }, b: { type: tag, tag: x.y } }\nrule_cond_expr: not (a or b)',
      false,
    ],
    ['rule_conditions: [{ type: is_sigma_correlation_rule }]', false],
    ['rule_conditions: [{ type: contains_field, field: f }]', true],
    ['rule_conditions: [{ type: contains_detection_item, field: f, value: 7 }]', true],
    ["rule_conditions: [{ type: contains_detection_item, field: f, value: 'a*' }]", true],
    ['rule_conditions: [{ type: contains_detection_item, field: f, value: b }]', false],
    ['rule_conditions: [{ type: tag, tag: attack.t1000 }]', true],
    ['rule_conditions: [{ type: rule_attribute, attribute: level, value: medium, op: gte }]', true],
    ['rule_conditions: [{ type: rule_attribute, attribute: level, value: critical, op: gte }]', false],
    ['rule_conditions: [{ type: rule_attribute, attribute: tags, value: attack.t1000, op: in }]', true],
    ['rule_conditions: [{ type: processing_item_applied, processing_item_id: none }]', false],
    ['rule_conditions: [{ type: processing_state, key: none, val: 1 }]', false],
    ["detection_item_conditions: [{ type: match_string, cond: any, pattern: '7' }]", true],
    ["detection_item_conditions: [{ type: match_string, cond: all, pattern: '7' }]", false],
    ['detection_item_conditions: [{ type: match_value, cond: any, value: 7 }]', true],
    ['detection_item_conditions: [{ type: contains_wildcard, cond: any }]', true],
    ['detection_item_conditions: [{ type: is_null, cond: any }]', false],
    ['field_name_conditions: [{ type: include_fields, fields: [f] }]', true],
    ['field_name_conditions: [{ type: exclude_fields, fields: [f] }]', false],
  ])('%s: %s', (conditions, expected) => {
    expect(marked(conditions, ruleOf('{ f: [7, a*] }'))).toBe(expected);
  });

  it('see what earlier items did', () => {
    const first = '{ id: one, type: set_state, key: k, val: 3 }';
    const state = mark('rule_conditions: [{ type: processing_state, key: k, val: 3, op: gte }]');
    const applied = mark('rule_conditions: [{ type: processing_item_applied, processing_item_id: one }]');
    expect(routed(ruleOf('{ f: x }'), first, state, applied)).toBe('f!!=x');
  });

  it('of the enclosing item hold for nested ones', () => {
    const nest = (product: string) => `type: nest
rule_conditions: [{ type: logsource, product: ${product} }]
items: [{ type: field_name_prefix, prefix: n. }]`;
    expect(routed(ruleOf('{ f: x }'), nest('windows'), nest('linux'))).toBe('n.f=x');
  });
});

describe('log sources', () => {
  const channel = (service: string, log: string) => `type: add_condition
rule_conditions: [{ type: logsource, product: windows, service: ${service} }]
conditions: { Channel: ${log} }`;
  const rename = '{ type: field_name_mapping, mapping: { Channel: winlog.channel, EventID: code } }';
  const security = '{ product: windows, service: security }';

  it('have the events that added conditions say, in the names that later items give', () => {
    const routing = routingOf(channel('security', 'Security'), rename);
    const found = route(ruleOf('{ EventID: 1 }', security), routing)!;
    expect([short(found.when), short(found.detection)]).toEqual(['winlog.channel=Security', 'code=1']);
    expect(route(ruleOf('{ f: x }', security), routing)!.when).toBe(found.when);
  });

  it.each([
    ['{ product: windows, service: dns }'],
    ['{ product: linux }'],
    ['{ product: windows, service: security, category: x }'],
  ])('such as %s, of which no item says the events, have none', (logsource) => {
    const routing = routingOf(channel('security', 'Security'));
    expect(route(ruleOf('{ f: x }', logsource), routing)).toBeNull();
    expect(routeOrReason(ruleOf('{ f: x }', logsource), routing)).toContain('no event has the log source');
  });

  it('are not looked at when no item says anything of them', () => {
    expect(short(route(ruleOf('{ EventID: x }'), routingOf(rename))!.when)).toBe('()');
  });

  it('may be changed for others', () => {
    const change = `type: change_logsource
rule_conditions: [{ type: logsource, category: ps_script }]
product: windows
service: security`;
    const found = route(ruleOf('{ f: x }', '{ category: ps_script }'), routingOf(change, channel('security', 'S')))!;
    expect(short(found.when)).toBe('Channel=S');
  });

  it('fill templates, and several maps mean any of them', () => {
    const template = `type: add_condition
rule_conditions: [{ type: logsource, product: zeek }]
template: true
conditions: [{ _path: $service }, { dataset: 'zeek.\${service}' }]`;
    const found = route(ruleOf('{ f: x }', '{ product: zeek, service: dns }'), routingOf(template))!;
    expect(short(found.when)).toBe('(_path=dns or dataset=zeek.dns)');
  });

  it('do not take conditions that depend on the rule: these belong to its detection', () => {
    const extra = `type: add_condition
negated: true
rule_conditions: [{ type: contains_field, field: f }]
conditions: { g: y }`;
    const found = route(ruleOf('{ f: x }', security), routingOf(channel('security', 'S'), extra))!;
    expect([short(found.when), short(found.detection)]).toEqual(['Channel=S', '(not g=y and f=x)']);
  });
});

describe('a pipeline', () => {
  it.each([
    ['{ type: rule_failure, message: no such log }', 'no such log'],
    [
      'type: detection_item_failure\nmessage: bad f\nfield_name_conditions: [{ type: include_fields, fields: [f] }]',
      'bad f',
    ],
    ['{ type: drop_detection_item }', 'drops everything'],
    ['{ type: strict_field_mapping_failure }', 'maps no field f'],
    ['{ type: convert_type, target_type: num }', 'is no number'],
  ])('may refuse a rule: %s', (item, reason) => {
    expect(routeOrReason(ruleOf('{ f: x }'), routingOf(item))).toContain(reason);
  });

  it('drops what its conditions name and keeps the rest', () => {
    const drop = 'type: drop_detection_item\nfield_name_conditions: [{ type: include_fields, fields: [f] }]';
    expect(routed(ruleOf('{ f: x, g: y }'), drop)).toBe('g=y');
  });

  it('changes the list of fields', () => {
    const items = ['{ type: add_field, field: [x, y] }', '{ type: remove_field, field: y }'];
    expect(route(ruleOf('{ f: x }', undefined, 'fields: [f]'), routingOf(...items))!.fields).toEqual(['f', 'x']);
    expect(route(ruleOf('{ f: x }'), routingOf('{ type: set_field, fields: [z] }'))!.fields).toEqual(['z']);
  });

  it('is applied after those of lower priority', () => {
    const read = (priority: number, prefix: string) =>
      parsePipeline(`priority: ${priority}\ntransformations: [{ type: field_name_prefix, prefix: ${prefix} }]`, 'p')
        .pipeline!;
    const { detection } = route(ruleOf('{ f: x }'), joinPipelines([read(20, 'outer.'), read(10, 'inner.')]))!;
    expect(short(detection)).toBe('outer.inner.f=x');
  });

  it.each([
    ['{ type: regex, method: plain }', '2: transformations.0.type: the transformation "regex" is not supported'],
    ['{ type: http_placeholders, url: x }', 'reads nothing but itself'],
    [
      '{ type: field_mapping, mapping: {} }',
      'the transformation "field_mapping" is not known; known are field_name_mapping',
    ],
    ['type: field_name_prefix\nprefix: a\nprefx: b', '4: transformations.0.prefx: unknown field "prefx"'],
    [
      'type: set_state\nkey: k\nval: 1\nrule_conditions: [{ type: logsrc }]',
      '5: transformations.0.rule_conditions.0.type: the condition "logsrc" is not known',
    ],
    ['type: set_state\nkey: k\nval: 1\nrule_conditions: [{ type: logsource, produkt: x }]', 'unknown field "produkt"'],
    [
      'type: add_condition\nconditions: { a|like: b }',
      '3: transformations.0.conditions.a|like: the modifier "like" is not known',
    ],
    ["{ type: replace_string, regex: '(', replacement: x }", 'the regular expression is refused'],
    ["type: case\nfield_name_conditions: [{ type: include_fields, mode: re, fields: ['('] }]", 'refused'],
    ['type: case\nrule_conditions: { a: { type: is_sigma_rule } }\nrule_cond_expr: b', 'names "b", which is none'],
    [
      'type: case\nrule_conditions: { a: { type: is_sigma_rule }, c: { type: is_sigma_rule } }\nrule_cond_expr: a',
      'does not name the condition "c"',
    ],
    ['type: case\nrule_conditions: [{ type: is_sigma_rule }]\nrule_cond_expr: a', 'as a map of names'],
    ['type: nest\nitems: [{ type: regex }]', 'items.0.type: the transformation "regex" is not supported'],
  ])('with %s is refused', (item, expected) => {
    const { pipeline, errors } = pipelineOf(item);
    expect(pipeline).toBeNull();
    expect(errors.map(({ line, message }) => `${line}: ${message}`).join('\n')).toContain(expected);
  });

  it.each([
    ['postprocessing: [{ type: embed }]', 'change the text of queries'],
    ['transformation: []', 'unknown field "transformation"'],
    ['name: a\n---\nname: b', 'a file holds one pipeline'],
    ['{', 'YAML'],
  ])('file with %s is refused', (text, expected) => {
    expect(parsePipeline(text, 'p.yml').errors[0]!.message).toContain(expected);
  });
});
