import { Injectable, Logger } from '@nestjs/common';
import { Alerts } from '#alerts/alerts.service.js';
import type { AlertFinding } from '#alerts/finding.js';
import { AuditService } from '#audit/audit.service.js';
import { couldFind } from '#engine/correlation-prospect.js';
import { Clock } from '#platform/clock.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { decisionDelay, findAll, groupsOf, isEvidence, joinGapOf, reachOf, type AlertingRule } from './decision.js';
import { memberOf } from './member-code.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import type { RuleMatch } from './rule-match.js';
import { Suppressions } from './suppressions.service.js';
import { UndecidedRepository } from './undecided.repository.js';
import { CAPACITY, WindowRepository, type WindowGroup } from './window.repository.js';

/** Matches of one group, with the rule that decides over them. */
interface Group {
  rule: AlertingRule;
  matches: RuleMatch[];
  window: WindowGroup;
}

/** Runs the rules over what matched. Jobs may be repeated and overtake each other: the alerts are the same. */
@Injectable()
export class DecideService {
  private readonly log = new Logger('detection');

  constructor(
    private readonly rules: RuleCatalogue,
    private readonly windows: WindowRepository,
    private readonly undecided: UndecidedRepository,
    private readonly suppressions: Suppressions,
    private readonly alerts: Alerts,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds from now at which a match that has just arrived can be decided. */
  delayOf({ ruleId, baseId }: RuleMatch): number {
    const rule = this.rules.alerting(ruleId);
    return rule ? decisionDelay(rule, baseId) : 0;
  }

  /** Whether another job may decide it: not before its time, and not what has to be compared with plans one by one. */
  isShared(match: RuleMatch): boolean {
    return this.delayOf(match) === 0 && !this.maybeSuppressed(match);
  }

  /**
   * Puts into the open windows what is certain to belong there; what may be suppressed waits for its job. What speaks
   * against a finding does so whether it was planned or not.
   * @returns the matches to decide: not those whose group lacks what the rule needs besides, for what is lacking will
   *   find them in the window when it comes
   */
  async prepare(scope: TenantScope, matches: readonly RuleMatch[]): Promise<ReadonlySet<RuleMatch>> {
    const certain = matches.filter((match) => this.isContrary(match) || !this.maybeSuppressed(match));
    const groups = this.groups(certain);
    const known = await this.windows.add(
      scope,
      groups.map(({ window }) => window),
    );
    const open = new Set(matches);
    for (const [at, { rule, matches: idle }] of groups.entries()) {
      // Its job trims a window that is full.
      const uncounted = known[at]!.events === Infinity;
      if (uncounted || !rule.correlation || couldFind(rule.correlation, known[at]!)) continue;
      for (const match of idle) open.delete(match);
    }
    return open;
  }

  /** What a job holds, unless another has decided it, together with what waits for later jobs in the same groups. */
  async decide(scope: TenantScope, matches: readonly RuleMatch[]): Promise<void> {
    const shared = matches.filter((match) => this.isShared(match));
    const { open, others } = await this.undecided.take(scope, shared);
    const own = [...open, ...matches.filter((match) => !this.isShared(match))];
    if (own.length === 0) return this.undecided.settle(scope, shared);
    try {
      await this.decideAll(scope, [...own, ...others]);
    } catch (error) {
      if (others.length === 0) throw error;
      // What another job holds must not fail this one.
      this.log.warn({ error: String(error), reason: 'decided without what waits for other jobs' });
      await this.decideAll(scope, own);
      return this.undecided.settle(scope, shared);
    }
    await this.undecided.settle(scope, shared, others);
  }

  private async decideAll(scope: TenantScope, matches: readonly RuleMatch[]): Promise<void> {
    const evidence = matches.filter((match) => !this.isContrary(match));
    const contrary = matches.filter((match) => this.isContrary(match));
    const groups = this.groups([...(await this.suppressions.sift(scope, evidence)), ...contrary]);
    const windows = groups.map(({ window }) => window);
    const now = this.clock.now();
    const reads = await this.windows.addAndRead(scope, windows, now);
    const findings = groups.flatMap(({ rule, matches: fresh }, at) => findAll(rule, fresh, reads[at]!.members));
    await this.raise(scope, findings);
    const crowded = windows.filter((_, at) => reads[at]!.crowded);
    if (crowded.length > 0) await this.trim(scope, crowded, now);
  }

  /** One finding that cannot be raised keeps no other from it; the job is tried again for its sake. */
  private async raise(scope: TenantScope, findings: readonly AlertFinding[]): Promise<void> {
    const failures: unknown[] = [];
    for (const finding of findings) {
      await this.alerts.raise(scope, finding).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} findings not raised: ${String(failures[0])}`);
  }

  private isContrary({ ruleId, baseId }: RuleMatch): boolean {
    const rule = this.rules.alerting(ruleId);
    return rule !== undefined && !isEvidence(rule, baseId);
  }

  private maybeSuppressed({ ruleId }: RuleMatch): boolean {
    return (this.rules.alerting(ruleId)?.document.settings.suppressedBy ?? []).length > 0;
  }

  private groups(matches: readonly RuleMatch[]): Group[] {
    return groupsOf(matches).flatMap((group) => {
      const { ruleId, groupKey } = group[0]!;
      const rule = this.rules.alerting(ruleId);
      if (!rule) {
        this.log.warn({ ruleId, matches: group.length, reason: 'the rule is gone since these matched' });
        return [];
      }
      const window = { ruleId, groupKey, reach: reachOf(rule), joinGap: joinGapOf(rule), fresh: group.map(memberOf) };
      return [{ rule, matches: group, window }];
    });
  }

  private async trim(scope: TenantScope, windows: WindowGroup[], now: Date): Promise<void> {
    const dropped = await this.windows.trim(scope, windows, now);
    for (const [at, count] of dropped.entries()) {
      if (count === 0) continue;
      const { ruleId, groupKey } = windows[at]!;
      await this.audit.record({
        tenantId: scope.tenantId,
        actor: { kind: 'system', id: 'detection' },
        action: 'detection.window-full',
        target: ruleId,
        outcome: 'failure',
        detail: { groupKey, dropped: count, capacity: CAPACITY },
      });
    }
  }
}
