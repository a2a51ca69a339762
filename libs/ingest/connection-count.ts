import { LIMITS } from './limits.js';

/** How many connections there are, by source and in all, and how many bytes of unfinished lines they hold. */
export class ConnectionCount {
  private readonly bySource = new Map<string, number>();
  private total = 0;
  private held = 0;

  /** @returns why there is no room for another one, or undefined when it was counted */
  admit(sourceId: string): string | undefined {
    const own = this.bySource.get(sourceId) ?? 0;
    if (own >= LIMITS.sourceConnections) return 'too many connections of this source';
    if (this.total >= LIMITS.connections) return 'too many connections';
    this.bySource.set(sourceId, own + 1);
    this.total++;
    return undefined;
  }

  leave(sourceId: string): void {
    const own = (this.bySource.get(sourceId) ?? 1) - 1;
    if (own === 0) this.bySource.delete(sourceId);
    else this.bySource.set(sourceId, own);
    this.total--;
  }

  /** @returns whether all that is held is too much now */
  hold(change: number): boolean {
    this.held += change;
    return this.held > LIMITS.partial;
  }
}
