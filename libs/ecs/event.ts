import type { DnsBlock, FileBlock, Hashes, PortableExecutable, RegistryBlock } from './host-blocks.js';
import type { WebBlocks } from './web-blocks.js';

/** One ECS event (Elastic Common Schema 9, nested form) plus the `ot` block and Plantwatch's own `plantwatch` block. */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [key: string]: JsonValue;
}

export type EventCategory =
  | 'api'
  | 'authentication'
  | 'configuration'
  | 'database'
  | 'driver'
  | 'email'
  | 'file'
  | 'host'
  | 'iam'
  | 'intrusion_detection'
  | 'library'
  | 'malware'
  | 'network'
  | 'package'
  | 'process'
  | 'registry'
  | 'session'
  | 'threat'
  | 'vulnerability'
  | 'web';

export type EventType =
  | 'access'
  | 'admin'
  | 'allowed'
  | 'change'
  | 'connection'
  | 'creation'
  | 'deletion'
  | 'denied'
  | 'device'
  | 'end'
  | 'error'
  | 'group'
  | 'indicator'
  | 'info'
  | 'installation'
  | 'protocol'
  | 'start'
  | 'user';

export type EventKind = 'alert' | 'asset' | 'enrichment' | 'event' | 'metric' | 'pipeline_error' | 'signal' | 'state';

export type Outcome = 'success' | 'failure' | 'unknown';

/** IEC 62443-4-2 CR 2.8: the six kinds of events that a component must be able to audit. */
export type AuditCategory =
  | 'access_control'
  | 'request_error'
  | 'control_system'
  | 'backup_restore'
  | 'configuration_change'
  | 'audit_log';

/** `timestamp_guessed`: year or zone was filled in; `clock_unsynchronised`: the device says so itself. */
export type ParserTag =
  | 'unparsed'
  | 'timestamp_missing'
  | 'timestamp_guessed'
  | 'clock_unsynchronised'
  | 'invalid_utf8'
  | 'parser_mismatch';

export interface EventBlock {
  original: string;
  id?: string;
  created: string;
  ingested?: string;
  kind: EventKind;
  category?: readonly EventCategory[];
  type?: readonly EventType[];
  action?: string;
  outcome?: Outcome;
  code?: string;
  provider?: string;
  dataset: string;
  module?: string;
  reason?: string;
  timezone?: string;
  /** The device's own message counter. */
  sequence?: number;
  /** Nanoseconds. */
  duration?: number;
  /** The source's own scale. */
  severity?: number;
  start?: string;
  end?: string;
}

export interface UserBlock {
  name?: string;
  id?: string;
  domain?: string;
  group?: { id?: string };
  target?: { name?: string; id?: string; domain?: string };
  effective?: { name?: string; id?: string; domain?: string };
}

export interface EndpointBlock {
  /** As written, where it is no address. */
  address?: string;
  ip?: string;
  port?: number;
  domain?: string;
  mac?: string;
  bytes?: number;
  packets?: number;
  user?: { name?: string; id?: string; domain?: string };
  nat?: { ip?: string; port?: number };
}

export interface HostBlock {
  name?: string;
  hostname?: string;
  ip?: readonly string[];
  mac?: readonly string[];
  id?: string;
  architecture?: string;
}

/** The process itself, or its parent. */
export interface ProcessOneBlock {
  name?: string;
  pid?: number;
  entity_id?: string;
  executable?: string;
  command_line?: string;
  args?: readonly string[];
  args_count?: number;
}

export interface ProcessBlock extends ProcessOneBlock {
  working_directory?: string;
  thread?: { id: number };
  hash?: Hashes;
  pe?: PortableExecutable;
  parent?: ProcessOneBlock & { user?: { name?: string; domain?: string } };
}

/** SD-ID to its parameters; a name given twice has all its values (RFC 5424, section 6.3). */
export type StructuredData = Record<string, Record<string, string | string[]>>;

export interface CodeName {
  readonly code: number;
  readonly name: string;
}

export interface SyslogBlock {
  priority?: number;
  facility?: CodeName;
  severity?: CodeName;
  version?: string;
  appname?: string;
  procid?: string;
  msgid?: string;
  structured_data?: StructuredData;
}

export interface NetworkBlock {
  type?: string;
  transport?: string;
  protocol?: string;
  direction?: string;
  bytes?: number;
  community_id?: string;
  forwarded_ip?: string;
}

export interface ObserverBlock {
  name?: string;
  vendor?: string;
  product?: string;
  version?: string;
  type?: string;
  serial_number?: string;
  ip?: readonly string[];
  mac?: readonly string[];
  ingress?: { interface?: { name: string }; zone?: string };
  egress?: { interface?: { name: string }; zone?: string };
}

export interface NetworkBlock {
  transport?: string;
  protocol?: string;
  application?: string;
  direction?: string;
  type?: string;
  iana_number?: string;
  bytes?: number;
  packets?: number;
  community_id?: string;
  vlan?: { id?: string };
}

export interface RuleBlock {
  id?: string;
  name?: string;
  category?: string;
  ruleset?: string;
  uuid?: string;
}

export interface ThreatBlock {
  technique?: { id?: string[]; name?: string[] };
  tactic?: { name?: string[] };
}

/** ArcSight's Common Event Format: the header, and the extensions by the keys that were written. */
export interface CefBlock {
  version: string;
  device: { vendor: string; product: string; version: string; event_class_id: string };
  name: string;
  severity: string;
  extensions: Record<string, string>;
}

/** IBM's Log Event Extended Format. */
export interface LeefBlock {
  version: string;
  device: { vendor: string; product: string; version: string };
  event_id: string;
  delimiter: string;
  attributes: Record<string, string>;
}

export interface CiscoIosBlock {
  facility: string;
  mnemonic: string;
  access_list?: string;
  interface?: { name: string; state: string };
}

export interface WinlogBlock {
  channel?: string;
  event_id: string;
  provider_name?: string;
  record_id?: string;
  computer_name?: string;
  logon?: { type?: string; id?: string };
  user?: { identifier: string };
  process?: { pid: number; thread?: { id: number } };
  /** Values as text, the way Winlogbeat ships them, whatever the shipper. */
  event_data: Record<string, string>;
}

export type OtOperation =
  | 'read'
  | 'write'
  | 'program_download'
  | 'program_upload'
  | 'mode_change'
  | 'stop'
  | 'start'
  | 'restart'
  | 'diagnose'
  | 'control'
  | 'file'
  | 'time'
  | 'other';

/** What one industrial protocol message asked or answered; shape after the OCSF proposal ocsf-schema#1515. */
export interface OtBlock {
  protocol: string;
  function?: { code?: number; name?: string };
  operation?: OtOperation;
  unit_id?: number;
  /** `source` is the client in both directions. */
  direction?: 'request' | 'response';
  point?: { kind?: string; address?: string; count?: number };
  value?: string;
  exception?: string;
  controller?: { mode?: string };
}

export interface AssetContext {
  id?: string;
  name?: string;
  role?: string;
  zone?: string;
}

/** Everything here but `parser`, `repeated` and `audit_category` is added by the pipeline. */
export interface PlantwatchBlock {
  parser?: string;
  /** The line stands for this many equal ones ("message repeated N times"). */
  repeated?: number;
  audit_category?: AuditCategory;
  source_id?: string;
  collector?: string;
  sequence?: number;
  /** The collector's clock less the device's, milliseconds. */
  skew_ms?: number;
  site?: { id: string };
  zone?: { id: string; name?: string };
  asset?: AssetContext;
  source_asset?: AssetContext;
  destination_asset?: AssetContext;
}

export interface EcsEvent extends WebBlocks {
  /** ISO 8601, UTC, milliseconds: the device's clock. */
  '@timestamp': string;
  event: EventBlock;
  message: string;
  host?: HostBlock;
  source?: EndpointBlock;
  destination?: EndpointBlock;
  user?: UserBlock;
  group?: { name?: string; id?: string; domain?: string };
  process?: ProcessBlock;
  service?: { name?: string; type?: string };
  file?: FileBlock;
  dll?: FileBlock;
  registry?: RegistryBlock;
  dns?: DnsBlock;
  log?: { level?: string; syslog?: SyslogBlock; file?: { path: string } };
  network?: NetworkBlock;
  observer?: ObserverBlock;
  rule?: RuleBlock;
  threat?: ThreatBlock;
  error?: { message: string };
  tags?: string[];
  related?: { ip?: string[]; user?: string[]; hosts?: string[] };
  ot?: OtBlock;
  winlog?: WinlogBlock;
  zeek?: { log: string; uid?: string; row: JsonObject };
  email?: JsonObject;
  tls?: JsonObject;
  auditd?: { log: JsonObject };
  apache?: { error?: JsonObject; access?: JsonObject };
  haproxy?: JsonObject;
  icinga?: JsonObject;
  iis?: JsonObject;
  nginx?: JsonObject;
  otlp?: JsonObject;
  pensando?: JsonObject;
  traefik?: { access: JsonObject };
  vault?: { audit: JsonObject };
  wireguard?: JsonObject;
  cisco?: { ios?: CiscoIosBlock; asa?: JsonObject; ftd?: JsonObject; ise?: JsonObject };
  cef?: CefBlock;
  leef?: LeefBlock;
  /** Keys and columns of a device that have no ECS place, under the name of its maker. */
  fortinet?: { firewall: JsonObject };
  panw?: { panos: JsonObject };
  juniper?: { junos: JsonObject };
  checkpoint?: JsonObject;
  rockwell?: JsonObject;
  schneider?: JsonObject;
  siemens?: JsonObject;
  sophos?: JsonObject;
  netfilter?: JsonObject;
  moxa?: JsonObject;
  hirschmann?: JsonObject;
  apc?: JsonObject;
  key_value?: JsonObject;
  /** Keys of a JSON document that have no ECS place. */
  json?: JsonObject;
  plantwatch?: PlantwatchBlock;
}

export function addTag(event: EcsEvent, tag: ParserTag): void {
  if (event.tags === undefined) event.tags = [tag];
  else if (!event.tags.includes(tag)) event.tags.push(tag);
}

/** The first flaw found is the one told: later ones follow from it. */
export function addFlaw(event: EcsEvent, message: string): void {
  event.error ??= { message };
}
