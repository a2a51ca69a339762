import { Injectable } from '@nestjs/common';
import { Handles, type JobHandler } from '#platform/job-runner.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { DecideService } from './decide.service.js';
import { decideMatches, type DecideMatches } from './detection.jobs.js';

@Injectable()
@Handles(decideMatches)
export class DetectionProcessor implements JobHandler<DecideMatches> {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly decisions: DecideService,
  ) {}

  async handle({ tenantId, matches }: DecideMatches): Promise<void> {
    await this.decisions.decide(await this.scopes.open(tenantId), matches);
  }
}
