import { addTag } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser, Remainder } from '#ecs/parser.js';
import { BODY_PARSERS, DOCUMENT_PARSERS, LINE_PARSERS, SHARED } from './parsers.js';
import type { ParserName } from './parsers.js';

/** A syslog line that holds a document that holds a line is the deepest that shippers build. */
const LAYERS = 6;

/**
 * Reads a line layer by layer into the event: what a parser leaves is given to the next layer's parsers. A pinned
 * parser is tried before the others of its layer, whether it would have matched or not.
 * @param claims takes the parsers of bodies that have the line for their own, if it is asked for them
 */
export function recognise(
  event: EcsEvent,
  arrival: Arrival,
  pinned: ParserName | undefined,
  claims?: Set<ParserName>,
): void {
  const course: Course = { last: undefined, pinned, pinnedRead: false, claims };
  let rest = readLine(event, arrival.raw, arrival, course);
  for (let layer = 1; layer < LAYERS && rest !== 'done' && rest !== 'refused'; layer++) {
    if (rest === 'line') rest = readLine(event, event.message, arrival, course);
    else if (rest === 'body') rest = readBody(event, arrival, course);
    else rest = readDocument(event, rest, arrival, course);
  }
  if (course.last !== undefined) {
    event.plantwatch ??= {};
    event.plantwatch.parser = course.last;
  }
  if (pinned !== undefined && !course.pinnedRead) addTag(event, 'parser_mismatch');
}

interface Course {
  last: ParserName | undefined;
  readonly pinned: ParserName | undefined;
  pinnedRead: boolean;
  readonly claims: Set<ParserName> | undefined;
}

/** The order in which a layer's parsers are asked, by the one that is pinned. */
function orders<P extends { readonly name: ParserName }>(
  parsers: readonly P[],
): (pinned: ParserName | undefined) => readonly P[] {
  const byPinned = new Map(
    parsers.map((first) => [first.name, [first, ...parsers.filter((parser) => parser !== first)]]),
  );
  return (pinned) => (pinned === undefined ? undefined : byPinned.get(pinned)) ?? parsers;
}

const lineParsers = orders(LINE_PARSERS);
const bodyParsers = orders(BODY_PARSERS);
const documentParsers = orders(DOCUMENT_PARSERS);

/** Formats that no parser before them in the list takes for its own: the latest of a source may be asked first. */
const DISTINCT = new Map<string | undefined, BodyParser<ParserName>>(
  BODY_PARSERS.filter(({ name }) => !SHARED.has(name)).map((parser) => [parser.name, parser]),
);

function taken(course: Course, name: ParserName, rest: Remainder): Remainder {
  course.last = name;
  if (name === course.pinned) course.pinnedRead = true;
  return rest;
}

function readLine(event: EcsEvent, text: string, arrival: Arrival, course: Course): Remainder {
  const { pinned } = course;
  const first = text.charCodeAt(0);
  for (const parser of lineParsers(pinned)) {
    if (parser.name !== pinned && !parser.matches(first, text)) continue;
    const rest = parser.parse(event, text, arrival);
    if (rest === 'refused') continue;
    return taken(course, parser.name, rest);
  }
  // A body without a syslog header in front, as files and some relays hold it.
  return readBody(event, arrival, course);
}

function readBody(event: EcsEvent, arrival: Arrival, course: Course): Remainder {
  const { pinned, claims } = course;
  if (claims !== undefined) for (const parser of DISTINCT.values()) if (parser.matches(event)) claims.add(parser.name);
  const latest = pinned === undefined ? DISTINCT.get(arrival.memory?.parser) : undefined;
  if (latest?.matches(event) === true) {
    const rest = latest.parse(event, arrival);
    if (rest !== 'refused') {
      return taken(course, latest.name, rest);
    }
  }
  for (const parser of bodyParsers(pinned)) {
    if (parser === latest) continue;
    if (parser.name !== pinned && !parser.matches(event)) continue;
    const rest = parser.parse(event, arrival);
    if (rest === 'refused') continue;
    return taken(course, parser.name, rest);
  }
  return 'done';
}

function readDocument(event: EcsEvent, document: JsonObject, arrival: Arrival, course: Course): Remainder {
  const { pinned } = course;
  for (const parser of documentParsers(pinned)) {
    if (parser.name !== pinned && !parser.matches(document)) continue;
    const rest = parser.parse(event, document, arrival);
    if (rest === 'refused') continue;
    return taken(course, parser.name, rest);
  }
  return 'done';
}
