import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { firstText } from './json-lines.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyHeader, applyStamp } from '#ecs/syslog-header.js';
import { facilityNamed, severityNamed } from '#ecs/syslog-priority.js';
import { scanIso } from '#ecs/timestamps.js';

/**
 * A syslog message that a daemon has already taken apart: rsyslog's default JSON (`StdJSONFmt`, which has no tag) and
 * the templates people copy from its documentation, syslog-ng's `format-json`.
 */
export const syslogDocument = { name: 'syslog-document', matches, parse } satisfies DocumentParser<'syslog-document'>;

const HOSTS = ['hostname', 'fromhost', 'sysloghost', 'HOST', 'host'];
const TAGS = ['syslogtag', 'tag', 'syslog-tag'];
const PROGRAMS = ['programname', 'program', 'app-name', 'appname', 'PROGRAM'];
const PROCESSES = ['procid', 'PID', 'pid'];
const FACILITIES = ['facility', 'syslogfacility-text', 'syslogfacility', 'FACILITY'];
const SEVERITIES = ['severity', 'syslogseverity-text', 'syslogseverity', 'priority', 'PRIORITY'];
const TIMES = ['timereported', '@timestamp', 'timestamp', 'ISODATE', 'timegenerated'];
const MESSAGES = ['message', 'msg', 'MESSAGE'];
const MARKS = [
  'fromhost',
  'syslogtag',
  'timereported',
  'sysloghost',
  'programname',
  'syslog-tag',
  'syslogfacility-text',
  'PROGRAM',
  'tag',
];

function matches(document: JsonObject): boolean {
  return firstText(document, MARKS) !== undefined && MESSAGES.some((key) => typeof document[key] === 'string');
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const tag = /^(.{0,128}?)(?:\[([^\]]{1,128})\])?:?$/s.exec(firstText(document, TAGS) ?? '');
  const appname = firstText(document, PROGRAMS) ?? tag?.[1] ?? '';
  const procid = firstText(document, PROCESSES) ?? tag?.[2] ?? '';
  const hostname = firstText(document, HOSTS) ?? '';
  const header = {
    version: '',
    hostname,
    appname,
    procid,
    msgid: textOf(document.msgid) ?? '',
    structuredData: undefined,
  };
  // rsyslog's %msg% keeps the blank behind the tag.
  const message = (firstText(document, MESSAGES) ?? '').replace(/^ /, '');
  applyHeader(event, { priority: priorityOf(document), ...header }, message);
  const written = firstText(document, TIMES);
  const stamp = written === undefined ? undefined : scanIso(written, 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  return 'body';
}

/** The priority, from facility and severity as names or numbers; a missing facility is `user` (RFC 3164, section 4.3.3). */
function priorityOf(document: JsonObject): number {
  const severity = codeOf(firstText(document, SEVERITIES), 7, severityNamed);
  if (severity === undefined) return -1;
  return (codeOf(firstText(document, FACILITIES), 23, facilityNamed) ?? 1) * 8 + severity;
}

function codeOf(written: string | undefined, highest: number, named: typeof facilityNamed): number | undefined {
  const code = integerOf(written) ?? named(written?.toLowerCase() ?? '')?.code;
  return code !== undefined && code >= 0 && code <= highest ? code : undefined;
}
