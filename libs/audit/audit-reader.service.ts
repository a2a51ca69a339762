import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Config } from '#platform/config.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import type { TenantReach } from '#tenancy/tenant-scope.js';
import { AuditRepository } from './audit.repository.js';
import { auditPosition, type AuditPage, type auditQuery } from './audit.schema.js';
import type { AuditRecordEntity } from './audit-record.entity.js';

@Injectable()
export class AuditReader {
  constructor(
    private readonly records: AuditRepository,
    private readonly config: Config,
  ) {}

  async page(reach: TenantReach, query: z.output<typeof auditQuery>): Promise<AuditPage> {
    const secret = this.config.values.PLANTWATCH_SECRET;
    const about = `audit ${reach.tenantIds.join()}`;
    const before = query.cursor ? openCursor(secret, about, query.cursor, auditPosition) : undefined;
    const rows = await this.records.list(reach, query.limit + 1, before);
    const items = rows.slice(0, query.limit);
    const last = items.at(-1);
    const more = rows.length > query.limit && last;
    const visible = new Set(reach.tenantIds);
    return {
      items: items.map((row) => describe(row, visible)),
      next: more ? sealCursor(secret, about, { at: last.at, id: last.id }) : null,
    };
  }
}

// A record of a reading over several tenants must not tell one of them who the others are.
function describe(row: AuditRecordEntity, visible: ReadonlySet<string>): AuditPage['items'][number] {
  const { id, at, tenantId, action, target, outcome, address } = row;
  const whole = row.tenantIds.every((other) => visible.has(other));
  const actor = { kind: row.actorKind, id: row.actorId, name: row.actorName };
  return {
    id,
    at: at.toISOString(),
    tenantId,
    actor,
    action,
    target,
    outcome,
    address,
    detail: whole ? { ...row.detail } : {},
  };
}
