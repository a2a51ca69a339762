import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { compileCatalogue } from './catalogue.js';
import { findAll, groupsOf } from './decision.js';
import { decodeMember, encodeMember, memberOf } from './member-code.js';
import { ruleMatch } from './rule-match.js';

const correlation = (id: string, section: string) => `
title: ${id}
name: ${id}
correlation: { timespan: 1h, ${section} }
`;
const RULES = [
  `
title: Transfer
name: transfer
logsource: { category: network }
detection: { selection: { event.action: transfer }, condition: selection }
`,
  correlation(
    'sum',
    'type: value_sum, rules: [transfer], group-by: [source.ip], condition: { field: bytes, gt: 1000 }',
  ),
  correlation('mean', 'type: value_avg, rules: [transfer], group-by: [source.ip], condition: { field: bytes, lt: 1 }'),
  correlation('middle', 'type: value_median, rules: [transfer], condition: { field: bytes, eq: 2.5 }'),
  correlation(
    'high',
    'type: value_percentile, rules: [transfer], condition: { field: bytes, percentile: 90, gte: 91 }',
  ),
  correlation('rare', 'type: value_percentile, rules: [transfer], condition: { field: user.name, lte: 20 }'),
  correlation(
    'often',
    'type: event_count, rules: [transfer], group-by: [source.ip, user.name], condition: { gte: 3 }, generate: true',
  ),
  correlation(
    'spread',
    'type: value_count, rules: [often], group-by: [source.ip], condition: { field: user.name, gte: 2 }',
  ),
].join('---');
const { matching, alerting, errors } = compileCatalogue([{ path: 'rules.yml', text: RULES }], null);

let second = 0;
function transfer(bytes: number | string, user = 'root'): EcsEvent & { bytes: number | string } {
  second++;
  return {
    '@timestamp': new Date(Date.UTC(2026, 10, 23) + second * 1000).toISOString(),
    event: { original: '', id: `e${second}`, created: '', kind: 'event', dataset: 'x', action: 'transfer' },
    message: '',
    source: { ip: '192.0.2.7' },
    user: { name: user },
    bytes,
  };
}

/** Ids of the rules that find something, when all travels through the queue and the open windows as it does live. */
function found(...events: EcsEvent[]): string[] {
  const matches = events.flatMap((event) => matching.match(event));
  const sent = matches.map((match) => ruleMatch.parse(JSON.parse(JSON.stringify(match))));
  const findings = groupsOf(sent).flatMap((group) => {
    const stored = group.map(memberOf).map((member) => decodeMember(encodeMember(member), member.time));
    return findAll(alerting.get(group[0]!.ruleId)!, group, stored);
  });
  return [...new Set(findings.map(({ rule }) => rule.id))];
}

describe('from events to findings', () => {
  it('the rules are sound', () => {
    expect(errors).toEqual([]);
  });

  it.each([
    ['sum', [transfer(999), transfer('1'), transfer(0.5)], true],
    ['sum', [transfer(999), transfer('1')], false],
    ['sum', [transfer(999), transfer('many')], false],
    ['mean', [transfer(0.5)], true],
    ['mean', [transfer(1)], false],
    ['middle', [transfer(4), transfer(1), transfer(3), transfer(2)], true],
    ['middle', [transfer(4), transfer(2)], false],
    ['high', Array.from({ length: 101 }, (_, at) => transfer(at + 1)), true],
    ['high', Array.from({ length: 101 }, (_, at) => transfer(at)), false],
    ['rare', [...'aaaab'].map((name) => transfer(0, name)), true],
    ['rare', [...'aaab'].map((name) => transfer(0, name)), false],
    ['spread', [...'aaabbb'].map((name) => transfer(0, name)), true],
    ['spread', [...'aaabb'].map((name) => transfer(0, name)), false],
    ['spread', [...'abcdef'].map((name) => transfer(0, name)), false],
  ])('%s: case %#', (id, events, expected) => {
    expect(found(...events).includes(id)).toBe(expected);
  });
});
