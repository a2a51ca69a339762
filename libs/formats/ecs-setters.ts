import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EndpointBlock, ObserverBlock } from '#ecs/event.js';
import { countOf, isNothing, macOf, outcomeOf, protocolNumberOf, transportOf, unquoted } from './device-values.js';
import { instantOfStamp, isoOf } from '#ecs/timestamps.js';
import { scanWritten } from '#ecs/written-times.js';

/**
 * One setter an ECS field, taking the value as a device wrote it. A value that the field cannot hold is left where it
 * was found; a field that has a value keeps it, so that the first key of a format's dictionary wins.
 */
type Setter = (event: EcsEvent, value: string) => void;

type Side = 'source' | 'destination';

const endpoint = (event: EcsEvent, side: Side): EndpointBlock => (event[side] ??= {});
const observer = (event: EcsEvent): ObserverBlock => (event.observer ??= {});

/** The setters of `source.*` or `destination.*`. */
const ipOf =
  (side: Side): Setter =>
  (event, value) => {
    if (isIp(value)) endpoint(event, side).ip ??= value;
  };
/** An address, a name, or either with a port behind it: `10.0.0.1:80`, `10.0.0.1/80`. */
const addressOf =
  (side: Side): Setter =>
  (event, value) => {
    if (isIp(value)) return void (endpoint(event, side).ip ??= value);
    const found = /^\[?([0-9a-fA-F.:]{2,45}?)\]?[:/](\d{1,5})$/.exec(value);
    if (found?.[1] === undefined || !isIp(found[1])) return DOMAINS[side](event, value);
    endpoint(event, side).ip ??= found[1];
    PORTS[side](event, found[2] ?? '');
  };
const domainOf =
  (side: Side): Setter =>
  (event, value) => {
    if (value.length > 255 || /\s/.test(value) || isIp(value)) return;
    endpoint(event, side).address ??= value;
    endpoint(event, side).domain ??= value;
  };
const portSetter =
  (side: Side): Setter =>
  (event, value) => {
    const port = portOf(value);
    if (port !== undefined) endpoint(event, side).port ??= port;
  };
const macSetter =
  (side: Side): Setter =>
  (event, value) => {
    const mac = macOf(value);
    if (mac !== undefined) endpoint(event, side).mac ??= mac;
  };
const countSetter =
  (side: Side, key: 'bytes' | 'packets'): Setter =>
  (event, value) => {
    const count = countOf(value);
    if (count !== undefined) endpoint(event, side)[key] ??= count;
  };
const userSetter =
  (side: Side, key: 'name' | 'id' | 'domain'): Setter =>
  (event, value) => {
    (endpoint(event, side).user ??= {})[key] ??= value;
  };
const natIp =
  (side: Side): Setter =>
  (event, value) => {
    if (isIp(value) && value !== '0.0.0.0') (endpoint(event, side).nat ??= {}).ip ??= value;
  };
const natPort =
  (side: Side): Setter =>
  (event, value) => {
    const port = portOf(value);
    if (port !== undefined && port > 0) (endpoint(event, side).nat ??= {}).port ??= port;
  };

const DOMAINS = { source: domainOf('source'), destination: domainOf('destination') };
const PORTS = { source: portSetter('source'), destination: portSetter('destination') };

const interfaceSetter =
  (way: 'ingress' | 'egress'): Setter =>
  (event, value) => {
    (observer(event)[way] ??= {}).interface ??= { name: value };
  };
const zoneSetter =
  (way: 'ingress' | 'egress'): Setter =>
  (event, value) => {
    (observer(event)[way] ??= {}).zone ??= value;
  };
const observerText =
  (key: 'name' | 'vendor' | 'product' | 'version' | 'type' | 'serial_number'): Setter =>
  (event, value) => {
    observer(event)[key] ??= value;
  };
const eventText =
  (key: 'action' | 'code' | 'reason' | 'provider'): Setter =>
  (event, value) => {
    event.event[key] ??= value;
  };
const eventCount =
  (key: 'severity' | 'sequence', times = 1): Setter =>
  (event, value) => {
    const count = countOf(value);
    if (count !== undefined) event.event[key] ??= count * times;
  };
const eventTime =
  (key: 'start' | 'end'): Setter =>
  (event, value) => {
    const stamp = scanWritten(value);
    // Without a year and a zone it would be a guess that nothing marks.
    if (stamp?.year !== undefined) event.event[key] ??= isoOf(instantOfStamp(stamp, 0, 'UTC'));
  };
const durationSetter =
  (nanoseconds: number): Setter =>
  (event, value) => {
    const count = countOf(value);
    const duration = (count ?? NaN) * nanoseconds;
    if (Number.isSafeInteger(duration)) event.event.duration ??= duration;
  };
const userText =
  (key: 'name' | 'id' | 'domain'): Setter =>
  (event, value) => {
    (event.user ??= {})[key] ??= value;
  };
const targetText =
  (key: 'name' | 'id' | 'domain'): Setter =>
  (event, value) => {
    ((event.user ??= {}).target ??= {})[key] ??= value;
  };
const networkText =
  (key: 'protocol' | 'application' | 'direction' | 'type'): Setter =>
  (event, value) => {
    (event.network ??= {})[key] ??= value.toLowerCase();
  };
const networkCount =
  (key: 'bytes' | 'packets'): Setter =>
  (event, value) => {
    const count = countOf(value);
    if (count !== undefined) (event.network ??= {})[key] ??= count;
  };
const ruleText =
  (key: 'id' | 'name' | 'category' | 'ruleset' | 'uuid'): Setter =>
  (event, value) => {
    (event.rule ??= {})[key] ??= value;
  };
const fileText =
  (key: 'name' | 'path'): Setter =>
  (event, value) => {
    (event.file ??= {})[key] ??= value;
  };
const hashSetter =
  (digits: number, key: 'md5' | 'sha1' | 'sha256'): Setter =>
  (event, value) => {
    if (value.length === digits && /^[0-9a-fA-F]+$/.test(value))
      ((event.file ??= {}).hash ??= {})[key] ??= value.toLowerCase();
  };
const HASHES = [hashSetter(32, 'md5'), hashSetter(40, 'sha1'), hashSetter(64, 'sha256')];
const processText =
  (key: 'name' | 'executable' | 'command_line'): Setter =>
  (event, value) => {
    (event.process ??= {})[key] ??= value;
  };

function setTransport(event: EcsEvent, value: string): void {
  const transport = transportOf(value);
  if (transport === undefined) return;
  const network = (event.network ??= {});
  network.transport ??= transport;
  network.iana_number ??= protocolNumberOf(value);
}

function setOutcome(event: EcsEvent, value: string): void {
  const outcome = outcomeOf(value);
  if (outcome !== undefined) event.event.outcome ??= outcome;
}

/** Lists of techniques come in one value: `T0843, T0855`. */
function setTechniques(event: EcsEvent, value: string): void {
  const ids = value.slice(0, 1024).match(/\bT\d{4}(?:\.\d{3})?\b/g);
  if (ids !== null) (event.threat ??= {}).technique = { ...event.threat.technique, id: [...new Set(ids)] };
}

function setTactics(event: EcsEvent, value: string): void {
  const names = value.slice(0, 1024).split(/, ?/).filter(Boolean);
  if (names.length > 0) (event.threat ??= {}).tactic ??= { name: names };
}

function setStatusCode(event: EcsEvent, value: string): void {
  const code = countOf(value);
  if (code !== undefined && code < 1000) ((event.http ??= {}).response ??= {}).status_code ??= code;
}

const SETTERS = {
  'source.ip': ipOf('source'),
  'source.address': addressOf('source'),
  'source.domain': DOMAINS.source,
  'source.port': PORTS.source,
  'source.mac': macSetter('source'),
  'source.bytes': countSetter('source', 'bytes'),
  'source.packets': countSetter('source', 'packets'),
  'source.user.name': userSetter('source', 'name'),
  'source.user.id': userSetter('source', 'id'),
  'source.user.domain': userSetter('source', 'domain'),
  'source.nat.ip': natIp('source'),
  'source.nat.port': natPort('source'),
  'destination.ip': ipOf('destination'),
  'destination.address': addressOf('destination'),
  'destination.domain': DOMAINS.destination,
  'destination.port': PORTS.destination,
  'destination.mac': macSetter('destination'),
  'destination.bytes': countSetter('destination', 'bytes'),
  'destination.packets': countSetter('destination', 'packets'),
  'destination.user.name': userSetter('destination', 'name'),
  'destination.user.id': userSetter('destination', 'id'),
  'destination.user.domain': userSetter('destination', 'domain'),
  'destination.nat.ip': natIp('destination'),
  'destination.nat.port': natPort('destination'),
  'observer.name': observerText('name'),
  'observer.vendor': observerText('vendor'),
  'observer.product': observerText('product'),
  'observer.version': observerText('version'),
  'observer.type': observerText('type'),
  'observer.serial_number': observerText('serial_number'),
  'observer.ingress.interface.name': interfaceSetter('ingress'),
  'observer.egress.interface.name': interfaceSetter('egress'),
  'observer.ingress.zone': zoneSetter('ingress'),
  'observer.egress.zone': zoneSetter('egress'),
  'observer.ip': (event, value) => {
    if (isIp(value)) observer(event).ip ??= [value];
  },
  'observer.mac': (event, value) => {
    const mac = macOf(value);
    if (mac !== undefined) observer(event).mac ??= [mac];
  },
  'host.name': (event, value) => {
    if (!/\s/.test(value)) event.host ??= { name: value, hostname: value };
  },
  'event.action': eventText('action'),
  'event.code': eventText('code'),
  'event.reason': eventText('reason'),
  'event.provider': eventText('provider'),
  'event.outcome': setOutcome,
  'event.severity': eventCount('severity'),
  'event.sequence': eventCount('sequence'),
  'event.start': eventTime('start'),
  'event.end': eventTime('end'),
  'event.duration(s)': durationSetter(1e9),
  'event.duration(ms)': durationSetter(1e6),
  'user.name': userText('name'),
  'user.id': userText('id'),
  'user.domain': userText('domain'),
  'user.target.name': targetText('name'),
  'user.target.id': targetText('id'),
  'user.target.domain': targetText('domain'),
  'group.name': (event, value) => {
    (event.group ??= {}).name ??= value;
  },
  'network.transport': setTransport,
  'network.protocol': networkText('protocol'),
  'network.application': networkText('application'),
  'network.direction': networkText('direction'),
  'network.type': networkText('type'),
  'network.bytes': networkCount('bytes'),
  'network.packets': networkCount('packets'),
  'network.vlan.id': (event, value) => {
    if (countOf(value) !== undefined) (event.network ??= {}).vlan ??= { id: value };
  },
  'rule.id': ruleText('id'),
  'rule.name': ruleText('name'),
  'rule.category': ruleText('category'),
  'rule.ruleset': ruleText('ruleset'),
  'rule.uuid': ruleText('uuid'),
  'file.name': fileText('name'),
  'file.path': fileText('path'),
  'file.size': (event, value) => {
    const size = countOf(value);
    if (size !== undefined) (event.file ??= {}).size ??= size;
  },
  'file.hash': (event, value) => {
    for (const set of HASHES) set(event, value);
  },
  'process.name': processText('name'),
  'process.executable': processText('executable'),
  'process.command_line': processText('command_line'),
  'process.pid': (event, value) => {
    const pid = countOf(value);
    if (pid !== undefined) (event.process ??= {}).pid ??= pid;
  },
  'service.name': (event, value) => {
    (event.service ??= {}).name ??= value;
  },
  'url.original': (event, value) => {
    (event.url ??= {}).original ??= value;
  },
  'url.domain': (event, value) => {
    (event.url ??= {}).domain ??= value;
  },
  'url.path': (event, value) => {
    (event.url ??= {}).path ??= value;
  },
  'http.request.method': (event, value) => {
    ((event.http ??= {}).request ??= {}).method ??= value;
  },
  'http.request.referrer': (event, value) => {
    ((event.http ??= {}).request ??= {}).referrer ??= value;
  },
  'http.response.status_code': setStatusCode,
  'user_agent.original': (event, value) => {
    event.user_agent ??= { original: value };
  },
  'threat.technique.id': setTechniques,
  'threat.tactic.name': setTactics,
  'log.level': (event, value) => {
    (event.log ??= {}).level ??= value.toLowerCase();
  },
  message: (event, value) => {
    event.message = value;
  },
} satisfies Record<string, Setter>;

export type SettableField = keyof typeof SETTERS;

/** Which ECS field a key of a format is. */
export type Dictionary = ReadonlyMap<string, SettableField>;

export function dictionary(fields: Readonly<Record<string, SettableField>>): Dictionary {
  return new Map(Object.entries(fields));
}

/** Sets the field from a device's value, unless the value says that there is none. */
export function setField(event: EcsEvent, field: SettableField, written: string): void {
  const value = unquoted(written);
  if (!isNothing(value)) SETTERS[field](event, value);
}
