import { Injectable } from '@nestjs/common';
import { DetectionIntake, type TenantMatch } from '#detection/detection-intake.service.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { Config } from '#platform/config.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { DeadLetters } from './dead-letters.service.js';
import type { Built } from './event-builder.service.js';
import { linesOf } from './event-id.js';
import { outcomesOf, type Outcome } from './ledger.js';
import type { SpoolEntry } from './spool-record.js';

/** Where the pipeline's results go, in this order. */
@Injectable()
export class PipelineSinks {
  constructor(
    private readonly scopes: TenantScopes,
    private readonly indices: EventIndices,
    private readonly writer: EventWriter,
    private readonly detection: DetectionIntake,
    private readonly letters: DeadLetters,
    private readonly config: Config,
  ) {}

  async indicesOf(entries: readonly SpoolEntry[]): Promise<Record<string, string>> {
    const tenants = [...new Set(entries.map(({ tenantId }) => tenantId))];
    return this.indices.writeIndices(await Promise.all(tenants.map((id) => this.scopes.open(id))));
  }

  /** Doing it again changes nothing. */
  async detect(batchId: string, matches: readonly TenantMatch[]): Promise<void> {
    await this.detection.submit(batchId, matches);
  }

  /** @returns why documents were rejected */
  async write({ bulk }: Built): Promise<string[]> {
    return (await this.writer.write(bulk)).rejected.map(({ reason }) => reason);
  }

  /** Doing it again changes nothing. @returns what became of the lines, one row a source */
  async keep({ entries, bulk, failed }: Built): Promise<Outcome[]> {
    const { duplicates, rejected } = await this.writer.write(bulk);
    const reasons = new Map(rejected.map(({ id, reason }) => [id, reason]));
    const collector = this.config.values.COLLECTOR_ID;
    const refused = [...linesOf(entries, collector, reasons)];
    const dead = [...failed, ...refused.map((line) => ({ ...line, reason: reasons.get(line.id) ?? '' }))];
    await this.letters.bury(dead);
    const times = Map.groupBy(duplicates, (id) => id);
    // Our own names are given once: one that is there already was written before a kill.
    const named = [...linesOf(entries, collector, times)].filter(({ line }) => line.id !== undefined);
    const known = named.filter(({ id }) => times.get(id)?.pop() !== undefined);
    return outcomesOf(entries, { dead, known });
  }
}
