import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { parseObject, textOf } from '#ecs/json-values.js';
import type { Arrival, BodyParser, DocumentParser, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { isoOf, scanIso } from '#ecs/timestamps.js';

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
const COOKIE = '@cee:';
const MESSAGE_KEYS = ['message', 'msg', 'Message', 'log'];
const TIME_KEYS = ['@timestamp', 'timestamp', 'time', 'ts', 'eventTime', 'date'];

function parseLine(event: EcsEvent, text: string): Remainder {
  const document = parseObject(text);
  if (document !== undefined) return document;
  addFlaw(event, 'not JSON');
  return 'refused';
}

function matchesBody(event: EcsEvent): boolean {
  return event.message.charCodeAt(0) === OPEN || event.message.startsWith(COOKIE);
}

function parseBody(event: EcsEvent): Remainder {
  const text = event.message.startsWith(COOKIE) ? event.message.slice(COOKIE.length) : event.message;
  return parseObject(text) ?? 'refused';
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

/** The document's own time, when it has one that can be read: ISO 8601, or seconds or milliseconds since 1970. */
export function applyTime(event: EcsEvent, document: JsonObject, arrival: Arrival): void {
  const written = event['@timestamp'] === '' ? firstText(document, TIME_KEYS) : undefined;
  if (written === undefined) return;
  const stamp = scanIso(written, 0);
  const number = /^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/.test(written) ? Number(written) : 0;
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  else if (number > 0) event['@timestamp'] = isoOf(Math.floor(number < 1e10 ? number * 1000 : number));
}

export function firstText(document: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(document[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}
