import type { EcsEvent, EndpointBlock, JsonObject } from '#ecs/event.js';
import { portOf } from '#ecs/addresses.js';
import { textOf } from '#ecs/json-values.js';
import { coreLog, coreLogs, textAt } from './zeek-core-log.js';
import { ipBlock } from './zeek-endpoints.js';
import type { ZeekLog } from './zeek-log.js';

/** What Zeek found worth saying: notices, oddities, matches of intelligence, what it knows of hosts, its own state. */
export const FINDING_LOGS: readonly ZeekLog[] = [
  coreLog('notice', ['note', 'msg'], { category: ['intrusion_detection'], type: ['info'], finish: readNotice }),
  coreLog('notice_alarm', [], { category: ['intrusion_detection'], type: ['info'], finish: readNotice }),
  coreLog('signatures', ['sig_id'], {
    category: ['intrusion_detection'],
    type: ['info'],
    says: ['event_msg', 'sig_id'],
    finish: (event, row) => {
      event.event.kind = 'alert';
      event.rule = { id: textOf(row.sig_id), name: textOf(row.event_msg) };
    },
  }),
  coreLog('intel', ['seen.indicator'], {
    category: ['threat'],
    type: ['indicator'],
    says: ['seen.indicator_type', 'seen.indicator', 'seen.where'],
    finish: (event) => {
      event.event.kind = 'alert';
    },
  }),
  coreLog('weird', ['name', 'notice', 'peer'], {
    type: ['info'],
    says: ['name', 'addl'],
    finish: (event, row) => {
      event.event.action = textOf(row.name);
    },
  }),
  coreLog('weird_stats', ['name', 'num_seen'], { type: ['info'], says: ['name', 'num_seen'], finish: metric }),
  ...coreLogs('software', [['software_type'], ['unparsed_version']], {
    category: ['host', 'package'],
    type: ['info'],
    says: ['host', 'software_type', 'name', 'unparsed_version'],
    finish: known('host_p'),
  }),
  ...coreLogs('known_services', [['port_num', 'port_proto']], {
    category: ['host', 'network'],
    type: ['info'],
    says: ['host', 'port_num', 'port_proto'],
    finish: known('port_num'),
  }),
  ...coreLogs(
    'known_certs',
    [
      ['port_num', 'issuer_subject'],
      ['port_num', 'subject'],
    ],
    {
      category: ['host', 'network'],
      type: ['info'],
      says: ['host', 'port_num', 'subject'],
      finish: known('port_num'),
    },
  ),
  coreLog('known_hosts', [], { category: ['host'], type: ['info'], says: ['host'], finish: known('port') }),
  coreLog('known_devices', [], {
    category: ['host'],
    type: ['info'],
    says: ['mac', 'dhcp_host_name'],
    finish: known('port'),
  }),
  coreLog('traceroute', [], { category: ['network'], type: ['info'], says: ['src', 'dst'], finish: readPair }),
  coreLog('capture_loss', ['percent_lost'], {
    category: ['host'],
    type: ['info'],
    says: ['percent_lost'],
    finish: metric,
  }),
  coreLog('stats', ['pkts_proc', 'bytes_recv'], {
    category: ['host'],
    type: ['info'],
    says: ['pkts_proc'],
    finish: metric,
  }),
  coreLog('packet_filter', ['filter', 'init'], { category: ['host'], type: ['info'], says: ['node', 'filter'] }),
  coreLog('reporter', ['level', 'location'], { category: ['host'], type: ['info'], finish: readReporter }),
  coreLog('reporter', ['level', 'message'], { category: ['host'], type: ['info'], finish: readReporter }),
];

function readNotice(event: EcsEvent, row: JsonObject): void {
  event.event.kind = 'alert';
  event.rule = { name: textOf(row.note) };
  event.message = textOf(row.msg) ?? event.message;
  readPair(event, row);
}

/** Notices about hosts, not connections, name them in `src` and `dst`. */
function readPair(event: EcsEvent, row: JsonObject): void {
  event.source ??= blockOf(row.src);
  event.destination ??= blockOf(row.dst);
  const port = portOf(textOf(row.p) ?? '');
  if (port !== undefined && event.destination !== undefined) event.destination.port ??= port;
}

function blockOf(value: JsonObject[string] | undefined): EndpointBlock | undefined {
  const block = ipBlock(textOf(value));
  return block.ip === undefined ? undefined : block;
}

/** The host that is known stands as source, with the port that it serves. */
function known(column: string): (event: EcsEvent, row: JsonObject) => void {
  return (event, row) => {
    event.event.kind = 'asset';
    const port = portOf(textAt(row, column) ?? '');
    if (port !== undefined && event.source !== undefined) event.source.port = port;
  };
}

function metric(event: EcsEvent): void {
  event.event.kind = 'metric';
}

/** What Zeek says about itself: `Reporter::WARNING`. */
function readReporter(event: EcsEvent, row: JsonObject): void {
  event.message = textOf(row.message) ?? event.message;
  const level = textOf(row.level)
    ?.replace(/^Reporter::/, '')
    .toLowerCase();
  if (level === undefined) return;
  event.log = { ...event.log, level };
  if (level === 'error' || level === 'fatal') event.event.type = ['error'];
}
