import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent } from '#ecs/event.js';
import { integerOf } from '#ecs/json-values.js';
import { fileOf, registryOf } from './windows-paths.js';

/** Which ECS fields the data of a Windows event fill, by kind of event. Keys are those of Microsoft's event schema. */
export type Data = Readonly<Record<string, string>>;

const LOGON_TYPES: ReadonlyMap<string, string> = new Map([
  ['2', 'Interactive'],
  ['3', 'Network'],
  ['4', 'Batch'],
  ['5', 'Service'],
  ['7', 'Unlock'],
  ['8', 'NetworkCleartext'],
  ['9', 'NewCredentials'],
  ['10', 'RemoteInteractive'],
  ['11', 'CachedInteractive'],
]);
/** IANA protocol numbers that the filtering platform reports. */
const TRANSPORTS: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['58', 'ipv6-icmp'],
]);

export function valueOf(data: Data, key: string): string | undefined {
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  return value === undefined || value === '' || value === '-' || value === 'S-1-0-0' ? undefined : value;
}

/** `DOMAIN\\user`, `user@domain` (kept whole) or a bare name. */
export function accountOf(text: string): { name: string; domain?: string } {
  const slash = text.indexOf('\\');
  return slash < 1 ? { name: text } : { domain: text.slice(0, slash), name: text.slice(slash + 1) };
}

export function lastName(path: string): string | undefined {
  const name = path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
  return name === '' ? undefined : name;
}

function party(data: Data, prefix: 'Subject' | 'Target'): { name?: string; id?: string; domain?: string } | undefined {
  const name = valueOf(data, `${prefix}UserName`);
  const id = valueOf(data, `${prefix}UserSid`) ?? valueOf(data, `${prefix}Sid`);
  const domain = valueOf(data, `${prefix}DomainName`);
  return name === undefined && id === undefined ? undefined : { name, id, domain };
}

export function readSubject(event: EcsEvent, data: Data): void {
  event.user = party(data, 'Subject');
}

export function readTarget(event: EcsEvent, data: Data): void {
  event.user = party(data, 'Target');
}

function readSource(event: EcsEvent, data: Data): void {
  // Kerberos writes IPv4 in IPv6 form.
  const ip = valueOf(data, 'IpAddress')?.replace(/^::ffff:/i, '');
  const port = portOf(valueOf(data, 'IpPort') ?? '');
  const domain = valueOf(data, 'WorkstationName') ?? valueOf(data, 'Workstation');
  if (ip === undefined && domain === undefined) return;
  event.source = { domain };
  if (ip !== undefined && isIp(ip)) event.source.ip = ip;
  if (port !== undefined && port > 0) event.source.port = port;
}

export function readLogon(event: EcsEvent, data: Data): void {
  readTarget(event, data);
  readSource(event, data);
  const type = LOGON_TYPES.get(valueOf(data, 'LogonType') ?? '');
  if (type !== undefined && event.winlog !== undefined) event.winlog.logon = { type };
  event.process = processOf(valueOf(data, 'ProcessName'), valueOf(data, 'ProcessId'));
  const reason = valueOf(data, 'SubStatus') ?? valueOf(data, 'Status');
  if (reason !== undefined) event.event.reason = reason;
}

/** Files, keys and processes that audited access is about; the type of the object says what the event is. */
export function readObject(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  event.process = processOf(valueOf(data, 'ProcessName'), valueOf(data, 'ProcessId'));
  const path = valueOf(data, 'ObjectName');
  const kind = valueOf(data, 'ObjectType');
  const key = event.event.category !== undefined || kind === 'Key';
  if (key) event.event.category ??= ['registry'];
  else event.event.category = [kind === 'Process' || kind === 'Thread' || kind === 'Token' ? 'process' : 'file'];
  if (path === undefined) return;
  if (key) event.registry = { ...registryOf(path, false), value: valueOf(data, 'ObjectValueName') };
  else if (kind === 'File') event.file = fileOf(path);
}

export function readShare(event: EcsEvent, data: Data): void {
  readLogonSubject(event, data);
  const account = valueOf(data, 'AccountName');
  if (account !== undefined) event.user = { name: account, domain: valueOf(data, 'AccountDomain') };
  const client = valueOf(data, 'ClientAddress');
  if (client !== undefined)
    event.source = { domain: valueOf(data, 'ClientName'), ip: isIp(client) ? client : undefined };
  const target = valueOf(data, 'RelativeTargetName');
  if (target !== undefined) event.file = { path: target, name: lastName(target) };
}

export function readTask(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  const user = valueOf(data, 'UserContext') ?? valueOf(data, 'UserName');
  if (user !== undefined) event.user = accountOf(user);
}

/** Network Policy Server: RADIUS for VPN, wireless and 802.1X. */
export function readNetworkPolicy(event: EcsEvent, data: Data): void {
  event.user = party(data, 'Subject');
  const client = valueOf(data, 'NASIPv4Address') ?? valueOf(data, 'ClientIPAddress');
  if (client !== undefined && isIp(client)) event.observer = { ip: [client] };
  const station = valueOf(data, 'CallingStationID');
  if (station !== undefined && isIp(station)) event.source = { ip: station };
  event.event.reason = valueOf(data, 'Reason') ?? valueOf(data, 'ReasonCode');
}

export function readTerminal(event: EcsEvent, data: Data): void {
  const user = valueOf(data, 'User');
  if (user !== undefined) event.user = accountOf(user);
  const address = valueOf(data, 'Address');
  if (address !== undefined && isIp(address)) event.source = { ip: address };
}

/** UserData of the remote desktop listener: user, domain, address. */
export function readParameters(event: EcsEvent, data: Data): void {
  const name = valueOf(data, 'Param1');
  if (name !== undefined) event.user = { name, domain: valueOf(data, 'Param2') };
  const address = valueOf(data, 'Param3');
  if (address !== undefined && isIp(address)) event.source = { ip: address };
}

export function readDefender(event: EcsEvent, data: Data): void {
  const user = valueOf(data, 'Detection User') ?? valueOf(data, 'User');
  if (user !== undefined) event.user = accountOf(user);
  const threat = valueOf(data, 'Threat Name');
  if (threat === undefined) return;
  event.event.kind = 'alert';
  event.rule = { name: threat };
  const path = /^(?:file|containerfile):_([^;]{1,4096})/.exec(valueOf(data, 'Path') ?? '')?.[1];
  if (path !== undefined) event.file = fileOf(path);
  event.process = processOf(valueOf(data, 'Process Name'), undefined);
}

export function readScript(event: EcsEvent, data: Data): void {
  const path = valueOf(data, 'Path') ?? valueOf(data, 'ScriptName');
  if (path !== undefined) event.file = fileOf(path);
}

export function readImagePath(event: EcsEvent, data: Data): void {
  event.process = processOf(valueOf(data, 'ModifyingApplication'), undefined);
  const rule = valueOf(data, 'RuleName');
  if (rule !== undefined) event.rule = { name: rule, id: valueOf(data, 'RuleId') };
}

export function readLogonSubject(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  readSource(event, data);
}

export function readExplicit(event: EcsEvent, data: Data): void {
  readLogonSubject(event, data);
  event.user = { ...event.user, target: party(data, 'Target') };
}

export function readTicket(event: EcsEvent, data: Data): void {
  readTarget(event, data);
  readSource(event, data);
  const status = valueOf(data, 'Status');
  if (status === undefined) return;
  event.event.outcome = integerOf(status) === 0 ? 'success' : 'failure';
  event.event.reason = status;
}

export function readAccount(event: EcsEvent, data: Data): void {
  event.user = { ...party(data, 'Subject'), target: party(data, 'Target') };
}

export function readGroup(event: EcsEvent, data: Data): void {
  const group = party(data, 'Target');
  event.user = party(data, 'Subject');
  if (group !== undefined) event.group = group;
  const id = valueOf(data, 'MemberSid');
  // MemberName is a distinguished name: CN=Jane Doe,OU=Operators,DC=plant.
  const name = valueOf(data, 'MemberName')?.replace(/^CN=([^,]{1,256}),.*$/is, '$1');
  if (id !== undefined || name !== undefined) event.user = { ...event.user, target: { name, id } };
}

function processOf(executable: string | undefined, id: string | undefined): EcsEvent['process'] {
  const pid = integerOf(id);
  if (executable === undefined && (pid === undefined || pid === 0)) return undefined;
  return { executable, name: executable === undefined ? undefined : lastName(executable), pid };
}

export function readCreated(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  const commandLine = valueOf(data, 'CommandLine');
  const parent = processOf(valueOf(data, 'ParentProcessName'), valueOf(data, 'ProcessId'));
  event.process = {
    ...processOf(valueOf(data, 'NewProcessName'), valueOf(data, 'NewProcessId')),
    command_line: commandLine,
    parent,
  };
  const target = party(data, 'Target');
  if (target?.name !== undefined) event.user = { ...event.user, effective: target };
}

export function readExited(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  event.process = processOf(valueOf(data, 'ProcessName'), valueOf(data, 'ProcessId'));
}

export function readService(event: EcsEvent, data: Data): void {
  readSubject(event, data);
  event.service = { name: valueOf(data, 'ServiceName') ?? valueOf(data, 'param1') };
  event.process = processOf(valueOf(data, 'ServiceFileName') ?? valueOf(data, 'ImagePath'), undefined);
}

export function readConnection(event: EcsEvent, data: Data): void {
  const inbound = valueOf(data, 'Direction') === '%%14592';
  event.source = endpoint(valueOf(data, 'SourceAddress'), valueOf(data, 'SourcePort'));
  event.destination = endpoint(valueOf(data, 'DestAddress'), valueOf(data, 'DestPort'));
  event.network = {
    transport: TRANSPORTS.get(valueOf(data, 'Protocol') ?? ''),
    direction: inbound ? 'ingress' : 'egress',
  };
  event.process = processOf(valueOf(data, 'Application'), valueOf(data, 'ProcessID'));
}

function endpoint(address: string | undefined, port: string | undefined): EcsEvent['source'] {
  return address !== undefined && isIp(address) ? { ip: address, port: portOf(port ?? '') } : undefined;
}
