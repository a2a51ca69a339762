import { Injectable } from '@nestjs/common';
import { DetectionIntake } from '#detection/detection-intake.service.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { DeadLetters } from './dead-letters.service.js';
import type { Built } from './event-builder.service.js';
import { Ledger } from './ledger.service.js';
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
    private readonly ledger: Ledger,
  ) {}

  async indicesOf(entries: readonly SpoolEntry[]): Promise<Record<string, string>> {
    const indices: Record<string, string> = {};
    for (const { tenantId } of entries)
      indices[tenantId] ??= await this.indices.writeIndex(await this.scopes.open(tenantId));
    return indices;
  }

  /** Doing it again changes nothing but the duplicates' count. */
  async keep(batchId: string, { documents, matches, failed }: Built): Promise<void> {
    const result = await this.writer.write(documents);
    const reasons = new Map(result.rejected.map(({ id, reason }) => [id, reason]));
    const refused = reasons.size === 0 ? [] : documents.filter(({ id }) => reasons.has(id));
    const dead = [...failed, ...refused.map((document) => ({ ...document, reason: reasons.get(document.id) ?? '' }))];
    await this.letters.bury(dead);
    await this.detection.submit(batchId, matches);
    const duplicates = new Set(result.duplicates);
    for (const { id, tenantId, sourceId } of documents) {
      const tally = this.ledger.of(tenantId, sourceId);
      if (duplicates.has(id)) tally.duplicates++;
      else if (!reasons.has(id)) tally.indexed++;
    }
    for (const { tenantId, sourceId } of dead) this.ledger.of(tenantId, sourceId).deadLettered++;
  }
}
