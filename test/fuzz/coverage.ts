import { Session } from 'node:inspector/promises';

/** Which blocks of the parsers' code have run, as V8 counts them. */
export class Coverage {
  private readonly session = new Session();
  private readonly seen = new Set<string>();

  async start(): Promise<void> {
    this.session.connect();
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** @returns how many blocks ran since the last call that had never run before */
  async grown(): Promise<number> {
    const { result } = await this.session.post('Profiler.takePreciseCoverage');
    const before = this.seen.size;
    for (const { url, functions } of result) {
      if (!/\/libs\/(?:formats|ecs)\//.test(url)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (count > 0) this.seen.add(`${url}:${startOffset}:${endOffset}`);
        }
      }
    }
    return this.seen.size - before;
  }

  get blocks(): number {
    return this.seen.size;
  }

  stop(): void {
    this.session.disconnect();
  }
}
