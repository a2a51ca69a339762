import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config.js';
import { SourceRegistry } from './source-registry.service.js';
import { TokenBucket } from './token-bucket.js';

/** How long a customer may send faster than its quota, after as long a pause. */
const BURST_SECONDS = 10;

interface Buckets {
  /** What they were made for. */
  eventsPerSecond: number;
  bytesPerSecond: number;
  events: TokenBucket;
  bytes: TokenBucket;
}

/** Each customer's events and bytes a second at this collector: its own quota, or the provider's for all. */
@Injectable()
export class Quotas {
  private readonly buckets = new Map<string, Buckets>();

  constructor(
    private readonly registry: SourceRegistry,
    private readonly config: Config,
  ) {}

  /** Whether a customer may send anything now. */
  open(tenantId: string): boolean {
    const now = performance.now();
    const { events, bytes } = this.of(tenantId, now);
    const enough = events.open(now);
    return bytes.open(now) && enough;
  }

  take(tenantId: string, amount: { lines: number; bytes: number }): void {
    const { events, bytes } = this.of(tenantId, performance.now());
    events.take(amount.lines);
    bytes.take(amount.bytes);
  }

  private of(tenantId: string, now: number): Buckets {
    const own = this.registry.quotaOf(tenantId);
    const eventsPerSecond = own?.eventsPerSecond ?? this.config.values.QUOTA_EVENTS_PER_SECOND;
    const bytesPerSecond = own?.bytesPerSecond ?? this.config.values.QUOTA_BYTES_PER_SECOND;
    const known = this.buckets.get(tenantId);
    if (known?.eventsPerSecond === eventsPerSecond && known.bytesPerSecond === bytesPerSecond) return known;
    const made = {
      eventsPerSecond,
      bytesPerSecond,
      events: new TokenBucket({ perSecond: eventsPerSecond, burst: eventsPerSecond * BURST_SECONDS }, now),
      bytes: new TokenBucket({ perSecond: bytesPerSecond, burst: bytesPerSecond * BURST_SECONDS }, now),
    };
    this.buckets.set(tenantId, made);
    return made;
  }
}
