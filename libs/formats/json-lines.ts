import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { parseObject, textOf } from '#ecs/json-values.js';
import type { Arrival, BodyParser, DocumentParser, LineParser, Remainder } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';

/** JSON as a line, JSON as a syslog body, and the document of last resort. */

export const jsonLine = {
  name: 'json',
  matches: (first) => first === OPEN,
  parse: parseLine,
} satisfies LineParser<'json'>;

/** Also behind the `@cee:` cookie of structured syslog. */
export const jsonBody = { name: 'json-body', matches: matchesBody, parse: parseBody } satisfies BodyParser<'json-body'>;

/** Keys without a meaning that we know are kept under `json`; a text in `message` may still be a line of syslog. */
export const jsonDocument = {
  name: 'json-document',
  matches: () => true,
  parse: parseDocument,
} satisfies DocumentParser<'json-document'>;

const OPEN = 123;
const BYTE_ORDER_MARK = 0xfeff;
const COOKIE = '@cee:';
const MESSAGE_KEYS = ['message', 'msg', 'Message', 'log'];
const TIME_KEYS = [
  '@timestamp',
  'timestamp',
  'Timestamp',
  'timeStamp',
  'time',
  'ts',
  'eventTime',
  'LogTimestamp',
  'CreationTime',
  'date',
];

function parseLine(event: EcsEvent, text: string): Remainder {
  const document = parseObject(text);
  if (document !== undefined) return document;
  addFlaw(event, 'not JSON');
  return 'refused';
}

function matchesBody(event: EcsEvent): boolean {
  const first = event.message.charCodeAt(0);
  return first === OPEN || first === BYTE_ORDER_MARK || event.message.startsWith(COOKIE);
}

function parseBody(event: EcsEvent): Remainder {
  const text = event.message.startsWith(COOKIE) ? event.message.slice(COOKIE.length) : event.message;
  return parseObject(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) ?? 'refused';
}

function parseDocument(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  event.json = document;
  applyTime(event, document, arrival);
  const text = firstText(document, MESSAGE_KEYS);
  // Inside a syslog message the header has said what the event is.
  if (event.event.dataset !== 'raw') return 'done';
  event.event.dataset = 'json';
  if (text === undefined) return 'done';
  event.message = text;
  return 'line';
}

/** The document's own time, where there is none yet, or where it is whole and the header's had to be guessed. */
export function applyTime(event: EcsEvent, document: JsonObject, arrival: Arrival): void {
  if (event['@timestamp'] !== '' && event.tags?.includes('timestamp_guessed') !== true) return;
  const written = firstText(document, TIME_KEYS);
  if (written !== undefined) preferTime(event, scanWritten(written), arrival);
}

export function firstText(document: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(document[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}
