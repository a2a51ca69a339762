import { describe, expect, it } from 'vitest';
import { compileCatalogue } from './catalogue.js';
import { findAll, groupsOf, techniquesOf, type AlertingRule } from './decision.js';
import { memberOf } from './member-code.js';
import type { RuleMatch } from './rule-match.js';

const RULES = `
title: Failed access
name: failed
logsource: { category: authentication }
detection:
  selection: { event.outcome: failure }
  condition: selection
---
title: Mode change
id: mode
level: high
tags: [attack.t0858, attack.evasion]
logsource: { category: ot }
detection:
  selection: { ot.operation: mode_change }
  condition: selection
plantwatch: { dedup: 10m }
---
title: Repeated failed access
id: repeated
correlation:
  type: event_count
  rules: [failed]
  group-by: [source.ip]
  timespan: 1m
  condition: { gte: 6 }
`;
const SECOND = 1000;
const { alerting } = compileCatalogue([{ path: 'rules.yml', text: RULES }], null);
const single = alerting.get('mode') as AlertingRule;
const repeated = alerting.get('repeated') as AlertingRule;

function matchesAt(ruleId: string, ...seconds: number[]): RuleMatch[] {
  return seconds.map((second) => ({
    ruleId,
    baseId: ruleId === 'repeated' ? 'failed' : ruleId,
    eventId: `e${second}`,
    time: second * SECOND,
    order: String(second).padStart(8, '0'),
    group: { 'source.ip': '192.0.2.7' },
    groupKey: '["192.0.2.7"]',
    value: null,
    weight: 1,
    assetId: second % 2 ? 'odd' : null,
    summary: `at ${second}`,
  }));
}

const idsOf = (finding?: { events: { id: string }[] }) => finding?.events.map(({ id }) => id);

describe('a rule that needs one event', () => {
  it('is one finding until its group was quiet for as long as the rule says', () => {
    const stream = matchesAt('mode', 700, 0, 90, 1301);
    const findings = findAll(single, stream, stream.map(memberOf));
    expect(findings.map(idsOf)).toEqual([['e0', 'e90'], ['e700'], ['e1301']]);
  });

  it('names the first event of its alert and the fresh ones', () => {
    const stream = matchesAt('mode', 0, 90, 600, 1100);
    expect(findAll(single, stream.slice(2, 3), stream.map(memberOf)).map(idsOf)).toEqual([['e0', 'e600']]);
  });

  it('says what an alert needs', () => {
    const fresh = matchesAt('mode', 3);
    const [finding] = findAll(single, fresh, fresh.map(memberOf));
    expect(finding).toEqual({
      rule: { id: 'mode', title: 'Mode change', level: 'high', techniques: ['T0858'], description: '' },
      group: { 'source.ip': '192.0.2.7' },
      groupKey: '["192.0.2.7"]',
      joinGap: 600 * SECOND,
      events: [{ id: 'e3', time: 3 * SECOND }],
      assetIds: ['odd'],
      summary: 'at 3',
    });
  });
});

describe('a correlation', () => {
  const stream = matchesAt('repeated', 0, 5, 10, 15, 20, 25, 30, 200, 201);
  const members = stream.map(memberOf);

  it('finds the whole window, its first event first', () => {
    const [finding, ...others] = findAll(repeated, stream.slice(5, 6), members);
    expect(others).toEqual([]);
    expect(idsOf(finding)).toEqual(['e0', 'e5', 'e10', 'e15', 'e20', 'e25', 'e30']);
    expect(finding).toMatchObject({ joinGap: 60 * SECOND, assetIds: ['odd'], rule: { level: 'medium' } });
  });

  it('names the first event of an episode before, when both are one alert', () => {
    const later = matchesAt('repeated', 85, 89, 90, 91, 92, 93);
    const [finding] = findAll(repeated, later, [...members, ...later.map(memberOf)]);
    expect(idsOf(finding)).toEqual(['e0', 'e25', 'e30', 'e85', 'e89', 'e90', 'e91', 'e92', 'e93']);
  });

  it('finds nothing that no fresh match is part of', () => {
    expect(findAll(repeated, stream.slice(7), members)).toEqual([]);
  });

  it('names of a long episode its anchor and what is near the fresh matches', () => {
    const long = matchesAt('repeated', ...Array.from({ length: 100 }, (_, at) => at * 5));
    const [finding] = findAll(repeated, long.slice(-1), long.map(memberOf));
    expect(idsOf(finding)?.slice(0, 2)).toEqual(['e0', 'e435']);
    expect(finding?.events).toHaveLength(14);
  });

  it('names an event once that matched two of its rules', () => {
    const twice = [...members, ...members.map((member) => ({ ...member, rule: 'other' }))];
    expect(findAll(repeated, stream, twice)[0]?.events).toHaveLength(7);
  });
});

it('matches are decided together that share rule and group', () => {
  const [one, two, three] = [...matchesAt('mode', 1, 2), ...matchesAt('repeated', 3)];
  expect(groupsOf([one!, three!, two!]).map((group) => group.length)).toEqual([2, 1]);
});

it('techniques are read from tags, each once', () => {
  expect(
    techniquesOf(['attack.t0859', 'attack.t1021.002', 'attack.t0859', 'cve.2023-1', 'attack.lateral-movement']),
  ).toEqual(['T0859', 'T1021.002']);
});
