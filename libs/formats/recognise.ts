import { addTag } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, Remainder } from '#ecs/parser.js';
import { BODY_PARSERS, DOCUMENT_PARSERS, LINE_PARSERS } from './parsers.js';
import type { ParserName } from './parsers.js';

/** A syslog line that holds a document that holds a line is the deepest that shippers build. */
const LAYERS = 6;

/**
 * Reads a line layer by layer into the event: what a parser leaves is given to the next layer's parsers. A pinned
 * parser is tried before the others of its layer, whether it would have matched or not.
 */
export function recognise(event: EcsEvent, arrival: Arrival, pinned: ParserName | undefined): void {
  const course: Course = { chain: [], pinned };
  let rest = readLine(event, arrival.raw, arrival, course);
  for (let layer = 1; layer < LAYERS && rest !== 'done' && rest !== 'refused'; layer++) {
    if (rest === 'line') rest = readLine(event, event.message, arrival, course);
    else if (rest === 'body') rest = readBody(event, arrival, course);
    else rest = readDocument(event, rest, arrival, course);
  }
  const last = course.chain.at(-1);
  if (last !== undefined) {
    event.plantwatch ??= {};
    event.plantwatch.parser = last;
  }
  if (pinned !== undefined && !course.chain.includes(pinned)) addTag(event, 'parser_mismatch');
}

interface Course {
  readonly chain: ParserName[];
  readonly pinned: ParserName | undefined;
}

function readLine(event: EcsEvent, text: string, arrival: Arrival, course: Course): Remainder {
  const { chain, pinned } = course;
  const first = text.charCodeAt(0);
  for (const parser of inOrder(LINE_PARSERS, pinned)) {
    if (parser.name !== pinned && !parser.matches(first, text)) continue;
    const rest = parser.parse(event, text, arrival);
    if (rest === 'refused') continue;
    chain.push(parser.name);
    return rest;
  }
  // A body without a syslog header in front, as files and some relays hold it.
  return readBody(event, arrival, course);
}

function readBody(event: EcsEvent, arrival: Arrival, { chain, pinned }: Course): Remainder {
  for (const parser of inOrder(BODY_PARSERS, pinned)) {
    if (parser.name !== pinned && !parser.matches(event)) continue;
    const rest = parser.parse(event, arrival);
    if (rest === 'refused') continue;
    chain.push(parser.name);
    return rest;
  }
  return 'done';
}

function readDocument(event: EcsEvent, document: JsonObject, arrival: Arrival, { chain, pinned }: Course): Remainder {
  for (const parser of inOrder(DOCUMENT_PARSERS, pinned)) {
    if (parser.name !== pinned && !parser.matches(document)) continue;
    const rest = parser.parse(event, document, arrival);
    if (rest === 'refused') continue;
    chain.push(parser.name);
    return rest;
  }
  return 'done';
}

function inOrder<P extends { readonly name: ParserName }>(
  parsers: readonly P[],
  pinned: ParserName | undefined,
): readonly P[] {
  const first = pinned === undefined ? undefined : parsers.find((parser) => parser.name === pinned);
  return first === undefined ? parsers : [first, ...parsers.filter((parser) => parser !== first)];
}
