import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { CollectorStatusRepository, type CollectorStatus } from './collector-status.repository.js';
import { SpoolRepository } from './spool.repository.js';

const REPORT_MS = 1000;

/** What does not work at this collector, told to the log once and to whoever asks any collector. */
@Injectable()
export class IntakeStatus implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('ingest');
  private readonly problems = new Map<string, { reason: string; since: string }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly reports: CollectorStatusRepository,
    private readonly spool: SpoolRepository,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.has('collector')) return;
    if (this.spool.tornBytes > 0) this.log.warn(`A half-written entry of ${this.spool.tornBytes} bytes was cut off.`);
    // While Redis is away nobody can be told; the next report says it all.
    const report = (): void => void this.reports.write(this.report()).catch(() => undefined);
    this.timer = setInterval(report, REPORT_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @param topic what it is about, as `syslog-tcp port 601` */
  problem(topic: string, reason: string): void {
    const known = this.problems.get(topic);
    if (!known) this.log.warn(`${topic}: ${reason}`);
    this.problems.set(topic, { reason, since: known?.since ?? this.clock.now().toISOString() });
  }

  works(topic: string): void {
    this.problems.delete(topic);
  }

  /** Of every collector, as it said last. */
  all(): Promise<CollectorStatus[]> {
    return this.reports.list();
  }

  private report(): CollectorStatus {
    const { bytes, tornBytes, damagedBytes } = this.spool;
    return {
      collector: this.config.values.COLLECTOR_ID,
      at: this.clock.now().toISOString(),
      spool: { bytes, tornBytes, damagedBytes },
      problems: [...this.problems].map(([topic, problem]) => ({ topic, ...problem })),
    };
  }
}
