import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { evaluate, type Member } from './correlation.js';
import { compileRuleset } from './ruleset.js';

/** The examples of the specification's repository and of its text (sigma-correlation-rules-specification.md 2.1.0). */
const folder = 'test/fixtures/sigma/spec_examples/correlation';
const rule = (id: string) =>
  `title: ${id}\nid: ${id}\nlogsource: { product: p }\ndetection: { s: { a: ${id} }, condition: s }`;

function compiled(text: string, ...rules: string[]) {
  const { documents, errors } = parseSigma([text, ...rules.map(rule)].join('\n---\n'), 'example.yml');
  const ruleset = compileRuleset(documents);
  expect([...errors, ...ruleset.errors]).toEqual([]);
  return ruleset.correlations.get(documents[0]!.id)!;
}

const example = (name: string, ...rules: string[]) => compiled(readFileSync(`${folder}/${name}.yml`, 'utf8'), ...rules);

let arrival = 0;
function member(minutes: number, name: string, value?: string | number): Member {
  const order = String(arrival++).padStart(6, '0');
  return { rule: name, id: order, order, time: minutes * 60_000, value };
}
const repeat = (count: number, make: (at: number) => Member) => Array.from({ length: count }, (_, at) => make(at));

describe('the examples of the specification', () => {
  const logon = '5638f7c0-ac70-491d-8465-2a65075e0d86';

  it.each(['event_count', 'event_count_ecs'])('%s: a hundred in an hour', (name) => {
    const subject = example(name, logon);
    const evenly = (count: number, over: number) => repeat(count, (at) => member((at * over) / (count - 1), logon));
    expect(evaluate(subject, evenly(100, 60))).toHaveLength(1);
    expect(evaluate(subject, evenly(99, 60))).toEqual([]);
    expect(evaluate(subject, evenly(100, 60.1))).toEqual([]);
  });

  it('value_count: a hundred different users in a day', () => {
    const subject = example('value_count', logon);
    const users = (count: number) => repeat(200, (at) => member(at, logon, `user${at % count}`));
    expect(evaluate(subject, users(100))).toHaveLength(1);
    expect(evaluate(subject, users(99))).toEqual([]);
  });

  it('temporal: three commands in any order within five minutes', () => {
    const subject = example('temporal', 'recon_cmd_a', 'recon_cmd_b', 'recon_cmd_c');
    const at = (b: number) => [member(0, 'recon_cmd_c'), member(b, 'recon_cmd_b'), member(1, 'recon_cmd_a')];
    expect(evaluate(subject, at(5))).toHaveLength(1);
    expect(evaluate(subject, at(5.01))).toEqual([]);
  });

  it('temporal_ordered: the same in the order given', () => {
    const subject = example('temporal_ordered', 'recon_cmd_a', 'recon_cmd_b', 'recon_cmd_c');
    const at = (b: number) => [member(0, 'recon_cmd_a'), member(b, 'recon_cmd_b'), member(5, 'recon_cmd_c')];
    expect(evaluate(subject, at(2))).toHaveLength(1);
    expect(evaluate(subject, at(5.01))).toEqual([]);
  });

  it('value_sum: more than a million bytes in an hour', () => {
    const subject = example('value_sum', 'website_access');
    const bytes = (...sizes: number[]) => sizes.map((size, at) => member(at * 30, 'website_access', size));
    expect(evaluate(subject, bytes(500_000, 500_000, 1))).toHaveLength(1);
    expect(evaluate(subject, bytes(500_000, 500_000, 0))).toEqual([]);
    expect(evaluate(subject, bytes(500_000, 0, 0, 500_001))).toEqual([]);
  });

  it('value_avg: above five hundred bytes on average in a day', () => {
    const subject = example('value_avg', 'rule_a_id');
    const bytes = (...sizes: number[]) => sizes.map((size, at) => member(at, 'rule_a_id', size));
    expect(evaluate(subject, bytes(0, 1000, 501))).toMatchObject([{ at: 120_000 }]);
    expect(evaluate(subject, bytes(0, 1000, 500))).toEqual([]);
  });

  it('value_percentile: a process that is one in a hundred or rarer on its computer', () => {
    const subject = example('value_percentile', 'process_creation');
    const processes = (usual: number) => [
      ...repeat(usual, (at) => member(at, 'process_creation', `usual${at % 5}.exe`)),
      member(usual, 'process_creation', 'rare.exe'),
    ];
    expect(evaluate(subject, processes(99))).toMatchObject([{ at: 99 * 60_000 }]);
    expect(evaluate(subject, processes(98))).toEqual([]);
  });
});

describe('in the text of the specification', () => {
  it('ten failed log-ons followed by a successful one are found, each part in ten minutes', () => {
    const text = `
title: Correlation - Multiple Failed Logins Followed by Successful Login
correlation:
    type: temporal_ordered
    rules: [multiple_failed_login, successful_login]
    group-by: [User]
    timespan: 10m
falsepositives: [Unlikely]
level: high
---
title: Multiple failed logons
name: multiple_failed_login
correlation:
    type: event_count
    rules: [failed_login]
    group-by: [User]
    timespan: 10m
    condition:
        gte: 10`;
    const subject = compiled(text, 'failed_login', 'successful_login');
    const failures = (count: number) => repeat(count, (at) => member(at, 'failed_login'));
    expect(evaluate(subject, [...failures(10), member(19, 'successful_login')])).toHaveLength(1);
    expect(evaluate(subject, [...failures(10), member(19.01, 'successful_login')])).toEqual([]);
    expect(evaluate(subject, [...failures(9), member(10, 'successful_login')])).toEqual([]);
  });

  it('aliases name the same address in different fields', () => {
    const text = `
title: aliases
correlation:
    type: temporal
    rules: [internal_error, new_network_connection]
    group-by: [internal_ip, remote_ip]
    timespan: 10s
    aliases:
        internal_ip: { internal_error: destination.ip, new_network_connection: source.ip }
        remote_ip: { internal_error: source.ip, new_network_connection: destination.ip }`;
    expect([...compiled(text, 'internal_error', 'new_network_connection').groupFields]).toEqual([
      ['internal_error', ['destination.ip', 'source.ip']],
      ['new_network_connection', ['source.ip', 'destination.ip']],
    ]);
  });
});
