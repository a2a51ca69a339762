import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { addTally, emptyTally, type Tally } from './ledger.js';
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
  private flushing: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    private readonly rows: LedgerRepository,
    private readonly scopes: TenantScopes,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.timer = setTimeout(() => this.tick(), FLUSH_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flushing;
    await this.flush();
  }

  of(tenantId: string, sourceId: string): Tally {
    const known = this.tallies.get(sourceId);
    if (known) return known.tally;
    const tally = emptyTally();
    this.tallies.set(sourceId, { tenantId, tally });
    return tally;
  }

  refuse(refusal: Omit<Refusal, 'count'>, count = 1): void {
    const address = this.refusals.size < REFUSALS_KEPT ? refusal.address : 'others';
    const key = [refusal.protocol, refusal.port, address, refusal.reason].join(' ');
    const known = this.refusals.get(key);
    if (known) known.count += count;
    else this.refusals.set(key, { ...refusal, address, count });
  }

  private tick(): void {
    this.flushing = this.flush().finally(() => (this.timer = setTimeout(() => this.tick(), FLUSH_MS)));
  }

  /** What could not be written down is kept for the next time. */
  private async flush(): Promise<void> {
    const { tallies, refusals } = this;
    this.tallies = new Map();
    this.refusals = new Map();
    try {
      for (const [sourceId, { tenantId, tally }] of tallies) {
        await this.rows.add(await this.scopes.open(tenantId), sourceId, tally);
        tallies.delete(sourceId);
      }
      for (const [key, refusal] of refusals) {
        await this.rows.refuse(refusal, this.clock.now());
        refusals.delete(key);
      }
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.log.warn(`The ledger cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      this.failing = true;
      for (const [sourceId, { tenantId, tally }] of tallies) addTally(this.of(tenantId, sourceId), tally);
      for (const { count, ...refusal } of refusals.values()) this.refuse(refusal, count);
    }
  }
}
