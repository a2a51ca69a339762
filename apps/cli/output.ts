import { once } from 'node:events';

const FLUSH_AT = 65_536;

/** Lines to standard output, many in one write. */
export class Output {
  private held: string[] = [];
  private length = 0;

  add(line: string): void {
    this.held.push(line);
    this.length += line.length + 1;
    if (this.length >= FLUSH_AT) this.write();
  }

  /** Writes what is left and waits while the reader is slower. */
  async flush(): Promise<void> {
    if (this.held.length > 0) this.write();
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  }

  private write(): void {
    this.held.push('');
    process.stdout.write(this.held.join('\n'));
    this.held = [];
    this.length = 0;
  }
}
