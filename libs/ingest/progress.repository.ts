import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { emptyLedger, type LedgerState } from './ledger.js';
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
  ledger: LedgerState;
}

/** How far the pipeline has come, and what the ledger has not written down: one small file, written whole and durably. */
export class ProgressRepository {
  progress: Progress = { done: { segment: 0, offset: 0 }, plans: [], ledger: emptyLedger() };

  private writing: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  constructor(private readonly directory: string) {}

  /** @returns false when nothing was ever begun @throws Error when that cannot be told: it must not look like it */
  async load(): Promise<boolean> {
    try {
      const stored = JSON.parse(await readFile(this.file(), 'utf8')) as Omit<Progress, 'ledger'> & Partial<Progress>;
      // Files from before the ledger was kept here have none.
      this.progress = { ...stored, ledger: { ...emptyLedger(), ...stored.ledger } };
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        `${this.file()} cannot be read: ${reason}. Restore it, or remove it to send all of the spool again.`,
        { cause: error },
      );
    }
  }

  /** Resolves when the progress, as it is now or later, is on disk. */
  save(): Promise<void> {
    this.next ??= this.writing
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return (this.writing = this.write(JSON.stringify(this.progress)));
      });
    return this.next;
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
