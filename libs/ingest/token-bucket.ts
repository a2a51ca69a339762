/** A rate that may be exceeded for a while. */
export interface Rate {
  perSecond: number;
  /** What may come at once after a pause. */
  burst: number;
}

/**
 * A token bucket that may be overdrawn once: what is larger than a burst still passes, and is paid for by waiting.
 * Times are milliseconds.
 */
export class TokenBucket {
  private level: number;
  private at: number;

  constructor(
    private readonly rate: Rate,
    now: number,
  ) {
    this.level = rate.burst;
    this.at = now;
  }

  /** Whether anything may pass now. */
  open(now: number): boolean {
    const { perSecond, burst } = this.rate;
    this.level = Math.min(burst, this.level + ((now - this.at) / 1000) * perSecond);
    this.at = now;
    return this.level > 0;
  }

  take(amount: number): void {
    this.level -= amount;
  }
}
