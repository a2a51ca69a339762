import { Injectable } from '@nestjs/common';
import { DetectionIntake, type TenantMatch } from '#detection/detection-intake.service.js';
import { EventIndices } from '#events/event-indices.service.js';
import { EventWriter } from '#events/event-writer.service.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { DeadLetters, type DeadLine } from './dead-letters.service.js';
import type { Built } from './event-builder.service.js';
import type { WriteResult } from '#events/event-document.js';
import type { Outcome } from './ledger.js';
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
  ) {}

  async indicesOf(entries: readonly SpoolEntry[]): Promise<Record<string, string>> {
    const indices: Record<string, string> = {};
    for (const { tenantId } of entries)
      indices[tenantId] ??= await this.indices.writeIndex(await this.scopes.open(tenantId));
    return indices;
  }

  /** Doing it again changes nothing. */
  async detect(batchId: string, matches: readonly TenantMatch[]): Promise<void> {
    await this.detection.submit(batchId, matches);
  }

  /** @returns why documents were rejected, by their ids */
  async write({ documents }: Built): Promise<Map<string, string>> {
    return reasonsOf(await this.writer.write(documents));
  }

  /** Doing it again changes nothing. @returns what became of the lines, one row a source */
  async keep(built: Built): Promise<Outcome[]> {
    const { documents, failed } = built;
    const result = await this.writer.write(documents);
    const reasons = reasonsOf(result);
    const refused = reasons.size === 0 ? [] : documents.filter(({ id }) => reasons.has(id));
    const dead = [...failed, ...refused.map((document) => ({ ...document, reason: reasons.get(document.id) ?? '' }))];
    await this.letters.bury(dead);
    const outcomes = new Map<string, Outcome>();
    const of = ({ delivery: { tenantId, sourceId } }: Pick<DeadLine, 'delivery'>): Outcome => {
      const known = outcomes.get(sourceId) ?? { tenantId, sourceId, indexed: 0, duplicates: 0, deadLettered: 0 };
      outcomes.set(sourceId, known);
      return known;
    };
    const known = new Set(result.duplicates);
    for (const document of documents) {
      const { id, line } = document;
      // Our own names are given once: one that is there already was written before a kill.
      if (known.has(id) && line.id !== undefined) of(document).duplicates++;
      else if (!reasons.has(id)) of(document).indexed++;
    }
    for (const line of dead) of(line).deadLettered++;
    return [...outcomes.values()];
  }
}

function reasonsOf({ rejected }: Pick<WriteResult, 'rejected'>): Map<string, string> {
  return new Map(rejected.map(({ id, reason }) => [id, reason]));
}
