import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EndpointBlock, ProcessOneBlock } from '#ecs/event.js';
import type { CodeSignature, Hashes, PortableExecutable, RegistryBlock } from '#ecs/host-blocks.js';
import { integerOf } from '#ecs/json-values.js';
import { accountOf, lastName, valueOf } from './windows-fields.js';
import type { Data } from './windows-fields.js';
import { fileOf, registryOf } from './windows-paths.js';

/** Which ECS fields the data of a Sysmon event fill. Keys are those of Sysmon's schema (4.90). */

/** Record types that Windows writes as numbers, and results of queries (windns.h, winerror.h). */
const RECORDS: ReadonlyMap<string, string> = new Map([
  ['1', 'A'],
  ['2', 'NS'],
  ['5', 'CNAME'],
  ['6', 'SOA'],
  ['12', 'PTR'],
  ['15', 'MX'],
  ['16', 'TXT'],
  ['28', 'AAAA'],
  ['33', 'SRV'],
]);
const RESPONSES: ReadonlyMap<string, string> = new Map([
  ['0', 'NOERROR'],
  ['9001', 'FORMERR'],
  ['9002', 'SERVFAIL'],
  ['9003', 'NXDOMAIN'],
  ['9004', 'NOTIMP'],
  ['9005', 'REFUSED'],
]);
const MOST_ANSWERS = 64;

function guidOf(data: Data, key: string): string | undefined {
  return valueOf(data, key)
    ?.replace(/^\{|\}$/g, '')
    .toLowerCase();
}

function oneProcess(data: Data, prefix: '' | 'Parent' | 'Source'): ProcessOneBlock {
  const executable = valueOf(data, `${prefix}Image`);
  const pid = integerOf(valueOf(data, `${prefix}ProcessId`));
  return {
    entity_id: guidOf(data, `${prefix}ProcessGuid`) ?? guidOf(data, `${prefix}ProcessGUID`),
    pid: pid === undefined || pid < 0 ? undefined : pid,
    executable,
    name: executable === undefined ? undefined : lastName(executable),
    command_line: valueOf(data, `${prefix}CommandLine`),
  };
}

/** Who acted, under which rule of Sysmon's configuration. */
function readActor(event: EcsEvent, data: Data): void {
  event.process = { ...oneProcess(data, ''), working_directory: valueOf(data, 'CurrentDirectory') };
  const user = valueOf(data, 'User');
  if (user !== undefined) event.user = accountOf(user);
  const rule = valueOf(data, 'RuleName');
  if (rule !== undefined) event.rule = { name: rule };
}

export function readProcess(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const process = event.process ?? {};
  process.hash = hashesOf(data);
  process.pe = executableOf(data);
  if (valueOf(data, 'ParentProcessId') === undefined && valueOf(data, 'ParentImage') === undefined) return;
  const user = valueOf(data, 'ParentUser');
  process.parent = { ...oneProcess(data, 'Parent'), user: user === undefined ? undefined : accountOf(user) };
}

/** One process acting on another: it is the source that acts. */
export function readSource(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const thread = integerOf(valueOf(data, 'SourceThreadId'));
  event.process = { ...oneProcess(data, 'Source'), thread: thread === undefined ? undefined : { id: thread } };
  const user = valueOf(data, 'SourceUser');
  if (user !== undefined) event.user = accountOf(user);
}

export function readFile(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const path = valueOf(data, 'TargetFilename') ?? valueOf(data, 'ImageLoaded');
  event.file = path === undefined ? {} : fileOf(path);
  event.file.hash = hashesOf(data);
  event.file.pe = executableOf(data);
  event.file.code_signature = signatureOf(data);
}

export function readDll(event: EcsEvent, data: Data): void {
  readFile(event, data);
  const { path, name, hash, pe, code_signature } = event.file ?? {};
  event.dll = { path, name, hash, pe, code_signature };
}

export function readPipe(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const name = valueOf(data, 'PipeName');
  if (name !== undefined) event.file = { name };
}

export function readState(event: EcsEvent, data: Data): void {
  const state = valueOf(data, 'State');
  // Sysmon is what keeps the record here.
  if (state === 'Stopped') event.event.action = 'logging_stopped';
  if (state === 'Started') event.event.action = 'logging_started';
}

/** `SHA1=…,MD5=…,IMPHASH=…`; old versions write the one hash without its name beside it. */
function hashesOf(data: Data): Hashes | undefined {
  const hashes: Hashes = {};
  for (const part of (valueOf(data, 'Hashes') ?? valueOf(data, 'Hash') ?? '').split(',', 8)) {
    const [name = '', value = ''] = part.split('=', 2);
    const digest = value.toLowerCase();
    if (digest === '' || /^0+$/.test(digest)) continue;
    if (name === 'MD5') hashes.md5 = digest;
    else if (name === 'SHA1') hashes.sha1 = digest;
    else if (name === 'SHA256') hashes.sha256 = digest;
    else if (name === 'SHA512') hashes.sha512 = digest;
  }
  return Object.keys(hashes).length === 0 ? undefined : hashes;
}

function executableOf(data: Data): PortableExecutable | undefined {
  const imphash = /\bIMPHASH=([0-9A-Fa-f]{32})/.exec(valueOf(data, 'Hashes') ?? '')?.[1]?.toLowerCase();
  const pe: PortableExecutable = {
    company: valueOf(data, 'Company'),
    description: valueOf(data, 'Description'),
    file_version: valueOf(data, 'FileVersion'),
    imphash: imphash === undefined || /^0+$/.test(imphash) ? undefined : imphash,
    original_file_name: valueOf(data, 'OriginalFileName'),
    product: valueOf(data, 'Product'),
  };
  return Object.values(pe).every((value) => value === undefined) ? undefined : pe;
}

function signatureOf(data: Data): CodeSignature | undefined {
  const signed = valueOf(data, 'Signed')?.toLowerCase();
  if (signed === undefined) return undefined;
  const status = valueOf(data, 'SignatureStatus');
  return {
    exists: signed === 'true',
    valid: status === undefined ? undefined : status === 'Valid',
    status,
    subject_name: valueOf(data, 'Signature'),
  };
}

export function readRegistry(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const path = valueOf(data, 'TargetObject');
  const kind = valueOf(data, 'EventType') ?? '';
  if (kind.startsWith('Create')) event.event.type = ['creation'];
  else if (kind.startsWith('Delete')) event.event.type = ['deletion'];
  if (path === undefined) return;
  event.registry = registryOf(path, kind.includes('Value'));
  const details = valueOf(data, 'Details');
  if (details !== undefined) event.registry.data = valueKept(details);
}

/** Sysmon writes numbers as `DWORD (0x00000004)` and leaves binary values out. */
function valueKept(details: string): RegistryBlock['data'] {
  const number = /^(DWORD|QWORD) \((?:0x([0-9a-fA-F]{1,8})-)?0x([0-9a-fA-F]{1,16})\)$/.exec(details);
  if (number !== null) {
    const [, kind, high = '', low = ''] = number;
    return {
      type: `REG_${kind}`,
      strings: [BigInt(`0x${high}${high === '' ? low : low.padStart(8, '0')}`).toString()],
    };
  }
  return details === 'Binary Data' ? { type: 'REG_BINARY' } : { type: 'REG_SZ', strings: [details] };
}

export function readNetwork(event: EcsEvent, data: Data): void {
  readActor(event, data);
  event.source = endOf(data, 'Source');
  event.destination = endOf(data, 'Destination');
  const initiated = valueOf(data, 'Initiated')?.toLowerCase();
  event.network = {
    type: (valueOf(data, 'DestinationIp') ?? valueOf(data, 'SourceIp'))?.includes(':') ? 'ipv6' : 'ipv4',
    transport: valueOf(data, 'Protocol')?.toLowerCase(),
    protocol: valueOf(data, 'DestinationPortName'),
    direction: initiated === undefined ? undefined : initiated === 'true' ? 'egress' : 'ingress',
  };
}

function endOf(data: Data, side: 'Source' | 'Destination'): EndpointBlock | undefined {
  const ip = valueOf(data, `${side}Ip`);
  const domain = valueOf(data, `${side}Hostname`);
  const port = portOf(valueOf(data, `${side}Port`) ?? '');
  return ip === undefined && domain === undefined
    ? undefined
    : { ip: ip !== undefined && isIp(ip) ? ip : undefined, domain, port };
}

/** `QueryResults` is `type:  5 host;::ffff:192.0.2.1;`. */
export function readDns(event: EcsEvent, data: Data): void {
  readActor(event, data);
  const answers: { data: string; type?: string }[] = [];
  const addresses: string[] = [];
  for (const part of (valueOf(data, 'QueryResults') ?? '').split(';', MOST_ANSWERS)) {
    const typed = /^ ?type: {1,3}(\d{1,5}) (.{1,1024})$/.exec(part);
    const text = (typed?.[2] ?? part).trim().replace(/^::ffff:(?=\d{1,3}\.)/i, '');
    if (text === '' || text === '-') continue;
    const address = isIp(text);
    if (address) addresses.push(text);
    answers.push({
      type: typed === null ? (address ? (text.includes(':') ? 'AAAA' : 'A') : undefined) : RECORDS.get(typed[1] ?? ''),
      data: text,
    });
  }
  event.network = { protocol: 'dns' };
  event.dns = {
    type: 'answer',
    question: { name: valueOf(data, 'QueryName') },
    answers: answers.length > 0 ? answers : undefined,
    resolved_ip: addresses.length > 0 ? addresses : undefined,
    response_code: RESPONSES.get(valueOf(data, 'QueryStatus') ?? ''),
  };
}
