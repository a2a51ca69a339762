import { Injectable } from '@nestjs/common';
import { storable } from '#alerts/finding.js';
import { ChangeContext } from '#customers/change-context.service.js';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { RuleCatalogue } from './rule-catalogue.service.js';
import type { RuleMatch } from './rule-match.js';
import type { SuppressedMatchEntity } from './suppressed-match.entity.js';
import { SuppressedMatchRepository, type SuppressedPosition } from './suppressed-match.repository.js';
import {
  suppressedPosition,
  type SuppressedMatch,
  type SuppressedPage,
  type SuppressedQuery,
} from './suppressed-match.schema.js';

/** Matches that raised no alert because a window or a ticket explains them. */
@Injectable()
export class Suppressions {
  constructor(
    private readonly matches: SuppressedMatchRepository,
    private readonly rules: RuleCatalogue,
    private readonly changes: ChangeContext,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Stores the matches that a planned change explains, as of the event's time, each with its reason.
   * @returns the others
   */
  async sift(scope: TenantScope, matches: readonly RuleMatch[]): Promise<RuleMatch[]> {
    const explained = await Promise.all(matches.map((match) => this.explain(scope, match)));
    await this.matches.insert(
      scope,
      explained.filter((match) => match !== null),
    );
    return matches.filter((_, at) => explained[at] === null);
  }

  /** Of events in [from, to). */
  count(scope: TenantScope, from: Date, to: Date): Promise<number> {
    return this.matches.count(scope, from, to);
  }

  async list(scope: TenantScope, { limit, cursor }: SuppressedQuery): Promise<SuppressedPage> {
    const secret = this.config.values.PLANTWATCH_SECRET;
    const about = `suppressed-matches ${scope.tenantId}`;
    const before = cursor ? openCursor(secret, about, cursor, suppressedPosition) : undefined;
    const found = await this.matches.list(scope, limit + 1, before);
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((match) => this.answer(match)),
      next: last ? sealCursor(secret, about, positionOf(last)) : null,
    };
  }

  private async explain(scope: TenantScope, match: RuleMatch): Promise<SuppressedMatchEntity | null> {
    const { ruleId, eventId, time, assetId, summary } = match;
    const expected = this.rules.alerting(ruleId)?.document.settings.suppressedBy ?? [];
    if (expected.length === 0) return null;
    const eventTime = new Date(time);
    const found = await this.changes.justification(scope, assetId, eventTime);
    if (!found || !expected.includes(found.kind)) return null;
    return {
      tenantId: scope.tenantId,
      ruleId,
      eventId,
      eventTime,
      assetId,
      summary: storable(summary),
      kind: found.kind,
      justificationId: found.id,
      reference: found.reference,
      reason: found.reason,
      createdAt: this.clock.now(),
    };
  }

  private answer(match: SuppressedMatchEntity): SuppressedMatch {
    const { ruleId, eventId, eventTime, assetId, summary, kind, justificationId: id, reference, reason } = match;
    return {
      rule: { id: ruleId, title: this.rules.find(ruleId)?.title ?? ruleId },
      eventId,
      eventTime: eventTime.toISOString(),
      assetId,
      summary,
      justification: { kind, id, reference, reason },
    };
  }
}

function positionOf({ eventTime, eventId, ruleId }: SuppressedMatchEntity): SuppressedPosition {
  return { eventTime, eventId, ruleId };
}
