import type { EcsEvent, EventCategory, EventType } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { takeTime } from './body-time.js';
import { dictionary, setField } from './ecs-setters.js';
import { readVerdict } from './firewall-verdict.js';
import { asJson, scanKeyValues } from './key-value-scan.js';
import { readWords } from './word-taxonomy.js';

/**
 * Fortinet FortiGate (and FortiWeb, FortiMail, FortiManager alike): `date=… time=… devname=… logid=… type=… …` (FortiOS
 * Log Message Reference). All keys are kept in `fortinet.firewall`.
 */
export const fortinet = { name: 'fortinet', matches, parse } satisfies BodyParser<'fortinet'>;

const REACH = 256;

const KEYS = dictionary({
  srcip: 'source.ip',
  srcport: 'source.port',
  srcmac: 'source.mac',
  srcname: 'source.domain',
  sentbyte: 'source.bytes',
  sentpkt: 'source.packets',
  tranip: 'destination.nat.ip',
  tranport: 'destination.nat.port',
  transip: 'source.nat.ip',
  transport: 'source.nat.port',
  dstip: 'destination.ip',
  dstport: 'destination.port',
  dstmac: 'destination.mac',
  dstname: 'destination.domain',
  rcvdbyte: 'destination.bytes',
  rcvdpkt: 'destination.packets',
  proto: 'network.transport',
  service: 'network.protocol',
  app: 'network.application',
  direction: 'network.direction',
  srcintf: 'observer.ingress.interface.name',
  dstintf: 'observer.egress.interface.name',
  srcintfrole: 'observer.ingress.zone',
  dstintfrole: 'observer.egress.zone',
  devname: 'observer.name',
  devid: 'observer.serial_number',
  logid: 'event.code',
  log_id: 'event.code',
  action: 'event.action',
  outcome: 'event.outcome',
  status: 'event.outcome',
  reason: 'event.reason',
  duration: 'event.duration(s)',
  user: 'user.name',
  unauthuser: 'source.user.name',
  group: 'group.name',
  remip: 'source.ip',
  policyid: 'rule.id',
  policyname: 'rule.name',
  poluuid: 'rule.uuid',
  policytype: 'rule.category',
  attack: 'rule.name',
  attackid: 'rule.id',
  virus: 'rule.name',
  url: 'url.original',
  hostname: 'url.domain',
  agent: 'user_agent.original',
  filename: 'file.name',
  filesize: 'file.size',
  filehash: 'file.hash',
  level: 'log.level',
});

interface Kind {
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
}

/** By `type/subtype`, then by `type`. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['traffic', { category: ['network'], type: ['connection'] }],
  ['utm/ips', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['utm/anomaly', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['utm/virus', { category: ['malware', 'network'], type: ['info'] }],
  ['utm/webfilter', { category: ['web', 'network'], type: ['access'] }],
  ['utm', { category: ['network'], type: ['info'] }],
  ['anomaly', { category: ['intrusion_detection', 'network'], type: ['info'] }],
  ['event/vpn', { category: ['network'], type: ['connection', 'info'] }],
  ['event/user', { category: ['authentication'], type: ['info'] }],
]);
/** Words of FortiOS's `logdesc` that no general reading has. */
const ADDITIONS: readonly [RegExp, Kind, string][] = [
  [
    /^Object attribute|^Attribute|^Configuration|^Edit |^Add |^Delete |config(?:ured|uration)/i,
    { category: ['configuration'], type: ['change'] },
    'configuration_changed',
  ],
  [/^Admin login/, { category: ['authentication', 'session'], type: ['start'] }, 'login'],
  [/^Admin logout/, { category: ['session'], type: ['end'] }, 'logout'],
];
/** The user interface of an administrator: `https(10.0.0.5)`, `ssh(10.0.0.5)`, `jsconsole(…)`. */
const INTERFACE = /^[a-z]{2,16}\(([0-9a-fA-F.:]{2,45})\)$/i;

/** Serial numbers of Fortinet begin with F. */
const MARK = /\b(?:devid|device_id)="?F[A-Z0-9-]{5}|\blogid="?\d{8,10}"? type=/;

function matches({ message }: EcsEvent): boolean {
  const marked = message.includes('devid=') || message.includes('device_id=') || message.includes('logid=');
  return marked && MARK.test(message.length > REACH ? message.slice(0, REACH) : message);
}

function parse(event: EcsEvent, arrival: Arrival): 'done' {
  const { pairs } = scanKeyValues(event.message, 0);
  const { type = '', subtype = '' } = pairs;
  event.event.dataset = `fortinet.${type === '' ? 'firewall' : type}`;
  event.event.module = 'fortinet';
  event.observer = { vendor: 'Fortinet', product: productOf(pairs.devid ?? pairs.device_id ?? ''), type: 'firewall' };
  for (const key of Object.keys(pairs)) {
    const field = KEYS.get(key);
    if (field !== undefined) setField(event, field, pairs[key] ?? '');
  }
  event.fortinet = { firewall: asJson(pairs) };
  readHost(event, pairs);
  readTime(event, pairs, arrival);
  readKind(event, `${type}/${subtype}`, pairs);
  if (pairs.msg !== undefined && pairs.msg !== '') event.message = pairs.msg;
  else if (pairs.logdesc !== undefined) event.message = pairs.logdesc;
  return 'done';
}

/** The first letters of a serial number tell the product. */
function productOf(serial: string): string {
  if (/^F(?:V|WB|V-)/.test(serial)) return 'FortiWeb';
  if (serial.startsWith('FE')) return 'FortiMail';
  return /^F(?:MG|AZ|L)/.test(serial) ? 'FortiManager' : 'FortiGate';
}

/** The device names itself; the syslog header may name a relay or FortiAnalyzer. */
function readHost(event: EcsEvent, pairs: Record<string, string>): void {
  const name = pairs.devname ?? '';
  if (name !== '' && !/\s/.test(name)) event.host = { name, hostname: name };
  const ip = INTERFACE.exec(pairs.ui ?? '')?.[1];
  if (ip !== undefined) setField(event, 'source.ip', ip);
}

/** `eventtime` counts seconds or nanoseconds since 1970; older versions have only the wall clock, with `tz` at best. */
function readTime(event: EcsEvent, pairs: Record<string, string>, arrival: Arrival): void {
  const zone = /^[+-]\d{4}$/.test(pairs.tz ?? '') ? pairs.tz : '';
  const stamp = scanWritten(pairs.eventtime ?? '') ?? scanWritten(`${pairs.date} ${pairs.time}${zone}`);
  takeTime(event, stamp, arrival);
}

function readKind(event: EcsEvent, kind: string, pairs: Record<string, string>): void {
  const reading = KINDS.get(kind) ?? KINDS.get(kind.split('/', 1)[0] ?? '');
  if (reading !== undefined) {
    event.event.category = reading.category;
    event.event.type = reading.type;
    if (reading.category.includes('intrusion_detection') || reading.category.includes('malware'))
      event.event.kind = 'alert';
    else if (kind.startsWith('traffic')) readVerdict(event, pairs.action);
    return;
  }
  const told = `${pairs.logdesc ?? ''} ${pairs.msg ?? ''}`;
  const addition = ADDITIONS.find(([words]) => words.test(told.trim()) || words.test(pairs.action ?? ''));
  if (addition === undefined) return void readWords(event, told);
  const [, found, action] = addition;
  event.event.category = found.category;
  event.event.type = found.type;
  event.event.action = action;
  if (action === 'login') event.event.outcome ??= /fail/i.test(told) ? 'failure' : 'success';
}
