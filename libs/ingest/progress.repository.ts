import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { SpoolPosition, SpoolRange } from './spool-segment.js';

/** What was decided of a batch before it was sent, so that it can be sent again to the same place. */
export interface BatchPlan {
  range: SpoolRange;
  /** Concrete index by tenant: ids are unique within one index only. */
  indices: Record<string, string>;
}

export interface Progress {
  /** Everything before this is in Elasticsearch, its matches in their jobs. */
  done: SpoolPosition;
  /** Batches behind it that may have been sent, in order. */
  plans: BatchPlan[];
}

/** How far the pipeline has come: one small file, written whole and durably. */
export class ProgressRepository {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly directory: string) {}

  async load(): Promise<Progress | undefined> {
    try {
      return JSON.parse(await readFile(this.file(), 'utf8')) as Progress;
    } catch (error) {
      // Nothing was ever begun; anything else must not look like that.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** One after the other: the last one given is the one that stays. */
  save(progress: Progress): Promise<void> {
    const text = JSON.stringify(progress);
    this.writing = this.writing.catch(() => undefined).then(() => this.write(text));
    return this.writing;
  }

  private async write(text: string): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    const file = await open(`${this.file()}.new`, 'w');
    try {
      await file.writeFile(text);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(`${this.file()}.new`, this.file());
  }

  private file(): string {
    return path.join(this.directory, 'progress.json');
  }
}
