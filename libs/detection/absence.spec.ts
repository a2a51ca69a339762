import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertFinding } from '#alerts/finding.js';
import { compileCatalogue } from './catalogue.js';
import { decisionDelay, findAll, GRACE, isEvidence, type AlertingRule } from './decision.js';
import { memberOf, type WindowMember } from './member-code.js';
import type { RuleMatch } from './rule-match.js';

const rule = (name: string) => `
title: ${name}
name: ${name}
logsource: { category: ot }
detection: { selection: { event.action: ${name} }, condition: selection }
`;
const RULES = [
  ...['stopped', 'approved', 'started'].map(rule),
  `
title: Stopped without approval
id: unapproved
correlation:
  type: temporal
  rules: [stopped, approved]
  group-by: [host.name]
  timespan: 5m
  condition: stopped and not approved
`,
  `
title: Started after it
id: chained
correlation:
  type: temporal_ordered
  rules: [unapproved, started]
  group-by: [host.name]
  timespan: 10m
`,
].join('---');
const SECOND = 1000;
const { alerting, errors } = compileCatalogue([{ path: 'rules.yml', text: RULES }], null);
const copy = compileCatalogue(
  [{ path: 'rules.yml', text: RULES.slice(0, RULES.indexOf('---\ntitle: Started after')) }],
  null,
);
const unapproved = copy.alerting.get('unapproved') as AlertingRule;
const chained = alerting.get('chained') as AlertingRule;

function match(ruleId: string, baseId: string, second: number): RuleMatch {
  return {
    ruleId,
    baseId,
    eventId: `${baseId}${second}`,
    time: second * SECOND,
    order: String(second).padStart(8, '0'),
    group: { 'host.name': 'plc' },
    groupKey: '["plc"]',
    value: null,
    weight: 1,
    assetId: null,
    summary: '',
  };
}

const idsOf = (findings: readonly AlertFinding[]) => findings.map(({ events }) => events.map(({ id }) => id));

describe('a rule that wants something to be absent', () => {
  it('is decided when that would have come, and what speaks against it at once', () => {
    expect(errors).toEqual([]);
    expect(decisionDelay(unapproved, 'stopped')).toBe(300 * SECOND + GRACE);
    expect(decisionDelay(unapproved, 'approved')).toBe(0);
    expect(decisionDelay(chained, 'started')).toBe(300 * SECOND + GRACE);
    expect(isEvidence(chained, 'approved')).toBe(false);
  });

  it.each([
    ['nothing came', [], [['stopped1000']]],
    ['it came as late as it may', [1300], []],
    ['it came too late', [1301], [['stopped1000']]],
    ['it came before', [700], []],
    ['it came too early', [699], [['stopped1000']]],
  ])('when %s', (_, approvals, expected) => {
    const fresh = [match('unapproved', 'stopped', 1000)];
    const others = approvals.map((second) => match('unapproved', 'approved', second));
    expect(idsOf(findAll(unapproved, fresh, [...fresh, ...others].map(memberOf)))).toEqual(expected);
  });

  it('finds nothing for what only speaks against it', () => {
    const fresh = [match('unapproved', 'approved', 2000)];
    const members = [...fresh, match('unapproved', 'stopped', 1000)].map(memberOf);
    expect(findAll(unapproved, fresh, members)).toEqual([]);
  });

  it('leaves to its own job what came after the match that is decided', () => {
    const [first, second] = [match('unapproved', 'stopped', 1000), match('unapproved', 'stopped', 1200)];
    const members = [first, second].map(memberOf);
    expect(idsOf(findAll(unapproved, [first], members))).toEqual([['stopped1000']]);
    expect(idsOf(findAll(unapproved, [second], members))).toEqual([['stopped1000', 'stopped1200']]);
  });
});

/** Matches with the times at which they arrive, none later than it may. */
const history = fc
  .uniqueArray(fc.record({ second: fc.nat(2000), late: fc.nat(GRACE / SECOND - 1), kind: fc.nat(2) }), {
    maxLength: 20,
    selector: ({ second }) => second,
  })
  .map((steps) =>
    steps.map(({ second, late, kind }) => ({
      base: ['stopped', 'approved', 'started'][kind]!,
      second,
      arrival: (second + late) * SECOND,
    })),
  );

/** The events of each alert once every job has run at its time. */
function live(subject: AlertingRule, matches: { match: RuleMatch; arrival: number }[]): Set<string>[] {
  const jobs = matches.map(({ match: one, arrival }) => ({
    one,
    at: arrival + decisionDelay(subject, one.baseId),
  }));
  const alerts = new Map<string, Set<string>>();
  for (const { one, at } of jobs.toSorted((a, b) => a.at - b.at)) {
    const known = matches.filter(({ arrival }) => arrival <= at).map((it): WindowMember => memberOf(it.match));
    for (const { events } of findAll(subject, [one], known)) {
      const first = events[0]!.id;
      alerts.set(first, new Set([...(alerts.get(first) ?? []), ...events.map(({ id }) => id)]));
    }
  }
  return [...alerts.values()];
}

describe.each([
  ['unapproved', unapproved],
  ['chained', chained],
])('%s, live', (id, subject) => {
  it('alerts on no event that the whole history does not, whatever the order of arrival', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const matches = steps.map(({ base, second, arrival }) => ({ match: match(id, base, second), arrival }));
        const all = matches.map((it) => it.match);
        const whole = findAll(subject, all, all.map(memberOf)).flatMap(({ events }) => events.map((it) => it.id));
        const found = live(subject, matches).flatMap((events) => [...events]);
        expect(new Set(found)).toEqual(new Set(whole));
      }),
      { numRuns: 1000 },
    );
  });
});
