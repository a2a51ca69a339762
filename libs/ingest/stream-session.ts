import { SyslogFramer } from '#ecs/framing.js';
import { relpAnswer, RelpFramer } from '#ecs/relp.js';
import { LIMITS } from './limits.js';
import type { SpoolLine } from './spool-record.js';

/** What one chunk of a connection brought. */
export interface Received {
  /** Their bytes may be views of the chunk. */
  lines: SpoolLine[];
  /** To be sent once the lines are on disk. */
  answer: string;
  /** The sender has said good-bye. */
  closed: boolean;
}

/** Syslog over a stream, with no answers (RFC 6587, RFC 5425). */
export class SyslogSession {
  private readonly framer = new SyslogFramer(LIMITS.line);

  get heldBytes(): number {
    return this.framer.heldBytes;
  }

  push(chunk: Buffer): Received {
    const lines: SpoolLine[] = [];
    this.framer.push(chunk, (raw, truncated) => lines.push({ raw, truncated, id: undefined }));
    return { lines, answer: '', closed: false };
  }

  /** What there is of an unfinished line counts as one that was cut; the rest of it is skipped. */
  cut(): SpoolLine[] {
    const lines: SpoolLine[] = [];
    this.framer.cutHeld((raw, truncated) => lines.push({ raw, truncated, id: undefined }));
    return lines;
  }

  end(): SpoolLine[] {
    const lines: SpoolLine[] = [];
    this.framer.end((raw, truncated) => lines.push({ raw, truncated, id: undefined }));
    return lines;
  }
}

/** RELP: each frame is answered, so what was not is sent again. */
export class RelpSession {
  private readonly framer = new RelpFramer(LIMITS.line);

  get heldBytes(): number {
    return this.framer.heldBytes;
  }

  /** @throws RelpError */
  push(chunk: Buffer): Received {
    const received: Received = { lines: [], answer: '', closed: false };
    this.framer.push(chunk, (frame) => {
      const { command, data: raw, truncated } = frame;
      if (command === 'syslog' && raw.length > 0) received.lines.push({ raw, truncated, id: undefined });
      if (command === 'close') received.closed = true;
      received.answer += relpAnswer(frame);
    });
    return received;
  }

  /** An unanswered frame is the sender's still: it is not taken. */
  cut(): undefined {
    return undefined;
  }

  end(): SpoolLine[] {
    return [];
  }
}

export type StreamSession = SyslogSession | RelpSession;
