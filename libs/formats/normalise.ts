import { addTag } from '#ecs/event.js';
import type { EcsEvent } from '#ecs/event.js';
import type { Arrival } from '#ecs/parser.js';
import { nameDevice } from './device-kinds.js';
import type { ParserName } from './parsers.js';
import { PARSER_NAMES } from './parsers.js';
import { recognise } from './recognise.js';
import { auditCategory } from '#ecs/taxonomy.js';
import { isoOf } from '#ecs/timestamps.js';

export interface RawInput extends Arrival {
  /** A parser that the source is pinned to. */
  parser?: ParserName;
  /** Takes the parsers that have the line for their own: more than one is a conflict. */
  claims?: Set<ParserName>;
  /** `latin1` when `raw` holds bytes that are no UTF-8, one character each (`decodeLine`). */
  encoding?: 'utf8' | 'latin1';
}

/** Until a parser knows better. */
const NO_TIME = '';

/**
 * One line becomes one ECS event. Never throws: what cannot be read is kept in `event.original` and `message`, tagged
 * `unparsed`. `event.id`, `event.ingested` and the tenant's context are added by the caller.
 */
export function normalise(input: RawInput): EcsEvent {
  let event = blank(input);
  try {
    recognise(event, input, input.parser, input.claims);
  } catch (error) {
    event = blank(input);
    event.error = { message: `parser failed: ${error instanceof Error ? error.message : 'unknown'}` };
  }
  finish(event, input);
  return event;
}

export function isParserName(name: string): name is ParserName {
  return PARSER_NAMES.some((known) => known === name);
}

/** Bytes as text that gives the bytes back: UTF-8 where it is valid, else one character a byte. */
export function decodeLine(bytes: Buffer): { raw: string; encoding: 'utf8' | 'latin1' } {
  const raw = bytes.toString('utf8');
  if (!raw.includes('\uFFFD') || bytes.equals(Buffer.from(raw, 'utf8'))) return { raw, encoding: 'utf8' };
  return { raw: bytes.toString('latin1'), encoding: 'latin1' };
}

function blank({ raw, receivedAt }: RawInput): EcsEvent {
  return {
    '@timestamp': NO_TIME,
    event: { original: raw, created: isoOf(receivedAt), kind: 'event', dataset: 'raw' },
    message: raw,
  };
}

function finish(event: EcsEvent, { encoding }: RawInput): void {
  nameDevice(event);
  splitDomain(event.user);
  splitDomain(event.user?.target);
  splitDomain(event.user?.effective);
  if (event['@timestamp'] === NO_TIME) {
    event['@timestamp'] = event.event.created;
    addTag(event, 'timestamp_missing');
  }
  if (event.event.dataset === 'raw' || event.event.dataset === 'json') addTag(event, 'unparsed');
  if (encoding === 'latin1') addTag(event, 'invalid_utf8');
  relate(event);
  const category = auditCategory(event);
  if (category === undefined) return;
  event.plantwatch ??= {};
  event.plantwatch.audit_category = category;
}

/** `PLANT\\op`, as Windows writes accounts in one word (MS-DTYP, down-level logon name). */
function splitDomain(account: { name?: string; domain?: string } | undefined): void {
  const slash = account?.name?.indexOf('\\') ?? -1;
  if (account?.name === undefined || slash < 1 || slash === account.name.length - 1) return;
  account.domain ??= account.name.slice(0, slash);
  account.name = account.name.slice(slash + 1);
}

/** `related.*`: every address, account and host of the event in one place, to search by. */
function relate(event: EcsEvent): void {
  const { source, destination, host, observer, user: account } = event;
  const ends = joined(joined(undefined, source?.ip), destination?.ip);
  const ip = joined(joined(ends, host?.ip?.[0]), observer?.ip?.[0]);
  const user = joined(joined(joined(undefined, account?.name), account?.target?.name), account?.effective?.name);
  const hosts = joined(joined(joined(undefined, host?.name), source?.domain), destination?.domain);
  if (ip === undefined && user === undefined && hosts === undefined) return;
  const related = (event.related ??= {});
  if (ip !== undefined) related.ip ??= ip;
  if (user !== undefined) related.user ??= user;
  if (hosts !== undefined) related.hosts ??= hosts;
}

function joined(list: string[] | undefined, value: string | undefined): string[] | undefined {
  if (value === undefined || list?.includes(value) === true) return list;
  if (list === undefined) return [value];
  list.push(value);
  return list;
}
