import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AlertFinding } from '#alerts/finding.js';
import { alertId, joinSpan, spanOf, unionSpan, type Span } from '#alerts/alert-identity.js';
import { compileCatalogue } from '#detection/catalogue.js';
import { findAll, groupsOf } from '#detection/decision.js';
import { distinct, memberOf, type WindowMember } from '#detection/member-code.js';
import { RuleCatalogueRepository } from '#detection/rule-catalogue.repository.js';
import type { RuleMatch } from '#detection/rule-match.js';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from '#ecs/normalise.js';
import { parseFixtures, type Fixture } from '#sigma/fixture.js';
import { loadPipelines } from '#sigma/pipeline-set.js';

const meets = (one: Span, other: Span): boolean => one.last >= other.first && one.first <= other.last;

const RECEIVED_AT = Date.UTC(2026, 2, 2, 12);

const stored = new RuleCatalogueRepository();
const { routing } = await loadPipelines(['ot'], (name) => stored.pipeline(name));
const catalogue = compileCatalogue(await stored.rules(), routing);
const fixtureFiles = globSync('rules/*/*.fixtures.yml').toSorted();

function merged(event: object, context: object): object {
  const entries = Object.entries(context).map(([key, value]) => {
    const known: unknown = Reflect.get(event, key);
    const both = typeof known === 'object' && known !== null && typeof value === 'object' && !Array.isArray(value);
    return [key, both ? merged(known, value) : value];
  });
  return { ...event, ...Object.fromEntries(entries) };
}

function eventsOf({ lines, events, context }: Fixture): EcsEvent[] {
  const read = [...lines.map((raw) => normalise({ raw, receivedAt: RECEIVED_AT, timeZone: 'UTC' })), ...events];
  return read.map((event, at) => {
    const named = merged(event, { event: { id: String(at).padStart(6, '0') } });
    return merged(named, context) as EcsEvent;
  });
}

interface Alert {
  id: string;
  rule: string;
  groupKey: string;
  span: Span;
  events: Set<string>;
}

/** Windows and alerts in memory; the decisions are those of the server. */
class Memory {
  readonly alerts: Alert[] = [];
  private readonly windows = new Map<string, WindowMember[]>();

  prepare(matches: RuleMatch[]): void {
    for (const group of groupsOf(matches)) this.add(group);
  }

  decide(matches: RuleMatch[]): void {
    for (const group of groupsOf(matches)) {
      const rule = catalogue.alerting.get(group[0]!.ruleId)!;
      for (const finding of findAll(rule, group, this.add(group))) this.raise(finding);
    }
  }

  private add(group: RuleMatch[]): WindowMember[] {
    const key = `${group[0]!.ruleId}\n${group[0]!.groupKey}`;
    const members = distinct([...(this.windows.get(key) ?? []), ...group.map(memberOf)]);
    this.windows.set(key, members);
    return members;
  }

  private raise(finding: AlertFinding): void {
    const { rule, groupKey, events } = finding;
    const known = this.alerts.find(
      (it) => it.rule === rule.id && it.groupKey === groupKey && meets(it.span, joinSpan(finding)),
    );
    const ids = events.map(({ id }) => id);
    if (!known) {
      const alert = { id: alertId('tenant', finding), rule: rule.id, groupKey, span: spanOf(finding) };
      this.alerts.push({ ...alert, events: new Set(ids) });
      return;
    }
    known.span = unionSpan(known.span, spanOf(finding));
    for (const id of ids) known.events.add(id);
  }
}

const answer = ({ alerts }: Memory) =>
  alerts.map(({ id, rule, events }) => ({ id, rule, events: [...events].toSorted() })).toSorted(byId);
const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
const nameOf = (id: string) => catalogue.documents.get(id)?.name ?? id;

it('the server accepts the shipped rules', () => {
  expect(catalogue.errors).toEqual([]);
});

describe.each(fixtureFiles)('%s', (file) => {
  const { fixtures, errors } = parseFixtures(readFileSync(file, 'utf8'), file);

  it('can be read', () => {
    expect(errors).toEqual([]);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    const matches = eventsOf(fixture).map((event) => catalogue.matching.match(event));
    const atOnce = new Memory();
    atOnce.decide(matches.flat());
    expect(atOnce.alerts.map(({ rule }) => nameOf(rule)).toSorted()).toEqual(fixture.alerts.toSorted());

    const oneByOne = new Memory();
    for (const some of matches) oneByOne.decide(some);
    expect(answer(oneByOne)).toEqual(answer(atOnce));

    const overtaking = new Memory();
    for (const some of matches) overtaking.prepare(some);
    for (const some of [...matches.toReversed(), ...matches]) overtaking.decide(some);
    expect(answer(overtaking)).toEqual(answer(atOnce));
  });
});
