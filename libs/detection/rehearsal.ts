import { alertId, joinSpan, spanOf, unionSpan, type Span } from '#alerts/alert-identity.js';
import type { AlertFinding } from '#alerts/finding.js';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from '#formats/normalise.js';
import type { Fixture } from '#sigma/fixture.js';
import type { Catalogue } from './catalogue.js';
import { decisionDelay, findAll, groupsOf } from './decision.js';
import { distinct, memberOf, type WindowMember } from './member-code.js';
import type { RuleMatch } from './rule-match.js';

/** When the lines of a fixture arrived, for those that do not say their year. */
const RECEIVED_AT = Date.UTC(2026, 2, 2, 12);

function merged(event: object, context: object): object {
  const entries = Object.entries(context).map(([key, value]) => {
    const known: unknown = Reflect.get(event, key);
    const both = typeof known === 'object' && known !== null && typeof value === 'object' && !Array.isArray(value);
    return [key, both ? merged(known, value) : value];
  });
  return { ...event, ...Object.fromEntries(entries) };
}

/** A fixture's history as the pipeline would hand it to detection. */
export function fixtureEvents({ lines, events, context }: Fixture): EcsEvent[] {
  const read = [...lines.map((raw) => normalise({ raw, receivedAt: RECEIVED_AT, timeZone: 'UTC' })), ...events];
  return read.map((event, at) => {
    const named = merged(event, { event: { id: String(at).padStart(6, '0') } });
    return merged(named, context) as EcsEvent;
  });
}

export interface RehearsedAlert {
  id: string;
  rule: string;
  groupKey: string;
  span: Span;
  events: Set<string>;
}

const meets = (one: Span, other: Span): boolean => one.last >= other.first && one.first <= other.last;

/** Windows and alerts in memory; the decisions are those of the server. */
export class Rehearsal {
  readonly alerts: RehearsedAlert[] = [];
  private readonly windows = new Map<string, WindowMember[]>();
  private readonly waiting: RuleMatch[] = [];

  constructor(private readonly catalogue: Catalogue) {}

  prepare(matches: RuleMatch[]): void {
    for (const group of groupsOf(matches)) this.add(group);
  }

  /** Decides what can be decided on arrival; the rest waits for `settle`. */
  deliver(matches: RuleMatch[]): void {
    this.prepare(matches);
    const { ready = [], waiting = [] } = Object.groupBy(matches, (match) => (this.waits(match) ? 'waiting' : 'ready'));
    this.waiting.push(...waiting);
    this.decide(ready);
  }

  /** Time passes until nothing late can change a decision. */
  settle(): void {
    this.decide(this.waiting.splice(0));
  }

  private waits({ ruleId, baseId }: RuleMatch): boolean {
    return decisionDelay(this.catalogue.alerting.get(ruleId)!, baseId) > 0;
  }

  private decide(matches: RuleMatch[]): void {
    for (const group of groupsOf(matches)) {
      const rule = this.catalogue.alerting.get(group[0]!.ruleId)!;
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

/** Ids of the rules that the fixture raises, one for each alert. */
export function rehearse(catalogue: Catalogue, fixture: Fixture): string[] {
  const rehearsal = new Rehearsal(catalogue);
  rehearsal.deliver(fixtureEvents(fixture).flatMap((event) => catalogue.matching.match(event)));
  rehearsal.settle();
  return rehearsal.alerts.map(({ rule }) => rule);
}
