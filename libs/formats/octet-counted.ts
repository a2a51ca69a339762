import type { EcsEvent } from '#ecs/event.js';
import type { LineParser } from '#ecs/parser.js';

/** A frame length of RFC 6587 that stayed in front of its frame, as relays over UDP and files leave it. */
export const octetCounted = {
  name: 'octet-counted',
  matches: (first, text) => first >= 49 && first <= 57 && COUNT.test(text),
  parse,
} satisfies LineParser<'octet-counted'>;

const COUNT = /^\d{1,6} (?=<\d{1,3}>)/;

function parse(event: EcsEvent, text: string): 'line' {
  event.message = text.replace(COUNT, '');
  return 'line';
}
