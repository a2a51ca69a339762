import { isIp } from './addresses.js';
import { addFlaw, addTag } from './event.js';
import type { EcsEvent, StructuredData, SyslogBlock } from './event.js';
import type { Arrival } from './parser.js';
import { FACILITIES, HIGHEST_PRIORITY, SEVERITIES } from './syslog-priority.js';
import { instantOfStamp, isGuessed, isoOf } from './timestamps.js';
import type { Stamp } from './timestamps.js';

/** What both syslog formats carry in front of the message; empty text stands for a field that is not there. */
export interface SyslogHeader {
  /** -1: none. */
  priority: number;
  version: string;
  hostname: string;
  appname: string;
  procid: string;
  msgid: string;
  structuredData: StructuredData | undefined;
}

/** Writes header and message into the event, as generic syslog; a body parser may say more. */
export function applyHeader(event: EcsEvent, header: SyslogHeader, message: string): void {
  event.event.dataset = 'syslog';
  event.event.module = 'syslog';
  event.message = message;
  const syslog: SyslogBlock = {};
  event.log ??= {};
  event.log.syslog = syslog;
  if (header.priority >= 0) applyPriority(event, syslog, header.priority);
  if (header.version !== '') syslog.version = header.version;
  if (header.hostname !== '') applyHost(event, header.hostname);
  if (header.appname !== '') applyProcess(event, syslog, header.appname, header.procid);
  if (header.msgid !== '') syslog.msgid = header.msgid;
  if (header.structuredData !== undefined) syslog.structured_data = header.structuredData;
}

export function applyStamp(event: EcsEvent, stamp: Stamp, arrival: Arrival): void {
  event['@timestamp'] = isoOf(instantOfStamp(stamp, arrival.receivedAt, arrival.timeZone));
  if (isGuessed(stamp)) addTag(event, 'timestamp_guessed');
}

function applyHost(event: EcsEvent, name: string): void {
  const host = isIp(name) ? { name, hostname: name, ip: [name] } : { name, hostname: name };
  event.host = event.host === undefined ? host : { ...event.host, ...host };
}

function applyProcess(event: EcsEvent, syslog: SyslogBlock, appname: string, procid: string): void {
  syslog.appname = appname;
  const name = appname.charCodeAt(0) === 47 ? appname.slice(appname.lastIndexOf('/') + 1) : appname;
  event.process = { name };
  if (procid === '') return;
  syslog.procid = procid;
  if (procid.length <= 10 && !/\D/.test(procid)) event.process.pid = Number(procid);
}

function applyPriority(event: EcsEvent, syslog: SyslogBlock, priority: number): void {
  if (priority > HIGHEST_PRIORITY) {
    addFlaw(event, `priority ${priority} is out of range`);
    return;
  }
  syslog.priority = priority;
  syslog.facility = FACILITIES[priority >> 3];
  syslog.severity = SEVERITIES[priority & 7];
  if (event.log !== undefined && syslog.severity !== undefined) event.log.level = syslog.severity.name;
}
