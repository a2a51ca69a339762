import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { setField } from './ecs-setters.js';

/**
 * Messages of ASA that are not about one connection, and what only they tell; kept in `cisco.asa` under the names that
 * Logstash's patterns have made common.
 */
interface Detail {
  readonly numbers: ReadonlySet<string>;
  readonly text: RegExp;
  readonly read: (event: EcsEvent, groups: Readonly<Record<string, string | undefined>>, own: JsonObject) => void;
}

const SPI = String.raw`\(SPI=\s?(?<spi>0x[0-9A-Fa-f]{1,16})`;
const USER = String.raw`(?: \(user=\s?(?<user>[^)]{1,128})\))?`;
const ADDRESS = '[0-9a-fA-F.:]{2,45}';

const DETAILS: readonly Detail[] = [
  {
    numbers: new Set(['402114', '402115', '402116', '402117', '402118', '402119', '402120']),
    text: new RegExp(
      `^(?<type>[A-Z]{3,6}): Received an? (?<protocol>[\\w-]{1,16}) packet \\((?:SPI=\\s?(?<spi>\\w{1,18}), sequence number=\\s?(?<sequence>\\w{1,18})|protocol=\\s?(?<transport>\\w{1,16}))\\) from (?<source>[\\w.:-]{2,64})${USER} to (?<target>[\\w.:-]{2,64}?)(?=\\.?(?: |$))`,
    ),
    read: readIpsec,
  },
  {
    numbers: new Set(['602303', '602304']),
    text: new RegExp(
      `^(?<type>[A-Z]{3,6}): An (?<direction>inbound|outbound) (?<tunnel>[\\w -]{1,48}) SA ${SPI}\\) between (?<source>${ADDRESS}) and (?<target>${ADDRESS})${USER}`,
    ),
    read: readIpsec,
  },
  {
    numbers: new Set(['733100']),
    text: /^\[\s?(?<object>[^\]]{1,64}?)\s?\] drop (?<id>[\w-]{1,32}) exceeded\. Current burst rate is (?<current>\d{1,10}) per second, max configured rate is (?<most>\d{1,10}); Current average rate is (?<average>\d{1,10}) per second, max configured rate is (?<mostAverage>\d{1,10}); Cumulative total count is (?<total>\d{1,15})/,
    read: (_event, { object = '', id = '', current, most, average, mostAverage, total }, own) => {
      own.burst = {
        object,
        id,
        current_rate: Number(current),
        configured_rate: Number(most),
        avg_rate: Number(average),
        configured_avg_rate: Number(mostAverage),
        cumulative_count: Number(total),
      };
    },
  },
  {
    numbers: new Set(['302010']),
    text: /^(?<used>\d{1,10}) in use, (?<most>\d{1,10}) most used/,
    read: (_event, { used, most }, own) => {
      own.connections = { in_use: Number(used), most_used: Number(most) };
    },
  },
  {
    numbers: new Set(['321001']),
    text: /^Resource '(?<name>[^']{1,64})' limit of (?<limit>\d{1,10}) reached for/,
    read: (_event, { name = '', limit }, own) => {
      own.resource = { name, limit: Number(limit) };
    },
  },
  {
    numbers: new Set(['713172', '713119', '713120', '713049', '713050']),
    text: new RegExp(
      `^Group = (?<group>[^,]{1,128}), (?:Username = (?<user>[^,]{1,128}), )?IP = (?<source>${ADDRESS}), `,
    ),
    read: (event, { group = '', source = '' }, own) => {
      own.source = { group };
      setField(event, 'source.ip', source);
    },
  },
];

/** What a connection that was refused was refused for, where the text begins with the reason. */
const REASONS =
  /^(Duplicate TCP SYN|Failed to locate egress interface|Invalid transport field|No matching connection)\b/;
const DUE = /\bdue to (DNS (?:Query|Response)|[\w ]{1,64})$/;

export function readDetails(event: EcsEvent, number: string, text: string, own: JsonObject): void {
  const line = text.length > 1024 ? text.slice(0, 1024) : text;
  const reason = REASONS.exec(line)?.[1] ?? (line.includes(' due to ') ? DUE.exec(line)?.[1] : undefined);
  if (reason !== undefined) event.event.reason ??= reason;
  for (const { numbers, text: pattern, read } of DETAILS) {
    const groups = numbers.has(number) ? pattern.exec(line)?.groups : undefined;
    if (groups !== undefined) read(event, groups, own);
  }
}

function readIpsec(event: EcsEvent, groups: Readonly<Record<string, string | undefined>>, own: JsonObject): void {
  const { type = '', protocol, spi, sequence, tunnel, transport, direction, source = '', target = '', user } = groups;
  const ipsec: JsonObject = {};
  if (protocol !== undefined && spi !== undefined) ipsec.protocol = protocol;
  if (spi !== undefined) ipsec.spi = spi;
  if (sequence !== undefined) ipsec.seq_num = sequence;
  if (tunnel !== undefined) ipsec.tunnel_type = tunnel;
  if (Object.keys(ipsec).length > 0) own.ipsec = ipsec;
  const network: JsonObject = { type };
  if (transport !== undefined) network.transport = transport;
  if (direction !== undefined) network.direction = direction;
  own.network = network;
  if (isIp(source)) event.source = { ip: source };
  else if (source !== '') event.source = { address: source, domain: source };
  if (isIp(target)) event.destination = { ip: target };
  if (user !== undefined) event.source = { ...event.source, user: { name: user } };
  event.network = { ...event.network, transport: transport?.toLowerCase() ?? event.network?.transport };
}
