import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EndpointBlock, JsonObject } from '#ecs/event.js';
import { transportOf } from './device-values.js';
import { setField } from './ecs-setters.js';

/**
 * Who speaks with whom, in the ways that ASA writes it:
 * `src outside:192.0.2.1/50240(DOMAIN\user) dst inside:10.0.0.1/23`, `from 10.0.0.1/80 to 10.0.0.2/1234`,
 * `for outside:10.0.0.1/80 (192.0.2.1/80) to inside:…`, `inside/10.0.0.1(1234) -> outside/10.0.0.2(80)`,
 * `faddr 10.0.0.1/0 gaddr 10.0.0.2/0 laddr 10.0.0.3/0`.
 */
export function readConnection(event: EcsEvent, text: string, own: JsonObject): void {
  const line = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  readWords(event, line, own);
  const found = PEERS.exec(line);
  if (line.includes(' faddr ')) readIcmp(event, line, own);
  else if (found !== null) readPeers(event, found, own);
  else if (line.startsWith('access-list') || line.includes(' -> ')) readAccessList(event, line, own);
  else readUrl(event, line);
  readTail(event, line, own);
}

const LONGEST = 1024;
/** interface, address, port, and what stands in one or two pairs of parentheses behind. */
const PEER = String.raw`(?:([\w.-]{1,48}):)?([\w.:-]{1,255}?)(?:\/([\w-]{1,16}))?(?: ?\(([^()]{0,128})\))?(?: ?\(([^()]{0,128})\))?`;
const PEERS = new RegExp(
  String.raw`\b(?:from|src|for) ${PEER}(?: \w{1,16}=\S{1,64}|,)? {1,2}(?:to|dst) ${PEER}(?=[\s,;(]|\.(?:\s|$)|$)`,
);
const VERDICT =
  /\b(Deny|Denied|denied by ACL|denied|Dropping|Discarded|discarded|permitted|est-allowed|requested|Built|Teardown|Dropped|dropped|Blocked|created|deleted)\b/;
const TRANSPORT =
  /\b(TCP|UDP|ICMP|ICMPv6|SCTP|GRE|ESP|AH|IP|tcp|udp|icmp|icmp6|igmp|gre|esp|ah|sctp|ospf|eigrp|pim|IGMP)\b/;
const DIRECTION = /\b(inbound|outbound|Inbound|Outbound)\b/;

function readWords(event: EcsEvent, line: string, own: JsonObject): void {
  const verdict = VERDICT.exec(line)?.[1];
  if (verdict !== undefined) own.outcome = verdict;
  const network: JsonObject = {};
  const transport = TRANSPORT.exec(line)?.[1] ?? numberedProtocol(line);
  if (transport !== undefined) {
    network.transport = transport;
    if (transport !== 'IP') event.network = { ...event.network, transport: transportOf(transport) };
  }
  const direction = DIRECTION.exec(line)?.[1];
  if (direction !== undefined) {
    network.direction = direction;
    event.network = { ...event.network, direction: direction.toLowerCase() };
  }
  if (Object.keys(network).length > 0) own.network = network;
}

function numberedProtocol(line: string): string | undefined {
  return line.includes('protocol ') ? /\bprotocol (\d{1,3})\b/.exec(line)?.[1] : undefined;
}

function readPeers(event: EcsEvent, found: RegExpExecArray, own: JsonObject): void {
  const [
    ,
    sourceInterface,
    source = '',
    sourcePort,
    sourceNote,
    sourceUser,
    interfaceName,
    target = '',
    port,
    note,
    user,
  ] = found;
  const first = peerOf(sourceInterface, source, sourcePort);
  const second = peerOf(interfaceName, target, port);
  readNotes(first.block, sourceNote, sourceUser, own);
  readNotes(second.block, note, user, own);
  // "outbound" names the outer side first; who asks is the inner one.
  const swapped = own.outcome === 'Built' && event.network?.direction === 'outbound' && sourceNote !== undefined;
  const [from, to] = swapped ? [second, first] : [first, second];
  event.source = { ...event.source, ...from.block };
  event.destination = { ...event.destination, ...to.block };
  if (from.name !== undefined) setField(event, 'observer.ingress.interface.name', from.name);
  if (to.name !== undefined) setField(event, 'observer.egress.interface.name', to.name);
}

const GROUP = /^[0-9a-fA-F]{1,4}$/;

interface Peer {
  readonly name: string | undefined;
  readonly block: EndpointBlock;
}

function peerOf(name: string | undefined, address: string, port: string | undefined): Peer {
  // The first group of an IPv6 address looks like an interface.
  if (name !== undefined && GROUP.test(name) && isIp(`${name}:${address}`))
    return peerOf(undefined, `${name}:${address}`, port);
  const block: EndpointBlock = isIp(address) ? { ip: address } : { address, domain: address };
  const number = port === undefined ? undefined : (portOf(port) ?? SERVICES.get(port));
  if (number !== undefined) block.port = number;
  return { name, block };
}

/** Management services that ASA writes by name. */
const SERVICES: ReadonlyMap<string, number> = new Map([
  ['ssh', 22],
  ['telnet', 23],
  ['www', 80],
  ['http', 80],
  ['https', 443],
  ['snmp', 161],
]);

/** In parentheses stand the translated address with its port, the user, or type and code of ICMP. */
function readNotes(block: EndpointBlock, first: string | undefined, second: string | undefined, own: JsonObject): void {
  for (const note of [first, second]) {
    if (note === undefined || note === '') continue;
    const icmp = /^type (\d{1,3}), code (\d{1,3})$/.exec(note);
    const slash = note.lastIndexOf('/');
    const address = slash > 0 ? note.slice(0, slash) : note;
    if (icmp !== null) Object.assign(own, { icmp_type: Number(icmp[1]), icmp_code: Number(icmp[2]) });
    else if (!isIp(address)) block.user ??= { name: note };
    else if (address !== block.ip)
      block.nat = { ip: address, port: slash > 0 ? portOf(note.slice(slash + 1)) : undefined };
  }
}

const ENTRY =
  /\b(?:access-list (\S{1,128}) )?(permitted|denied|est-allowed) (\w{1,16})(?: for user '?([^'\s]{1,128})'?)? ([\w.-]{1,48})\/([0-9a-fA-F.:]{2,45})\((\d{1,5})\)(?:\(([^()]{1,128})\))? -> ([\w.-]{1,48})\/([0-9a-fA-F.:]{2,45})\((\d{1,5})\)(?:\(([^()]{1,128})\))?(?: hit-cnt (\d{1,10}))?/;

function readAccessList(event: EcsEvent, line: string, own: JsonObject): void {
  const found = ENTRY.exec(line);
  if (found === null) return;
  const [
    ,
    list,
    verdict = '',
    ,
    person,
    inner,
    source = '',
    sourcePort,
    sourceUser,
    outer,
    target = '',
    port,
    user,
    hits,
  ] = found;
  const first = peerOf(inner, source, sourcePort);
  const second = peerOf(outer, target, port);
  readNotes(first.block, sourceUser, person, own);
  readNotes(second.block, user, undefined, own);
  event.source = first.block;
  event.destination = second.block;
  for (const [name, field] of [
    [first.name, 'observer.ingress.interface.name'],
    [second.name, 'observer.egress.interface.name'],
  ] as const)
    if (name !== undefined) setField(event, field, name);
  if (list !== undefined) nameRule(event, list, own);
  if (hits !== undefined) own.hit_count = Number(hits);
  const denied = verdict === 'denied';
  event.event.type = ['connection', denied ? 'denied' : 'allowed'];
  event.event.outcome = denied ? 'failure' : 'success';
}

/** `faddr` is the foreign, `gaddr` the translated and `laddr` the local address; behind the slash stand sequence and type. */
function readIcmp(event: EcsEvent, line: string, own: JsonObject): void {
  const found =
    /faddr ([\w.:]{2,45})\/(\d{1,5})(?: ?\(([^()]{1,128})\))? gaddr ([\w.:]{2,45})\/(\d{1,5}) laddr ([\w.:]{2,45})\/\d{1,5}(?: ?\(([^()]{1,128})\))?/.exec(
      line,
    );
  if (found === null) return;
  const [, foreign = '', sequence, foreignUser, global = '', type, local = '', localUser] = found;
  own.icmp_seq = Number(sequence);
  own.icmp_type = Number(type);
  event.destination = peerOf(undefined, foreign, undefined).block;
  event.source = peerOf(undefined, local, undefined).block;
  if (isIp(global)) event.source.nat = { ip: global };
  readNotes(event.destination, foreignUser, undefined, own);
  readNotes(event.source, localUser, undefined, own);
}

/** `10.0.0.1(DOMAIN\user) Accessed URL 192.0.2.1:http://example.org/` */
function readUrl(event: EcsEvent, line: string): void {
  const found =
    /^([0-9a-fA-F.:]{2,45})(?:\(([^)]{1,128})\))? Accessed URL ([0-9a-fA-F.]{2,45}|[0-9a-fA-F:]{2,45}):(.{1,1024})$/s.exec(
      line,
    );
  if (found !== null) {
    const [, source = '', user, target = '', url = ''] = found;
    event.source = peerOf(undefined, source, undefined).block;
    if (user !== undefined) event.source.user = { name: user };
    event.destination = peerOf(undefined, target, undefined).block;
    event.url = { original: url };
    return;
  }
  const alone = /\bfrom ([0-9a-fA-F.:]{2,45})(?:\/(\d{1,5}))?(?=[\s,.]|$)/.exec(line);
  if (alone?.[1] !== undefined && isIp(alone[1]))
    event.source = { ...event.source, ...peerOf(undefined, alone[1], alone[2]).block };
}

/** `by access-group "x"`, `on interface x`, `duration 0:00:30 bytes 123`, `type=3, code=3`, `connection 123` */
function readTail(event: EcsEvent, line: string, own: JsonObject): void {
  const group = line.includes('access-group') ? /by access-group "?([^"\s]{1,128})"?/.exec(line)?.[1] : undefined;
  if (group !== undefined) nameRule(event, group, own);
  if (line.includes(' interface')) readInterface(event, line, own);
  if (line.includes('type')) readIcmpType(line, own);
  if (line.includes(' duration ')) readVolume(event, line);
  const connection = line.includes('connection ') ? /\bconnection (\d{1,12}) for /.exec(line)?.[1] : undefined;
  if (connection !== undefined) own.connection_id = connection;
}

/** One interface is named: Logstash's patterns call it egress, Filebeat ingress. Rules written for either find it. */
function readInterface(event: EcsEvent, line: string, own: JsonObject): void {
  const found = /\bon (?:interface ([\w./-]{1,48}\w)|([\w./-]{1,48}) interface)\b/.exec(line);
  const name = found?.[1] ?? found?.[2];
  if (name !== undefined) {
    setField(event, 'observer.ingress.interface.name', name);
    setField(event, 'observer.egress.interface.name', name);
  }
  const flags = /\bflags ([A-Z][A-Z ]{0,48}?) +on interface/.exec(line)?.[1];
  if (flags !== undefined) own.tcp_flags = flags;
}

function readIcmpType(line: string, own: JsonObject): void {
  const icmp = /\btype[= ](\d{1,3}), code[= ](\d{1,3})/.exec(line);
  if (icmp !== null) Object.assign(own, { icmp_type: Number(icmp[1]), icmp_code: Number(icmp[2]) });
}

function readVolume(event: EcsEvent, line: string): void {
  const found = /\bduration (\d{1,6}):(\d\d):(\d\d)(?: bytes (\d{1,15}))?(?: (.{1,128}))?$/s.exec(line);
  if (found === null) return;
  const [, hours, minutes, seconds, bytes, reason] = found;
  event.event.duration = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1e9;
  if (bytes !== undefined) event.network = { ...event.network, bytes: Number(bytes) };
  if (reason !== undefined) event.event.reason ??= reason;
}

function nameRule(event: EcsEvent, name: string, own: JsonObject): void {
  own.rule_name = name;
  setField(event, 'rule.name', name);
}
