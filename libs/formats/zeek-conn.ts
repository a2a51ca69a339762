import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { industrialService } from './icsnpp-logs.js';
import { coreLog, coreLogs } from './zeek-core-log.js';
import { ipBlock, macText } from './zeek-endpoints.js';
import { valuesOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Connections, and what Zeek says about packets and tunnels. */
export const CONN_LOGS: readonly ZeekLog[] = [
  { name: 'conn', columns: ['conn_state'], read: readConn },
  ...coreLogs('tunnel', [['tunnel_type']], { type: ['connection'], says: ['tunnel_type', 'action'] }),
  ...coreLogs('socks', [['request_p'], ['request.host'], ['bound_p']], {
    protocol: 'socks',
    transport: 'tcp',
    says: ['status', 'request.name', 'request.host'],
    finish: (event, row) => {
      const user = textOf(row.user);
      if (user !== undefined) event.user = { name: user };
    },
  }),
  coreLog('dpd', ['analyzer', 'failure_reason'], { type: ['info'], says: ['analyzer', 'failure_reason'] }),
  coreLog('analyzer', ['analyzer_kind', 'analyzer_name'], {
    type: ['info'],
    says: ['analyzer_name', 'failure_reason'],
  }),
  ...coreLogs('ntp', [['xmt_time'], ['ref_id', 'stratum']], {
    protocol: 'ntp',
    transport: 'udp',
    says: ['mode', 'ref_id'],
  }),
  ...coreLogs('snmp', [['get_bulk_requests'], ['display_string']], {
    protocol: 'snmp',
    transport: 'udp',
    says: ['version', 'display_string'],
  }),
  coreLog('dhcp', ['uids', 'msg_types'], {
    protocol: 'dhcp',
    transport: 'udp',
    says: ['host_name', 'assigned_addr', 'client_addr'],
    finish: readDhcp,
  }),
  ...coreLogs('irc', [['dcc_file_name'], ['nick'], ['command', 'addl'], ['command', 'value']], {
    protocol: 'irc',
    transport: 'tcp',
    says: ['command', 'value'],
  }),
  coreLog('sip', ['request_from'], { protocol: 'sip', says: ['method', 'uri', 'status_msg'] }),
  coreLog('syslog', ['facility', 'severity', 'message'], {
    protocol: 'syslog',
    finish: (event, row) => {
      event.message = textOf(row.message) ?? event.message;
    },
  }),
];

/** `REJ`: the server answered with RST; `S0` and the like stay what they are, nobody refused them. */
function readConn(event: EcsEvent, row: JsonObject): void {
  event.event.type = row.conn_state === 'REJ' ? ['connection', 'denied'] : ['connection', 'end'];
  const service = textOf(row.service);
  event.network = {
    transport: textOf(row.proto),
    protocol: service?.toLowerCase(),
    community_id: textOf(row.community_id),
  };
  const duration = typeof row.duration === 'number' ? Math.round(row.duration * 1e9) : undefined;
  if (duration !== undefined && Number.isSafeInteger(duration)) event.event.duration = duration;
  const sent = integerOf(row.orig_bytes);
  const received = integerOf(row.resp_bytes);
  if (event.source !== undefined) Object.assign(event.source, { bytes: sent, packets: integerOf(row.orig_pkts) });
  if (event.destination !== undefined)
    Object.assign(event.destination, { bytes: received, packets: integerOf(row.resp_pkts) });
  const bytes = (sent ?? NaN) + (received ?? NaN);
  if (Number.isSafeInteger(bytes)) event.network.bytes = bytes;
  const protocol = service === undefined ? undefined : industrialService(service);
  if (protocol !== undefined) event.ot = { protocol, function: { name: 'CONNECTION' }, operation: 'other' };
}

/** The client may have no address yet. */
function readDhcp(event: EcsEvent, row: JsonObject): void {
  const client = textOf(row.client_addr) ?? textOf(row.assigned_addr) ?? textOf(row.requested_addr);
  const server = textOf(row.server_addr);
  const mac = textOf(row.mac);
  const name = textOf(row.client_fqdn) ?? textOf(row.host_name);
  event.source = {
    ...event.source,
    ...ipBlock(client),
    ...(mac === undefined ? {} : { mac: macText(mac) }),
    ...(name === undefined ? {} : { domain: name }),
  };
  event.destination = { ...event.destination, ...ipBlock(server) };
  event.event.action = valuesOf(row.msg_types)?.slice(0, 128).replaceAll(',', '_').toLowerCase();
}
