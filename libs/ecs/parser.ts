import type { EcsEvent, JsonObject } from './event.js';

/** How a line reached us. `receivedAt` in ms since 1970; `timeZone` is the IANA zone of the source's clock. */
export interface Arrival {
  raw: string;
  receivedAt: number;
  timeZone: string;
  /** What earlier lines of the source said about this one, if the caller keeps it. */
  memory?: Memory | undefined;
}

/** The heading of a table whose rows come as lines of their own (Zeek's TSV). */
export interface Heading {
  /** The file that it stood in, where the shipper tells; else empty. */
  readonly file: string;
  readonly separator: string;
  readonly setSeparator: string;
  readonly empty: string;
  readonly unset: string;
  readonly path: string;
  readonly fields: readonly string[];
  readonly types: readonly string[];
}

/** What the lines of one source tell about later ones. Never changed: `remember` makes the next one. */
export interface Memory {
  /** The latest first. */
  readonly headings: readonly Heading[];
  /** The parser that read the latest line. */
  readonly parser: string | undefined;
}

/**
 * What a parser leaves for the next layer: `body` and `line` mean that `event.message` now holds a syslog body or a
 * whole line to read; a JSON object is a document to read. `refused` means that the event was not touched, save for
 * `error.message`.
 */
export type Remainder = 'refused' | 'done' | 'body' | 'line' | JsonObject;

/** Reads a whole line. `first` is the line's first UTF-16 unit. */
export interface LineParser<Name extends string = string> {
  readonly name: Name;
  readonly matches: (first: number, text: string) => boolean;
  readonly parse: (event: EcsEvent, text: string, arrival: Arrival) => Remainder;
}

/** Reads `event.message` after the syslog header is done. */
export interface BodyParser<Name extends string = string> {
  readonly name: Name;
  readonly matches: (event: EcsEvent) => boolean;
  readonly parse: (event: EcsEvent, arrival: Arrival) => Remainder;
}

/** Reads a JSON document. */
export interface DocumentParser<Name extends string = string> {
  readonly name: Name;
  readonly matches: (document: JsonObject) => boolean;
  readonly parse: (event: EcsEvent, document: JsonObject, arrival: Arrival) => Remainder;
}
