import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { OperationalError } from '#platform/errors.js';
import { splitDelivery } from './deliveries.js';
import { eventId } from './event-id.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { ProgressRepository } from './progress.repository.js';
import { Quotas } from './quotas.service.js';
import type { Delivery, SpoolLine } from './spool-record.js';
import { sharesOf } from './spool-shares.js';
import { SpoolFull, SpoolRepository } from './spool.repository.js';

export interface Receipt {
  /** The lines' event ids, in order. */
  ids(): string[];
}

/** The customer sends more than is its share: the sender has to wait, or to come again. */
class OverQuota extends OperationalError {}

/** Takes lines over from senders: when `accept` resolves they are on disk. */
@Injectable()
export class Intake implements OnModuleInit {
  constructor(
    private readonly spool: SpoolRepository,
    private readonly place: ProgressRepository,
    private readonly ledger: Ledger,
    private readonly quotas: Quotas,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.has('collector')) return;
    await this.spool.open(this.clock.now().getTime());
    if (!(await this.place.load())) this.place.progress.done = this.spool.start;
    await this.recount();
  }

  /**
   * The lines' bytes are copied before this returns its promise.
   * @throws SpoolFull or OverQuota (isFull) when the sender has to come again; OperationalError when the disk fails
   */
  async accept(source: LogSourceContext, sender: string, lines: readonly SpoolLine[]): Promise<Receipt> {
    const { tenantId, id: sourceId } = source;
    const receivedAt = this.clock.now().getTime();
    this.insistOnRoom(source);
    const parts = splitDelivery({ tenantId, sourceId, receivedAt, sender, lines });
    const firsts = await this.spool.append(parts);
    const next = (firsts.at(-1) ?? 0) + (parts.at(-1)?.lines.length ?? 0);
    for (const share of sharesOf(parts)) {
      this.quotas.take(tenantId, share);
      const tally = this.ledger.received(share, next, receivedAt);
      for (const line of lines) if (line.truncated) tally.truncated++;
    }
    const collector = this.config.values.COLLECTOR_ID;
    const idsOf = (part: Delivery, first = 0): string[] =>
      part.lines.map((line, n) => eventId(line, collector, first + n));
    return { ids: () => parts.flatMap((part, at) => idsOf(part, firsts[at])) };
  }

  isFull(error: unknown): boolean {
    return error instanceof SpoolFull || error instanceof OverQuota;
  }

  dropped(source: LogSourceContext, count: number): void {
    this.ledger.of(source.tenantId, source.id).dropped += count;
  }

  private insistOnRoom({ tenantId, id }: LogSourceContext): void {
    const crowded = this.ledger.shares.bytesOf(tenantId) >= LIMITS.tenantSpool;
    if (!crowded && this.quotas.open(tenantId)) return;
    this.ledger.of(tenantId, id).throttled++;
    throw new OverQuota(crowded ? 'This customer’s share of the spool is full.' : 'This customer’s quota is used up.');
  }

  /** What of the spool has not been settled, and which of it was counted as received before the last stop. */
  private async recount(): Promise<void> {
    let position = this.place.progress.done;
    for (;;) {
      const batch = await this.spool.read(position, { bytes: LIMITS.segment, lines: Infinity });
      if (!batch) return;
      this.ledger.recover(batch.entries);
      position = { segment: batch.range.segment, offset: batch.range.to };
    }
  }
}
