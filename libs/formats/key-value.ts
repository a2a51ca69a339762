import type { EcsEvent } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';
import { dictionary, setField } from './ecs-setters.js';
import { readVerdict } from './firewall-verdict.js';
import { asJson, scanKeyValues } from './key-value-scan.js';
import { readWords } from './word-taxonomy.js';

/**
 * `key=value key="value" …` from anybody, behind a few words at most. Names that mean the same to most makers become
 * ECS; all of them are kept in `key_value`. Three pairs at least: a sentence with one equals sign is a sentence.
 */
export const keyValue = { name: 'key-value', matches, parse } satisfies BodyParser<'key-value'>;

const REACH = 160;
/** Three pairs, or two that fill the line, with blanks, commas, semicolons or tabs between. */
const PAIRS =
  /(?:^|[\s,;[])[A-Za-z_][\w.-]{0,48}=(?:"[^"]{0,96}"|'[^']{0,96}'|[^\s,;="']{0,96})[\s,;|]{1,4}[A-Za-z_][\w.-]{0,48}=/;
const LEAST = 3;

const KEYS = dictionary({
  src: 'source.address',
  srcip: 'source.address',
  src_ip: 'source.address',
  sourceip: 'source.address',
  source_ip: 'source.address',
  source_IP: 'source.address',
  client_ip: 'source.address',
  clientip: 'source.address',
  ClientIP: 'source.address',
  'Src-ip': 'source.address',
  who_ip: 'source.address',
  host_ip: 'source.address',
  sport: 'source.port',
  spt: 'source.port',
  srcport: 'source.port',
  src_port: 'source.port',
  sourceport: 'source.port',
  client_port: 'source.port',
  'Src-port': 'source.port',
  srcmac: 'source.mac',
  src_mac: 'source.mac',
  smac: 'source.mac',
  dst: 'destination.address',
  dstip: 'destination.address',
  dst_ip: 'destination.address',
  dest_ip: 'destination.address',
  destinationip: 'destination.address',
  destination_ip: 'destination.address',
  serverip: 'destination.address',
  server_ip: 'destination.address',
  dport: 'destination.port',
  dpt: 'destination.port',
  dstport: 'destination.port',
  dst_port: 'destination.port',
  dest_port: 'destination.port',
  destinationport: 'destination.port',
  dstmac: 'destination.mac',
  dst_mac: 'destination.mac',
  dhost: 'destination.domain',
  proto: 'network.transport',
  protocol: 'network.transport',
  service: 'network.protocol',
  app: 'network.application',
  application: 'network.application',
  direction: 'network.direction',
  user: 'user.name',
  username: 'user.name',
  user_name: 'user.name',
  usrName: 'user.name',
  who: 'user.name',
  action: 'event.action',
  act: 'event.action',
  event: 'event.action',
  outcome: 'event.outcome',
  result: 'event.outcome',
  status: 'event.outcome',
  audit_result: 'event.outcome',
  reason: 'event.reason',
  rule: 'rule.name',
  policy: 'rule.name',
  signature: 'rule.id',
  url: 'url.original',
  useragent: 'user_agent.original',
  requestmethod: 'http.request.method',
  level: 'log.level',
  severity: 'log.level',
  device: 'observer.name',
  devname: 'observer.name',
  vendor: 'observer.vendor',
  product: 'observer.product',
});
const TIMES = ['timestamp', 'time', 'datetime', 'date_time', 'when', 'ts'];

function matches({ message }: EcsEvent): boolean {
  return message.includes('=') && PAIRS.test(message.length > REACH * 2 ? message.slice(0, REACH * 2) : message);
}

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const separators = separatorsOf(event.message);
  const { pairs, count, start } = scanKeyValues(event.message, 0, { separators, assignment: '=' });
  if (start > REACH || (count < LEAST && start > 0)) return 'refused';
  event.event.dataset = 'key_value';
  event.event.module = 'key_value';
  for (const key of Object.keys(pairs)) {
    const field = KEYS.get(key);
    if (field !== undefined) setField(event, field, pairs[key] ?? '');
  }
  event.key_value = asJson(pairs);
  // Behind a header such a time may be of what is told, not of when it is told.
  if (event['@timestamp'] === '') for (const key of TIMES) preferTime(event, scanWritten(pairs[key] ?? ''), arrival);
  if (!readVerdict(event, event.event.action))
    readWords(
      event,
      `${event.message.slice(0, Math.max(start, 0))} ${pairs.msg ?? pairs.message ?? ''} ${event.event.action ?? ''}`,
    );
  return 'done';
}

const TABBED = /=[^\t=]{0,256}\t[\w.-]{1,48}=/;
const SEMICOLONS = /=[^;\s"']{0,96}; ?[\w.-]{1,48}=/;
const COMMAS = /=(?:"[^"]{0,96}"|[^,\s"']{0,96}), ?[\w.-]{1,48}=/;

/** Bare values may hold blanks where commas, semicolons or tabs stand between the pairs. */
function separatorsOf(text: string): string {
  const start = text.length > REACH * 2 ? text.slice(0, REACH * 2) : text;
  if (TABBED.test(start)) return '\t';
  if (SEMICOLONS.test(start)) return ';';
  return COMMAS.test(start) ? ',' : ' \t';
}
