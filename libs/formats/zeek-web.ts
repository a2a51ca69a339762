import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { isIp } from '#ecs/addresses.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { coreLog, coreLogs, textAt } from './zeek-core-log.js';
import type { Place } from './zeek-core-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Names, pages, mails and certificates. */

const CERTIFICATE: readonly Place[] = [
  ['certificate.serial', 'tls', 'server.x509.serial_number'],
  ['certificate.subject', 'tls', 'server.x509.subject.distinguished_name'],
  ['certificate.issuer', 'tls', 'server.x509.issuer.distinguished_name'],
  ['certificate.not_valid_before', 'tls', 'server.x509.not_before', 'time'],
  ['certificate.not_valid_after', 'tls', 'server.x509.not_after', 'time'],
  ['certificate.version', 'tls', 'server.x509.version_number'],
  ['certificate.key_alg', 'tls', 'server.x509.public_key_algorithm'],
  ['certificate.sig_alg', 'tls', 'server.x509.signature_algorithm'],
  ['certificate.key_length', 'tls', 'server.x509.public_key_size', 'number'],
  ['san.dns', 'tls', 'server.x509.alternative_names', 'list'],
];

export const WEB_LOGS: readonly ZeekLog[] = [
  ...coreLogs('dns', [['trans_id', 'rejected'], ['qtype_name'], ['rcode_name']], {
    protocol: 'dns',
    says: ['query', 'qtype_name', 'rcode_name'],
    places: [
      ['query', 'dns', 'question.name'],
      ['qtype_name', 'dns', 'question.type'],
      ['qclass_name', 'dns', 'question.class'],
      ['rcode_name', 'dns', 'response_code'],
      ['trans_id', 'dns', 'id'],
    ],
    finish: readDns,
  }),
  coreLog('http', ['trans_depth', 'request_body_len'], {
    category: ['network', 'web'],
    type: ['connection', 'protocol', 'access'],
    protocol: 'http',
    transport: 'tcp',
    says: ['method', 'host', 'uri', 'status_code'],
    places: [
      ['method', 'http', 'request.method'],
      ['referrer', 'http', 'request.referrer'],
      ['request_body_len', 'http', 'request.body.bytes', 'number'],
      ['status_code', 'http', 'response.status_code', 'number'],
      ['response_body_len', 'http', 'response.body.bytes', 'number'],
      ['version', 'http', 'version'],
      ['user_agent', 'user_agent', 'original'],
      ['host', 'url', 'domain'],
      ['uri', 'url', 'original'],
    ],
    finish: readHttp,
  }),
  ...coreLogs('smtp', [['trans_depth', 'tls'], ['mailfrom'], ['helo']], {
    category: ['network', 'email'],
    type: ['connection', 'protocol', 'info'],
    protocol: 'smtp',
    transport: 'tcp',
    says: ['mailfrom', 'subject', 'last_reply'],
    places: [
      ['mailfrom', 'email', 'sender.address'],
      ['from', 'email', 'from.address', 'list'],
      ['to', 'email', 'to.address', 'list'],
      ['cc', 'email', 'cc.address', 'list'],
      ['reply_to', 'email', 'reply_to.address', 'list'],
      ['subject', 'email', 'subject'],
      ['msg_id', 'email', 'message_id'],
      ['user_agent', 'email', 'x_mailer'],
    ],
  }),
  ...coreLogs('ssl', [['established', 'resumed'], ['cert_chain_fuids'], ['cert_chain_fps']], {
    protocol: 'tls',
    says: ['server_name', 'version', 'cipher', 'validation_status'],
    places: [
      ['server_name', 'tls', 'client.server_name'],
      ['cipher', 'tls', 'cipher'],
      ['curve', 'tls', 'curve'],
      ['next_protocol', 'tls', 'next_protocol'],
      ['established', 'tls', 'established', 'flag'],
      ['resumed', 'tls', 'resumed', 'flag'],
      ['subject', 'tls', 'server.subject'],
      ['issuer', 'tls', 'server.issuer'],
      ['client_subject', 'tls', 'client.subject'],
      ['client_issuer', 'tls', 'client.issuer'],
      ['ja3', 'tls', 'client.ja3'],
      ['ja3s', 'tls', 'server.ja3s'],
    ],
    finish: readTls,
  }),
  coreLog('x509', ['certificate.serial'], {
    type: ['info'],
    says: ['certificate.subject', 'certificate.issuer'],
    places: CERTIFICATE,
  }),
  coreLog('ocsp', ['issuerNameHash'], { type: ['info'], says: ['serialNumber', 'certStatus', 'revokereason'] }),
  ...coreLogs('quic', [['client_initial_dcid']], {
    protocol: 'quic',
    transport: 'udp',
    says: ['server_name', 'client_protocol'],
    places: [['server_name', 'tls', 'client.server_name']],
  }),
];

const MOST_ANSWERS = 100;

function readDns(event: EcsEvent, row: JsonObject): void {
  const dns = (event.dns ??= {});
  const answers = Array.isArray(row.answers) ? row.answers.slice(0, MOST_ANSWERS) : [];
  const code = textOf(row.rcode_name);
  dns.type = code === undefined && answers.length === 0 ? 'query' : 'answer';
  const flags = ['AA', 'TC', 'RD', 'RA'].filter((flag) => row[flag] === true);
  if (flags.length > 0) dns.header_flags = flags;
  if (code !== undefined) event.event.outcome = code === 'NOERROR' ? 'success' : 'failure';
  if (answers.length === 0) return;
  const times = Array.isArray(row.TTLs) ? row.TTLs : [];
  dns.answers = answers.map((data, index) => {
    const ttl = times[index];
    return typeof ttl === 'number' ? { data: textOf(data) ?? '', ttl } : { data: textOf(data) ?? '' };
  });
  const addresses = answers.filter((data): data is string => typeof data === 'string' && isIp(data));
  if (addresses.length > 0) dns.resolved_ip = addresses;
}

function readHttp(event: EcsEvent, row: JsonObject): void {
  const uri = textOf(row.uri);
  const mark = uri?.indexOf('?') ?? -1;
  if (uri !== undefined && event.url !== undefined) {
    event.url.path = mark === -1 ? uri : uri.slice(0, mark);
    if (mark !== -1) event.url.query = uri.slice(mark + 1);
  }
  const user = textOf(row.username);
  if (user !== undefined) event.user = { name: user };
  const status = integerOf(row.status_code);
  if (status === undefined) return;
  event.event.outcome = status < 400 ? 'success' : 'failure';
  if (status === 401 || status === 403) event.event.type = ['connection', 'protocol', 'denied'];
  else if (status >= 400) event.event.type = ['connection', 'protocol', 'error'];
}

/** `TLSv12`, `TLSv1.3`, `DTLSv12`: ECS splits protocol and version. */
function readTls(event: EcsEvent, row: JsonObject): void {
  const version = textAt(row, 'version');
  const parts = version === undefined ? null : /^(D?TLS|SSL)v?(\d)\.?(\d)?/i.exec(version);
  if (parts !== null) {
    const tls = (event.tls ??= {});
    tls.version_protocol = (parts[1] ?? 'tls').toLowerCase();
    tls.version = `${parts[2]}.${parts[3] ?? '0'}`;
  }
  if (typeof row.established === 'boolean') event.event.outcome = row.established ? 'success' : 'failure';
}
