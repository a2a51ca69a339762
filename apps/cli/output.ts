import { once } from 'node:events';

const FLUSH_AT = 65_536;

/** Lines to standard output, many in one write, waiting while the reader is slower. */
export class Output {
  private held: string[] = [];
  private length = 0;

  async write(line: string): Promise<void> {
    this.held.push(line, '\n');
    this.length += line.length + 1;
    if (this.length >= FLUSH_AT) await this.end();
  }

  async end(): Promise<void> {
    const text = this.held.join('');
    this.held = [];
    this.length = 0;
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
