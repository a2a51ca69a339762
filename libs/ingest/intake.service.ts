import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { splitDelivery } from './deliveries.js';
import { arrivalId } from './event-id.js';
import { Ledger } from './ledger.service.js';
import type { Delivery, SpoolLine } from './spool-record.js';
import { SpoolFull, SpoolRepository } from './spool.repository.js';

export interface Receipt {
  /** The lines' event ids, in order. */
  ids(): string[];
}

/** Takes lines over from senders: when `accept` resolves they are on disk. */
@Injectable()
export class Intake implements OnModuleInit {
  constructor(
    private readonly spool: SpoolRepository,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.config.has('collector')) await this.spool.open(this.clock.now().getTime());
  }

  /**
   * The lines' bytes are copied before this returns its promise.
   * @throws SpoolFull (isFull) when the sender has to come again; OperationalError when the disk fails
   */
  async accept(source: LogSourceContext, sender: string, lines: readonly SpoolLine[]): Promise<Receipt> {
    const receivedAt = this.clock.now().getTime();
    const parts = splitDelivery({ tenantId: source.tenantId, sourceId: source.id, receivedAt, sender, lines });
    const firsts = await this.spool.append(parts);
    const tally = this.ledger.of(source.tenantId, source.id);
    tally.received += lines.length;
    tally.lastReceivedAt = receivedAt;
    for (const line of lines) if (line.truncated) tally.truncated++;
    const collector = this.config.values.COLLECTOR_ID;
    const idsOf = (part: Delivery, first = 0): string[] =>
      part.lines.map((line, n) => line.id ?? arrivalId(collector, first + n));
    return { ids: () => parts.flatMap((part, at) => idsOf(part, firsts[at])) };
  }

  isFull(error: unknown): boolean {
    return error instanceof SpoolFull;
  }

  dropped(source: LogSourceContext, count: number): void {
    this.ledger.of(source.tenantId, source.id).dropped += count;
  }
}
