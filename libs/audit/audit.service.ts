import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { newId } from '#platform/ids.js';
import { AuditRepository } from './audit.repository.js';

export interface AuditEntry {
  tenantId: string | null;
  tenantIds?: readonly string[];
  actor: { kind: 'person' | 'system' | 'anonymous'; id?: string; name?: string };
  /** A permission (`alerts.read`) or an act (`session.create`). */
  action: string;
  target?: string;
  outcome: 'success' | 'failure';
  address?: string;
  detail?: Record<string, unknown>;
}

/** Who did and who read what. Records are only ever added. */
@Injectable()
export class AuditService {
  constructor(
    private readonly records: AuditRepository,
    private readonly clock: Clock,
  ) {}

  async record(entry: AuditEntry): Promise<void> {
    await this.records.insert({
      id: newId(),
      at: this.clock.now(),
      tenantId: entry.tenantId,
      tenantIds: [...(entry.tenantIds ?? [])],
      actorKind: entry.actor.kind,
      actorId: entry.actor.id ?? null,
      actorName: entry.actor.name ?? null,
      action: entry.action,
      target: entry.target ?? null,
      outcome: entry.outcome,
      address: entry.address ?? null,
      detail: entry.detail ?? {},
    });
  }
}
