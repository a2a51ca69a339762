import type { EcsEvent, JsonObject, WinlogBlock } from '#ecs/event.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';
import type { Stamp } from '#ecs/timestamps.js';
import { readFactoryTalk } from './factorytalk.js';
import { meaningOf } from './windows-channels.js';
import { isWindows, readWindows } from './windows-record.js';
import type { WindowsRecord } from './windows-record.js';

/** Windows events as JSON: flat (NXLog, Logstash), Winlogbeat, or the event's XML turned to JSON. */
export const windowsSecurity = {
  name: 'windows-security',
  matches: isWindows,
  parse,
} satisfies DocumentParser<'windows-security'>;

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const record = readWindows(document);
  if (record === undefined) return 'refused';
  applyRecord(event, record, arrival);
  const meaning = meaningOf(record.channel, record.provider, record.id);
  event.event.outcome =
    meaning?.outcome ?? (record.failed === undefined ? undefined : record.failed ? 'failure' : 'success');
  // FactoryTalk's channel has no number that says anything: its sentences do.
  if (meaning === undefined && record.channel?.startsWith('FactoryTalk') === true) readFactoryTalk(event);
  if (meaning === undefined) return 'done';
  event.event.action = meaning.action;
  if (meaning.category !== undefined) event.event.category = meaning.category;
  if (meaning.type !== undefined) event.event.type = meaning.type;
  meaning.read?.(event, record.data);
  return 'done';
}

function applyRecord(event: EcsEvent, record: WindowsRecord, arrival: Arrival): void {
  const { channel = 'unknown', provider, computer } = record;
  event.event.dataset = `windows.${/sysmon/i.test(channel) ? 'sysmon' : (channel.split(/[^\w]/, 1)[0] ?? '').toLowerCase()}`;
  event.event.module = 'windows';
  event.event.code = String(record.id);
  if (provider !== undefined) event.event.provider = provider;
  event.winlog = winlogOf(record, channel);
  // The syslog header names the collector that sent it on, or the machine: the event knows.
  if (computer !== undefined) event.host = { ...event.host, name: computer, hostname: computer.split('.', 1)[0] };
  if (record.level !== undefined) event.log = { ...event.log, level: record.level };
  // The first line says it; what follows is the fields again and a lecture, kept in event.original.
  event.message = record.message?.split(/\r?\n/, 1)[0] ?? `${provider ?? channel} event ${record.id}`;
  const stamp = stampOf(record);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
}

function winlogOf(record: WindowsRecord, channel: string): WinlogBlock {
  const { id, provider, recordId, computer, userId, pid, thread, data } = record;
  const winlog: WinlogBlock = {
    channel,
    event_id: String(id),
    provider_name: provider,
    record_id: recordId,
    computer_name: computer,
    event_data: data,
  };
  if (userId !== undefined) winlog.user = { identifier: userId };
  if (pid !== undefined) winlog.process = { pid, thread: thread === undefined ? undefined : { id: thread } };
  return winlog;
}

/** Where no shipper wrote a zone, Sysmon's own time in UTC is the exact one. */
function stampOf({ times, data, provider }: WindowsRecord): Stamp | undefined {
  let first: Stamp | undefined;
  for (const time of times) {
    const stamp = time === undefined ? undefined : scanIso(time, 0);
    if (stamp?.offset !== undefined) return stamp;
    first ??= stamp;
  }
  const own = provider?.includes('Sysmon') === true ? scanIso(data.UtcTime ?? '', 0) : undefined;
  if (own === undefined) return first;
  own.offset = 0;
  return own;
}
