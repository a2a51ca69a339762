/** Reliable Event Logging Protocol, version 1 (librelp's relp.html): `TXNR SP COMMAND SP DATALEN [SP DATA] LF`. */

export interface RelpFrame {
  /** Transaction number, which the answer repeats. */
  transaction: string;
  command: string;
  /** May be a view of the pushed chunk: copy it to keep it. */
  data: Buffer;
  truncated: boolean;
}

/** The peer speaks something else, or its frames are damaged: nothing after this can be read. */
export class RelpError extends Error {}

const LF = 0x0a;
const SPACE = 0x20;
/** Transaction number of nine digits, command of 32 letters, length of nine digits. */
const LONGEST_HEAD = 9 + 1 + 32 + 1 + 9;
const HEAD = /^(\d{1,9}) ([A-Za-z]{1,32}) (\d{1,9})$/;

/** Splits a stream into frames. Data over the limit is cut there; its rest is skipped. */
export class RelpFramer {
  private head = '';
  private spaces = 0;
  private frame: { transaction: string; command: string; length: number } | undefined;
  private kept: Buffer[] = [];
  private keptLength = 0;
  private missing = 0;

  constructor(private readonly maxDataBytes: number) {}

  /** Bytes of a frame whose end has not come. */
  get heldBytes(): number {
    return this.keptLength;
  }

  /** @throws RelpError */
  push(chunk: Buffer, emit: (frame: RelpFrame) => void): void {
    let at = 0;
    while (at < chunk.length) at = this.frame ? this.body(chunk, at, emit) : this.begin(chunk, at);
  }

  private begin(chunk: Buffer, at: number): number {
    for (let i = at; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (byte === LF || (byte === SPACE && this.spaces === 2)) {
        this.open(byte === LF);
        // A frame without data ends here: its line end is read as its body's.
        return byte === LF ? i : i + 1;
      }
      if (byte === SPACE) this.spaces++;
      this.head += String.fromCharCode(byte);
      if (this.head.length > LONGEST_HEAD) throw new RelpError('The frame has no head.');
    }
    return chunk.length;
  }

  private open(empty: boolean): void {
    const [, transaction = '', command = '', digits = ''] = HEAD.exec(this.head) ?? [];
    const length = Number(digits);
    if (transaction === '' || (empty && length > 0)) throw new RelpError('The frame’s head cannot be read.');
    this.frame = { transaction, command, length };
    this.missing = length;
    this.head = '';
    this.spaces = 0;
  }

  private body(chunk: Buffer, at: number, emit: (frame: RelpFrame) => void): number {
    const end = Math.min(chunk.length, at + this.missing);
    const room = Math.min(end, at + this.maxDataBytes - this.keptLength);
    this.missing -= end - at;
    const part = chunk.subarray(at, room);
    if (end === chunk.length) {
      // The chunk's memory is not ours to keep.
      if (part.length > 0) this.kept.push(Buffer.from(part));
      this.keptLength += part.length;
      return end;
    }
    if (chunk[end] !== LF) throw new RelpError('The frame is longer than it says.');
    const { transaction = '', command = '', length = 0 } = this.frame ?? {};
    const data = this.kept.length === 0 ? part : Buffer.concat([...this.kept, part]);
    this.frame = undefined;
    this.kept = [];
    this.keptLength = 0;
    emit({ transaction, command, data, truncated: length > data.length });
    return end + 1;
  }
}

const OFFER = 'relp_version=0\nrelp_software=plantwatch\ncommands=syslog';

/** The answer to a frame, once what it asks for is done. */
export function relpAnswer({ transaction, command }: Pick<RelpFrame, 'transaction' | 'command'>): string {
  if (command === 'open') return answer(transaction, `200 OK\n${OFFER}`);
  if (command === 'syslog') return answer(transaction, '200 OK');
  if (command === 'close') return `${transaction} rsp 0\n0 serverclose 0\n`;
  return answer(transaction, '500 command unknown');
}

function answer(transaction: string, data: string): string {
  return `${transaction} rsp ${data.length} ${data}\n`;
}
