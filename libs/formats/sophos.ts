import type { EcsEvent, EventCategory, EventType } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { takeTime } from './body-time.js';
import { dictionary, setField } from './ecs-setters.js';
import { readVerdict } from './firewall-verdict.js';
import { asJson, scanKeyValues } from './key-value-scan.js';
import { readWords } from './word-taxonomy.js';

/**
 * Sophos Firewall (XG, SFOS): `device="SFW" date=… time=… log_type="Firewall" …` (Sophos Firewall Log Viewer and syslog
 * guide), and Sophos UTM: `id="2001" severity="info" sys="SecureNet" sub="packetfilter" action="drop" …`.
 */
export const sophos = { name: 'sophos', matches, parse } satisfies BodyParser<'sophos'>;

const REACH = 512;
const XG =
  /\bdevice(?:_name|_model)?="(?:SFW|XGS?|SF)|\blog_component=|\blog_type="?[A-Z]\w{2,24}"? .{0,64}log_component/;
const UTM = /^id="\d{4}" severity="\w{1,10}" sys="\w{1,24}" sub="/;

const KEYS = dictionary({
  src_ip: 'source.ip',
  srcip: 'source.ip',
  src_port: 'source.port',
  srcport: 'source.port',
  src_mac: 'source.mac',
  srcmac: 'source.mac',
  src_zone: 'observer.ingress.zone',
  src_zone_type: 'observer.ingress.zone',
  srczone: 'observer.ingress.zone',
  sent_bytes: 'source.bytes',
  bytes_sent: 'source.bytes',
  sent_pkts: 'source.packets',
  src_trans_ip: 'source.nat.ip',
  tran_src_ip: 'source.nat.ip',
  tran_src_port: 'source.nat.port',
  dst_ip: 'destination.ip',
  dstip: 'destination.ip',
  dst_port: 'destination.port',
  dstport: 'destination.port',
  dst_mac: 'destination.mac',
  dstmac: 'destination.mac',
  dst_zone: 'observer.egress.zone',
  dst_zone_type: 'observer.egress.zone',
  dstzone: 'observer.egress.zone',
  recv_bytes: 'destination.bytes',
  bytes_received: 'destination.bytes',
  recv_pkts: 'destination.packets',
  tran_dst_ip: 'destination.nat.ip',
  tran_dst_port: 'destination.nat.port',
  domain: 'destination.domain',
  protocol: 'network.transport',
  proto: 'network.transport',
  application: 'network.application',
  application_name: 'network.application',
  app_name: 'network.application',
  in_interface: 'observer.ingress.interface.name',
  initf: 'observer.ingress.interface.name',
  out_interface: 'observer.egress.interface.name',
  outitf: 'observer.egress.interface.name',
  device_id: 'observer.serial_number',
  device_serial_id: 'observer.serial_number',
  log_id: 'event.code',
  id: 'event.code',
  log_subtype: 'event.action',
  action: 'event.action',
  reason: 'event.reason',
  status: 'event.outcome',
  duration: 'event.duration(s)',
  con_duration: 'event.duration(s)',
  fw_rule_id: 'rule.id',
  fwrule: 'rule.id',
  fw_rule_name: 'rule.name',
  idp_policy_id: 'rule.ruleset',
  signature_id: 'rule.id',
  signature_msg: 'rule.name',
  classification: 'rule.category',
  user_name: 'user.name',
  user: 'user.name',
  usr_name: 'user.name',
  user_gp: 'group.name',
  user_group: 'group.name',
  url: 'url.original',
  http_user_agent: 'user_agent.original',
  user_agent: 'user_agent.original',
  httpresponsecode: 'http.response.status_code',
  status_code: 'http.response.status_code',
  statuscode: 'http.response.status_code',
  method: 'http.request.method',
  file_name: 'file.name',
  filename: 'file.name',
  file_size: 'file.size',
  sha1sum: 'file.hash',
  virus: 'rule.name',
  severity: 'log.level',
  priority: 'log.level',
});

interface Kind {
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
}

/** By `log_type`. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['Content Filtering', { category: ['web', 'network'], type: ['access'] }],
  ['IDP', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['ATP', { category: ['intrusion_detection', 'malware'], type: ['info'] }],
  ['Anti-Virus', { category: ['malware', 'network'], type: ['info'] }],
  ['Anti Virus', { category: ['malware', 'network'], type: ['info'] }],
  ['Sandbox', { category: ['malware'], type: ['info'] }],
  ['WAF', { category: ['web'], type: ['access'] }],
]);

function matches({ message, process }: EcsEvent): boolean {
  if (message.startsWith('id="')) return process?.name === 'ulogd' || UTM.test(message);
  const marked = message.includes('log_component') || message.includes('="SF') || message.includes('="XG');
  return marked && XG.test(message.length > REACH ? message.slice(0, REACH) : message);
}

function parse(event: EcsEvent, arrival: Arrival): 'done' {
  const { pairs } = scanKeyValues(event.message, 0);
  const utm = pairs.sys !== undefined;
  event.event.dataset = utm ? 'sophos.utm' : 'sophos.xg';
  event.event.module = 'sophos';
  event.observer = { vendor: 'Sophos', product: utm ? 'UTM' : 'SFOS', type: 'firewall' };
  for (const key of Object.keys(pairs)) {
    const field = KEYS.get(key);
    if (field !== undefined) setField(event, field, pairs[key] ?? '');
  }
  event.sophos = asJson(pairs);
  takeTime(event, scanWritten(pairs.timestamp ?? '') ?? scanWritten(`${pairs.date} ${pairs.time}`), arrival);
  readKind(event, pairs);
  const told = pairs.message ?? pairs.name ?? '';
  if (told !== '') event.message = told;
  return 'done';
}

function readKind(event: EcsEvent, pairs: Record<string, string>): void {
  const { log_type: type = pairs.sub ?? '', log_subtype: word = pairs.action } = pairs;
  const kind = KINDS.get(type) ?? (type === 'http' ? KINDS.get('WAF') : type === 'ips' ? KINDS.get('IDP') : undefined);
  if (kind !== undefined) {
    event.event.category = kind.category;
    event.event.type = kind.type;
    if (kind.category.includes('intrusion_detection') || kind.category.includes('malware')) event.event.kind = 'alert';
    else if (/^(?:den|block)/i.test(word ?? ''))
      Object.assign(event.event, { type: ['access', 'denied'], outcome: 'failure' });
    return;
  }
  if (type === 'Event' || type === 'System Health') {
    event.event.action = undefined;
    return void readWords(event, `${pairs.log_component ?? ''} ${pairs.message ?? ''} ${pairs.status ?? ''}`);
  }
  if (!readVerdict(event, word)) readWords(event, pairs.message ?? pairs.name ?? '');
}
