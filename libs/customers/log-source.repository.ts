import { Injectable } from '@nestjs/common';
import type { TenantReach, TenantScope } from '#tenancy/tenant-scope.js';
import { LogSourceEndpointEntity, LogSourceEntity } from './log-source.entity.js';
import { PlantVersionEntity } from './plant-version.entity.js';
import { takenEndpoint } from './refused-row.js';
import type { Endpoint } from './source-endpoint.js';

@Injectable()
export class LogSourceRepository {
  /** With what their tokens are told by. */
  all(reach: TenantReach): Promise<LogSourceEntity[]> {
    return reach.run((rows) =>
      rows
        .createQueryBuilder(LogSourceEntity, 's')
        .addSelect('s.tokenHash')
        .where('s.tenantId = ANY(:ids)', { ids: reach.tenantIds })
        .getMany(),
    );
  }

  /** Other than before when a source of any of the tenants has changed since. */
  async version(reach: TenantReach): Promise<string> {
    const sum = await reach.run((rows) =>
      rows
        .createQueryBuilder(PlantVersionEntity, 'v')
        .select("count(*) || ' ' || coalesce(sum(v.version), 0)", 'version')
        .where('v.tenantId = ANY(:ids)', { ids: reach.tenantIds })
        .getRawOne<{ version: string }>(),
    );
    return sum?.version ?? '';
  }

  of(scope: TenantScope): Promise<LogSourceEntity[]> {
    return scope.run((rows) => rows.findBy(LogSourceEntity, { tenantId: scope.tenantId }));
  }

  byTokenHash(reach: TenantReach, hash: string): Promise<LogSourceEntity | null> {
    return reach.run((rows) =>
      rows
        .createQueryBuilder(LogSourceEntity, 's')
        .where('s.tokenHash = :hash AND s.tenantId = ANY(:ids)', { hash, ids: reach.tenantIds })
        .getOne(),
    );
  }

  /** @throws UserError 409 when another source, of whichever tenant, claims one of them */
  async claim(scope: TenantScope, sourceId: string, endpoints: readonly Endpoint[]): Promise<void> {
    const owner = { tenantId: scope.tenantId, sourceId };
    const claimed = scope.run(async (rows) => {
      await rows.delete(LogSourceEndpointEntity, owner);
      if (endpoints.length === 0) return;
      await rows.insert(
        LogSourceEndpointEntity,
        endpoints.map((endpoint) => ({ ...owner, ...endpoint })),
      );
    });
    await claimed.catch((error: unknown) => {
      throw takenEndpoint(error) ?? error;
    });
  }

  /** @returns false when there is none */
  async delete(scope: TenantScope, id: string): Promise<boolean> {
    const result = await scope.run((rows) => rows.delete(LogSourceEntity, { tenantId: scope.tenantId, id }));
    return (result.affected ?? 0) > 0;
  }
}
