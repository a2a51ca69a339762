import { Injectable } from '@nestjs/common';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { groupsOf } from './decision.js';
import { DecideService } from './decide.service.js';
import { decideMatches } from './detection.jobs.js';
import type { RuleMatch } from './rule-match.js';
import { UndecidedRepository } from './undecided.repository.js';

const MATCHES_A_JOB = 500;

export interface TenantMatch {
  tenantId: string;
  match: RuleMatch;
}

/** Takes over what matched: when `submit` resolves, the decision no longer depends on the caller. */
@Injectable()
export class DetectionIntake {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly queues: JobQueues,
    private readonly decisions: DecideService,
    private readonly undecided: UndecidedRepository,
  ) {}

  /** @param batchId without ':'; the same batch again makes no second job */
  async submit(batchId: string, matches: readonly TenantMatch[]): Promise<void> {
    const tenants = [...Map.groupBy(matches, (match) => match.tenantId)].map(async ([tenantId, ofTenant]) => {
      const scope = await this.scopes.open(tenantId);
      await this.submitFor(
        scope,
        batchId,
        ofTenant.map(({ match }) => match),
      );
    });
    await Promise.all(tenants);
  }

  private async submitFor(scope: TenantScope, batchId: string, matches: RuleMatch[]): Promise<void> {
    // Jobs run side by side: what they may need of each other is in the windows before the first of them starts.
    const open = await this.decisions.prepare(scope, matches);
    // A job reads the windows of its groups: sorted, it has few of them.
    const sorted = groupsOf(matches).flat();
    for (const [delay, ofDelay] of Map.groupBy(sorted, (match) => this.decisions.delayOf(match))) {
      const name = [batchId, scope.tenant.key, ...(delay === 0 ? [] : [`after${delay}`])];
      // Cut before what is idle is left out: the same batch again must not move a match into a job that is known.
      for (let at = 0; at < ofDelay.length; at += MATCHES_A_JOB) {
        const toDecide = ofDelay.slice(at, at + MATCHES_A_JOB).filter((match) => open.has(match));
        if (toDecide.length === 0) continue;
        const turn = at / MATCHES_A_JOB;
        const id = [...name, ...(turn === 0 ? [] : [turn])].join('.');
        const shared = toDecide.filter((match) => this.decisions.isShared(match));
        await this.undecided.add(scope, shared);
        await this.queues.add(decideMatches, { tenantId: scope.tenantId, matches: toDecide }, { id, delay, turn });
      }
    }
  }
}
