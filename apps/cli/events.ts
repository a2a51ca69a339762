import { eachLine } from './lines.js';

/** What becomes of a file's events, one JSON object a line; lines are counted from 1, and blank ones are passed over. */
export interface EventTaker {
  event(event: object, line: number): void;
  /** A line that is no event. */
  broken(line: number, reason: string): void;
  pause?(): Promise<void>;
}

/** Reads events, each line decoded once. Returns how many lines there were. */
export function eachEvent(chunks: AsyncIterable<Buffer>, taker: EventTaker): Promise<number> {
  return eachLine(chunks, {
    line(buffer, from, to, number) {
      const text = buffer.toString('utf8', from, to);
      const event = parseJson(text);
      if (typeof event === 'object' && event !== null && !Array.isArray(event)) taker.event(event, number);
      else if (text.trim() !== '') taker.broken(number, 'not a JSON object');
    },
    tooLong: (number) => taker.broken(number, 'longer than 16 MiB'),
    ...(taker.pause ? { pause: () => taker.pause!() } : {}),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
