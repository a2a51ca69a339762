import type { EcsEvent } from '#ecs/event.js';
import type { Arrival, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';

/** Icinga 2: `[2017-04-04 11:16:34 +0200] severity/Facility: message`; its start-up log has no time (lib/base/logger.cpp). */
export const icinga = {
  name: 'icinga',
  matches: (first, text) => (first === 91 ? DATED.test(text) : STARTUP.test(text)),
  parse,
} satisfies LineParser<'icinga'>;

const DATED =
  /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([+-]\d{4})\] (debug|notice|information|warning|critical)\/([A-Za-z0-9_-]{1,64}): /;
const STARTUP = /^(?:debug|notice|information|warning|critical)\/([A-Za-z0-9_-]{1,64}): /;
const WRONG = new Set(['warning', 'critical']);

function parse(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const dated = DATED.exec(text);
  const head = dated ?? STARTUP.exec(text);
  if (head === null) return 'refused';
  const level = dated?.[3] ?? text.slice(0, text.indexOf('/'));
  const facility = dated?.[4] ?? head[1] ?? '';
  const log = dated === null ? 'startup' : level === 'debug' || level === 'notice' ? 'debug' : 'main';
  const stamp = dated === null ? undefined : scanIso(`${dated[1]}${dated[2]}`, 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  event.event.dataset = `icinga.${log}`;
  event.event.module = 'icinga';
  event.event.type = [WRONG.has(level) ? 'error' : 'info'];
  event.log = { ...event.log, level };
  event.icinga = { [log]: { facility } };
  event.message = text.slice(head[0].length);
  return 'done';
}
