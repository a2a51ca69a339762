import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { emptyTally, type Tally } from './ledger.js';
import { LedgerRepository, type Refusal } from './ledger.repository.js';

const FLUSH_MS = 1000;
/** Different refused senders between two flushes; more than these are counted as one. */
const REFUSALS_KEPT = 1000;

/** Counts what happens to every source's lines, and who was refused; written down each second. */
@Injectable()
export class Ledger implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('ingest');
  private tallies = new Map<string, { tenantId: string; tally: Tally }>();
  private refusals = new Map<string, Refusal>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly rows: LedgerRepository,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  of(tenantId: string, sourceId: string): Tally {
    const known = this.tallies.get(sourceId);
    if (known) return known.tally;
    const tally = emptyTally();
    this.tallies.set(sourceId, { tenantId, tally });
    return tally;
  }

  refuse(refusal: Omit<Refusal, 'count'>): void {
    const address = this.refusals.size < REFUSALS_KEPT ? refusal.address : 'others';
    const key = [refusal.protocol, refusal.port, address, refusal.reason].join(' ');
    const known = this.refusals.get(key);
    if (known) known.count++;
    else this.refusals.set(key, { ...refusal, address, count: 1 });
  }

  private async flush(): Promise<void> {
    const { tallies, refusals } = this;
    this.tallies = new Map();
    this.refusals = new Map();
    try {
      for (const [sourceId, { tenantId, tally }] of tallies) {
        await this.rows.add(await this.scopes.open(tenantId), sourceId, tally);
      }
      for (const refusal of refusals.values()) await this.rows.refuse(refusal, this.clock.now());
    } catch (error) {
      this.log.warn(`The ledger could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
