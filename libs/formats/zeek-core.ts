import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import type { ZeekLog } from './zeek-log.js';

/** Zeek's own logs of common protocols. Most keep their columns under `zeek.row`; the columns here tell them apart. */
export const CORE_LOGS: readonly ZeekLog[] = [
  { name: 'notice', columns: ['note', 'msg'], read: readNotice },
  { name: 'conn', columns: ['conn_state'], read: readConn },
  { name: 'x509', columns: ['certificate.serial'], read: keep },
  { name: 'ocsp', columns: ['issuerNameHash'], read: keep },
  { name: 'intel', columns: ['seen.indicator'], read: keep },
  { name: 'dhcp', columns: ['uids', 'msg_types'], read: keep },
  { name: 'dns', columns: ['trans_id', 'rejected'], read: keep },
  { name: 'http', columns: ['trans_depth', 'request_body_len'], read: keep },
  { name: 'smtp', columns: ['trans_depth', 'helo'], read: keep },
  { name: 'ssl', columns: ['established', 'resumed'], read: keep },
  { name: 'ssh', columns: ['auth_attempts'], read: keep },
  { name: 'ftp', columns: ['command', 'user', 'password'], read: keep },
  { name: 'rdp', columns: ['cookie', 'result'], read: keep },
  { name: 'rfb', columns: ['authentication_method'], read: keep },
  { name: 'kerberos', columns: ['request_type', 'client'], read: keep },
  { name: 'dce_rpc', columns: ['endpoint', 'operation'], read: keep },
  { name: 'smb_files', columns: ['action', 'name', 'path'], read: keep },
  { name: 'smb_mapping', columns: ['path', 'share_type'], read: keep },
  { name: 'mysql', columns: ['cmd', 'arg'], read: keep },
  { name: 'ntp', columns: ['stratum', 'ref_id'], read: keep },
  { name: 'tunnel', columns: ['tunnel_type'], read: keep },
  { name: 'files', columns: ['fuid', 'seen_bytes'], read: keep },
  { name: 'weird', columns: ['name', 'notice', 'peer'], read: keep },
];

function keep(): void {}

function readConn(event: EcsEvent, row: JsonObject): void {
  event.event.type = ['connection', row.conn_state === 'REJ' ? 'denied' : 'end'];
  event.network = {
    transport: textOf(row.proto),
    protocol: textOf(row.service),
    community_id: textOf(row.community_id),
  };
  const duration = typeof row.duration === 'number' ? Math.round(row.duration * 1e9) : undefined;
  if (duration !== undefined && Number.isSafeInteger(duration)) event.event.duration = duration;
  const sent = integerOf(row.orig_bytes);
  const received = integerOf(row.resp_bytes);
  if (event.source !== undefined) Object.assign(event.source, { bytes: sent, packets: integerOf(row.orig_pkts) });
  if (event.destination !== undefined)
    Object.assign(event.destination, { bytes: received, packets: integerOf(row.resp_pkts) });
  if (sent !== undefined && received !== undefined) event.network.bytes = sent + received;
}

function readNotice(event: EcsEvent, row: JsonObject): void {
  event.event.kind = 'alert';
  event.event.category = ['intrusion_detection'];
  event.rule = { name: textOf(row.note) };
}
