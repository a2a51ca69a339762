import { Injectable } from '@nestjs/common';
import { JobQueues } from '#platform/job-queues.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { DecideService } from './decide.service.js';
import { decideMatches } from './detection.jobs.js';
import type { RuleMatch } from './rule-match.js';

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
  ) {}

  /** @param batchId without ':'; the same batch again makes no second job */
  async submit(batchId: string, matches: readonly TenantMatch[]): Promise<void> {
    for (const [tenantId, ofTenant] of Map.groupBy(matches, (match) => match.tenantId)) {
      await this.submitFor(
        await this.scopes.open(tenantId),
        batchId,
        ofTenant.map(({ match }) => match),
      );
    }
  }

  private async submitFor(scope: TenantScope, batchId: string, matches: RuleMatch[]): Promise<void> {
    // Jobs run side by side: what they may need of each other is in the windows before the first of them starts.
    await this.decisions.prepare(scope, matches);
    for (const [delay, ofDelay] of Map.groupBy(matches, (match) => this.decisions.delayOf(match))) {
      await this.queue(scope, [batchId, scope.tenant.key, ...(delay === 0 ? [] : [`after${delay}`])], ofDelay, delay);
    }
  }

  private async queue(scope: TenantScope, name: string[], matches: RuleMatch[], delay: number): Promise<void> {
    for (let at = 0; at < matches.length; at += MATCHES_A_JOB) {
      const id = [...name, ...(at === 0 ? [] : [at / MATCHES_A_JOB])].join('.');
      await this.queues.add(
        decideMatches,
        { tenantId: scope.tenantId, matches: matches.slice(at, at + MATCHES_A_JOB) },
        { id, delay },
      );
    }
  }
}
