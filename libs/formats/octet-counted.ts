import type { EcsEvent } from '#ecs/event.js';
import type { LineParser } from '#ecs/parser.js';

/**
 * A frame length of RFC 6587 that stayed in front of its frame, as relays over UDP and files leave it; and another word
 * that a relay put in front of a whole RFC 5424 message.
 */
export const octetCounted = {
  name: 'octet-counted',
  matches: (first, text) => (first >= 49 && first <= 57 && COUNT.test(text)) || (first !== 60 && WORD.test(text)),
  parse,
} satisfies LineParser<'octet-counted'>;

const COUNT = /^\d{1,6} (?=<\d{1,3}>)/;
const WORD = /^[\w.:-]{1,64} (?=<\d{1,3}>[1-9]\d{0,2} (?:\d{4}-|- ))/;

function parse(event: EcsEvent, text: string): 'line' {
  event.message = text.replace(COUNT, '').replace(WORD, '');
  return 'line';
}
