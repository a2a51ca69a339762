import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import { IntakeStatus } from './intake-status.service.js';
import { emptyTally, smoothed, type LedgerState, type Outcome, type SourceTally, type Tally } from './ledger.js';
import { LedgerRepository, type Refusal } from './ledger.repository.js';
import { ProgressRepository } from './progress.repository.js';
import type { SpoolEntry } from './spool-record.js';
import { sharesOf, SpoolShares, type Share } from './spool-shares.js';

const FLUSH_MS = 1000;
/** Of the time, spent on flushing when there are very many sources. */
const FLUSH_SHARE = 0.1;
/** Different refused senders between two flushes; more than these are counted as one. */
const REFUSALS_KEPT = 1000;
const IDENTITY = 'ledger';

/**
 * Counts what happens to every source's lines, and who was refused; written down each second. At any time a source's
 * received lines are those indexed, sent twice, dead-lettered and in the spool: three counts that are kept apart, so
 * that a line that goes missing shows.
 */
@Injectable()
export class Ledger implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly shares = new SpoolShares();

  private readonly log = new Logger('ingest');
  /** Received less what became of it, by source. */
  private readonly open = new Map<string, number>();
  private readonly lastReceived = new Map<string, { at: number; cadence: number | undefined }>();
  private refusals = new Map<string, Refusal>();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    private readonly rows: LedgerRepository,
    private readonly place: ProgressRepository,
    private readonly scopes: TenantScopes,
    private readonly status: IntakeStatus,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.timer = setTimeout(() => this.tick(), FLUSH_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flushing;
    if (this.config.has('collector')) await this.flush();
  }

  of(tenantId: string, sourceId: string): Tally {
    return (this.state.pending[sourceId] ??= { tenantId, sourceId, ...emptyTally() });
  }

  /** What a stopped process left in the spool; it may have counted some of it already. */
  recover(entries: readonly SpoolEntry[]): void {
    for (const share of sharesOf(entries)) {
      this.shares.add(share);
      this.owe(share.sourceId, share.lines);
    }
    for (const { sequence, tenantId, sourceId, lines, receivedAt } of entries) {
      if (sequence < this.state.counted) continue;
      const tally = this.of(tenantId, sourceId);
      tally.received += lines.length;
      tally.lastReceivedAt = receivedAt;
      this.state.counted = sequence + lines.length;
    }
  }

  /** @param next the sequence behind them */
  received(share: Share, next: number, at: number): Tally {
    const { tenantId, sourceId, lines } = share;
    this.shares.add(share);
    this.owe(sourceId, lines);
    const tally = this.of(tenantId, sourceId);
    tally.received += lines;
    tally.lastReceivedAt = at;
    const last = this.lastReceived.get(sourceId);
    const cadence = last === undefined ? undefined : smoothed(last.cadence, at - last.at);
    tally.cadenceMs = cadence;
    this.lastReceived.set(sourceId, { at, cadence });
    this.state.counted = Math.max(this.state.counted, next);
    return tally;
  }

  /** Lines have left the spool for good. */
  settle(shares: readonly Share[], outcomes: readonly Outcome[]): void {
    for (const share of shares) this.shares.remove(share);
    for (const { tenantId, sourceId, indexed, duplicates, deadLettered } of outcomes) {
      const tally = this.of(tenantId, sourceId);
      tally.indexed += indexed;
      tally.duplicates += duplicates;
      tally.deadLettered += deadLettered;
      this.owe(sourceId, -(indexed + duplicates + deadLettered));
    }
  }

  refuse(refusal: Omit<Refusal, 'count'>, count = 1): void {
    const address = this.refusals.size < REFUSALS_KEPT ? refusal.address : 'others';
    const key = [refusal.protocol, refusal.port, address, refusal.reason].join(' ');
    const known = this.refusals.get(key);
    if (known) known.count += count;
    else this.refusals.set(key, { ...refusal, address, count });
  }

  private get state(): LedgerState {
    return this.place.progress.ledger;
  }

  private owe(sourceId: string, lines: number): void {
    const left = (this.open.get(sourceId) ?? 0) + lines;
    if (left === 0) this.open.delete(sourceId);
    else this.open.set(sourceId, left);
  }

  private tick(): void {
    this.check();
    const began = performance.now();
    this.flushing = this.flush().finally(() => {
      const pause = Math.max(FLUSH_MS, (performance.now() - began) / FLUSH_SHARE);
      this.timer = setTimeout(() => this.tick(), pause);
    });
  }

  /** received = indexed + duplicates + dead-lettered + in the spool, for every source. */
  private check(): void {
    for (const [sourceId, left] of this.open) {
      const spooled = this.shares.linesOf(sourceId);
      if (left === spooled) continue;
      this.status.problem(
        IDENTITY,
        `${left - spooled} lines of source ${sourceId} are neither in the spool nor accounted for.`,
      );
      return;
    }
    this.status.works(IDENTITY);
  }

  /** What could not be written down is kept for the next time. */
  private async flush(): Promise<void> {
    try {
      await this.flushTallies();
      await this.flushRefusals();
      this.failing = false;
    } catch (error) {
      if (!this.failing)
        this.log.warn(`The ledger cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      this.failing = true;
    }
  }

  private async flushTallies(): Promise<void> {
    const { state } = this;
    if (state.flushing === null) {
      const tallies = Object.values(state.pending);
      if (tallies.length === 0) return;
      // By the clock: a collector that lost its disk must not use its old numbers again, nor one whose clock was set back.
      state.lastNumber = Math.max(this.clock.now().getTime(), state.lastNumber + 1);
      state.flushing = { number: state.lastNumber, tallies };
      state.pending = {};
      await this.place.save();
    }
    const { number, tallies } = state.flushing;
    for (const tally of tallies) await this.write(number, tally);
    state.flushing = null;
  }

  private async write(number: number, tally: SourceTally): Promise<void> {
    const spooled = this.shares.linesOf(tally.sourceId);
    const by = { collector: this.config.values.COLLECTOR_ID, number };
    await this.rows.add(await this.scopes.open(tally.tenantId), by, { ...tally, spooled });
  }

  private async flushRefusals(): Promise<void> {
    const { refusals } = this;
    this.refusals = new Map();
    try {
      for (const [key, refusal] of refusals) {
        await this.rows.refuse(refusal, this.clock.now());
        refusals.delete(key);
      }
    } finally {
      for (const { count, ...refusal } of refusals.values()) this.refuse(refusal, count);
    }
  }
}
