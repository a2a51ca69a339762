import type { EntityTarget, QueryDeepPartialEntity } from 'typeorm';
import { z } from 'zod';
import type { Clock } from '#platform/clock.js';
import { openCursor, sealCursor } from '#platform/cursor.js';
import { notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import type { Page, PageQuery } from './page.js';
import { refusedRow } from './refused-row.js';

export interface Registered {
  id: string;
  tenantId: string;
  createdAt: Date;
}

type Fields<E> = Omit<E, keyof Registered>;

export interface RegisterOptions<E> {
  entity: EntityTarget<E>;
  /** Names the list in its cursors. */
  name: string;
  /** By time of making. */
  order: 'ASC' | 'DESC';
  /** Signs cursors. */
  secret: string;
  clock: Clock;
}

/** The rows of one table: list, find, create and change are the same for every plain thing of a tenant. */
export class Register<E extends Registered> {
  constructor(private readonly options: RegisterOptions<E>) {}

  /** Ids sort by time of making, so a page begins after the last id of the page before. */
  async list(scope: TenantScope, { limit, cursor }: PageQuery): Promise<Page<E>> {
    const { name, secret } = this.options;
    const about = `${name} ${scope.tenantId}`;
    const rows = await this.rowsAfter(scope, cursor && openCursor(secret, about, cursor, z.uuid()), limit + 1);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: last && rows.length > limit ? sealCursor(secret, about, last.id) : null };
  }

  /** @throws UserError 404 */
  async get(scope: TenantScope, id: string): Promise<E> {
    const found = await scope.run((rows) =>
      rows
        .createQueryBuilder(this.options.entity, 'r')
        .where('r.tenantId = :tenantId AND r.id = :id', { tenantId: scope.tenantId, id })
        .getOne(),
    );
    if (!found) throw notFound();
    return found;
  }

  /** @throws UserError 400 naming a reference that is not known in this tenant, 409 for a name that is taken */
  async create(scope: TenantScope, fields: Fields<E>): Promise<E> {
    const own = { id: newId(), tenantId: scope.tenantId, createdAt: this.options.clock.now() };
    const row = { ...fields, ...own } as QueryDeepPartialEntity<E>;
    await scope.run((rows) => rows.insert(this.options.entity, row)).catch(refuse);
    return this.get(scope, own.id);
  }

  /** Leaves alone what is undefined. @throws UserError as `get` and `create` do */
  async change(scope: TenantScope, id: string, fields: Partial<Fields<E>>): Promise<E> {
    if (Object.values(fields).some((value) => value !== undefined)) {
      const update = scope.run((rows) =>
        rows
          .createQueryBuilder()
          .update(this.options.entity)
          .set(fields as QueryDeepPartialEntity<E>)
          .where('tenant_id = :tenantId AND id = :id', { tenantId: scope.tenantId, id })
          .execute(),
      );
      await update.catch(refuse);
    }
    return this.get(scope, id);
  }

  private rowsAfter(scope: TenantScope, after: string | undefined, limit: number): Promise<E[]> {
    const { entity, order } = this.options;
    return scope.run((rows) => {
      const query = rows.createQueryBuilder(entity, 'r').where('r.tenantId = :tenantId', { tenantId: scope.tenantId });
      if (after) query.andWhere(order === 'ASC' ? 'r.id > :after' : 'r.id < :after', { after });
      return query.orderBy('r.id', order).take(limit).getMany();
    });
  }
}

function refuse(error: unknown): never {
  throw refusedRow(error) ?? error;
}
