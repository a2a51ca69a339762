import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanBsd } from '#ecs/timestamps.js';
import { readMessage } from './windows-message.js';

/**
 * Windows events from Snare agents and NXLog's `to_syslog_snare()`: tab-separated behind `MSWinEventLog`. The data of
 * the event is only in its message, in words. Source: "Snare for Windows" manual, appendix "Event output format".
 */
export const snare = { name: 'snare', matches, parse } satisfies BodyParser<'snare'>;

const MARK = /MSWinEventLog(?:\t|#011)/;
const REACH = 300;
const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['success audit', 'AUDIT_SUCCESS'],
  ['audit success', 'AUDIT_SUCCESS'],
  ['failure audit', 'AUDIT_FAILURE'],
  ['audit failure', 'AUDIT_FAILURE'],
]);

/** A tab in front of the mark makes it a part of what looks like the host's name. */
function textOf({ host, message }: EcsEvent): string {
  return host?.name?.includes('\t') === true || host?.name?.includes('#011') === true
    ? `${host.name} ${message}`
    : message;
}

function matches(event: EcsEvent): boolean {
  if (event.message.startsWith('MSWinEventLog')) return MARK.test(event.message);
  const { name } = event.host ?? {};
  return name !== undefined && name.length > 13 && MARK.test(name);
}

function parse(event: EcsEvent, arrival: Arrival): Remainder {
  const text = textOf(event);
  const from = text.slice(0, REACH).search(MARK);
  const columns = text.slice(from).split(/\t|#011/, 24);
  const [, , channel = '', count = '', date = '', id = '', source = '', user = '', , type = '', computer = ''] =
    columns;
  const [, , , , , , , , , , , , , expanded = ''] = columns;
  if (from < 0 || !/^\d{1,6}$/.test(id)) return 'refused';
  // `Mon Nov 23 09:00:00 2026`, without the day of the week.
  const stamp = scanBsd(`${date} `, 4);
  if (stamp !== undefined && event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  event.host = undefined;
  const data: JsonObject = readMessage(Number(id), expanded);
  if (user !== '' && user !== 'N/A' && user !== 'NULL') data.SnareUser = user;
  return {
    ...data,
    EventID: Number(id),
    Channel: channel,
    SourceName: source,
    Hostname: computer,
    EventType: OUTCOMES.get(type.toLowerCase()) ?? 'INFO',
    RecordNumber: count,
    Message: expanded === '' ? `${source} event ${id}` : expanded,
  };
}
