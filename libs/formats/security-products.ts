import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, EventCategory, EventType, OtOperation } from '#ecs/event.js';
import { readVerdict } from './firewall-verdict.js';
import { readWords } from './word-taxonomy.js';

/**
 * Products that report by CEF or LEEF: what kind of thing they are, and what their titles mean. OT monitoring says by
 * its titles what was done to a controller (Claroty CTD, Nozomi N2OS, Radiflow iSID, Tenable OT Security, Microsoft
 * Defender for IoT; the titles are from their integration guides).
 */
export interface Report {
  readonly vendor: string;
  readonly product: string;
  readonly title: string;
  readonly code: string;
  readonly keys: Readonly<Record<string, string>>;
}

interface Maker {
  readonly name: RegExp;
  readonly type: string;
  readonly alerts: boolean;
}

const MAKERS: readonly Maker[] = [
  {
    name: /^(?:claroty (?:ctd|xdome|edge|emc)|nozomi|radiflow|tenable.{0,9}(?:ot|indegy)|indegy|cyberx|dragos|scadafence|otorio|rhebo)/,
    type: 'ids',
    alerts: true,
  },
  { name: /^microsoft.{0,24}(?:iot|cyberx)|^cyberx|^azure.{0,16}iot/, type: 'ids', alerts: true },
  {
    name: /^(?:fireeye|trellix|vectra|darktrace|mcafee.{0,9}(?:ns[mp]|intrushield)|snort|suricata|sourcefire|extrahop)/,
    type: 'ids',
    alerts: true,
  },
  {
    name: /^(?:check point|fortinet|palo alto|juniper|sophos|forcepoint|barracuda|sonicwall|watchguard|stormshield|genua)/,
    type: 'firewall',
    alerts: false,
  },
  { name: /^(?:imperva|f5|citrix)/, type: 'waf', alerts: true },
  { name: /^(?:cyber-?ark|beyondtrust|claroty sra|delinea|thycotic|wallix|hashicorp)/, type: 'pam', alerts: false },
  {
    name: /^(?:trend ?micro|symantec|kaspersky|mcafee|crowdstrike|carbon ?black|sentinelone|eset|bitdefender)/,
    type: 'endpoint',
    alerts: false,
  },
];

interface OtWords {
  readonly words: RegExp;
  readonly operation: OtOperation;
}

/** What was done to a controller. `download` goes to the controller, `upload` comes from it, as engineers say it. */
const OT_WORDS: readonly OtWords[] = [
  {
    words: /\b(?:code|program|logic|configuration|project|block|ladder)s?\b.{0,24}\bupload/i,
    operation: 'program_upload',
  },
  { words: /\bupload\b.{0,24}\b(?:code|program|logic|block|project)/i, operation: 'program_upload' },
  {
    words:
      /\b(?:code|program|logic|configuration|project|firmware|block)s?\b.{0,24}\b(?:download|update|change|delete|edit|write|modif)/i,
    operation: 'program_download',
  },
  { words: /\b(?:download|online edit)\b/i, operation: 'program_download' },
  {
    words: /\b(?:mode|key ?switch|key state)\b.{0,24}\bchange|\bchanged? (?:to )?(?:run|program|remote) mode/i,
    operation: 'mode_change',
  },
  {
    words: /\b(?:plc|cpu|controller|processor|ied|rtu)\b.{0,24}\bstop|\bstop\b.{0,12}\b(?:plc|cpu|controller|command)/i,
    operation: 'stop',
  },
  {
    words:
      /\b(?:plc|cpu|controller|processor|ied|rtu)\b.{0,24}\b(?:re-?start|reset|reboot)|\b(?:cold|warm) (?:re)?start/i,
    operation: 'restart',
  },
  { words: /\b(?:plc|cpu|controller|processor|ied|rtu)\b.{0,24}\bstart/i, operation: 'start' },
];

const OPERATION_TYPES: ReadonlyMap<OtOperation, { category: readonly EventCategory[]; type: readonly EventType[] }> =
  new Map<OtOperation, { category: readonly EventCategory[]; type: readonly EventType[] }>([
    ['program_download', { category: ['intrusion_detection', 'configuration'], type: ['change'] }],
    ['program_upload', { category: ['intrusion_detection', 'configuration'], type: ['access'] }],
    ['mode_change', { category: ['intrusion_detection', 'host'], type: ['change'] }],
    ['stop', { category: ['intrusion_detection', 'host'], type: ['end'] }],
    ['start', { category: ['intrusion_detection', 'host'], type: ['start'] }],
    ['restart', { category: ['intrusion_detection', 'host'], type: ['start'] }],
  ]);

/** Industrial protocols by the names that products write, as `ot.protocol` has them. */
const OT_PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['modbus', 'modbus'],
  ['modbus/tcp', 'modbus'],
  ['modbus tcp', 'modbus'],
  ['umas', 'modbus'],
  ['s7', 's7comm'],
  ['s7comm', 's7comm'],
  ['s7-comm', 's7comm'],
  ['siemens s7', 's7comm'],
  ['s7 plus', 's7comm_plus'],
  ['s7comm-plus', 's7comm_plus'],
  ['dnp3', 'dnp3'],
  ['cip', 'cip'],
  ['enip', 'enip'],
  ['ethernet/ip', 'enip'],
  ['ethernetip', 'enip'],
  ['bacnet', 'bacnet'],
  ['opcua', 'opcua'],
  ['opc-ua', 'opcua'],
  ['iec104', 'iec104'],
  ['iec-104', 'iec104'],
  ['iec 60870-5-104', 'iec104'],
  ['mms', 'mms'],
  ['iec61850', 'mms'],
  ['profinet', 'profinet'],
]);

/** Fills in what kind of event a product's report is. */
export function readMaker(event: EcsEvent, report: Report): void {
  const name = `${report.vendor} ${report.product}`.toLowerCase();
  const maker = MAKERS.find((candidate) => candidate.name.test(name));
  if (maker !== undefined) (event.observer ??= {}).type ??= maker.type;
  if (report.vendor === 'radiflow') readRadiflow(event, report);
  const alert = maker?.alerts === true && !isAudit(report);
  if (alert) readAlert(event, report);
  if (event.event.category !== undefined) return;
  if (report.title !== '' && readWords(event, report.title)) return;
  if (!alert) readVerdict(event, event.event.action);
}

/** Sign-ins and settings of the product itself are no alerts. */
function isAudit({ title, keys }: Report): boolean {
  return /\b(?:log(?:ged)?[ -]?(?:in|on|out|off)|sign(?:ed)?[ -]?in|audit|health)\b/i.test(
    `${title} ${keys.cat ?? ''}`,
  );
}

function readAlert(event: EcsEvent, report: Report): void {
  event.event.kind = 'alert';
  (event.rule ??= {}).name ??= report.title === '' || report.title === 'None' ? undefined : report.title;
  const protocol = OT_PROTOCOLS.get(event.network?.protocol ?? '');
  const told = `${report.title} ${event.message.slice(0, 200)}`;
  const operation = OT_WORDS.find(({ words }) => words.test(told))?.operation;
  const types = operation === undefined ? undefined : OPERATION_TYPES.get(operation);
  event.event.category = types?.category ?? ['intrusion_detection'];
  event.event.type = types?.type ?? ['info'];
  if (operation !== undefined) event.event.action ??= operation;
  if (protocol !== undefined) event.ot ??= operation === undefined ? { protocol } : { protocol, operation };
}

/** iSID's `dvc` is the device the alert is about, and its protocol names list what a port may carry: S7/S7Plus/MMS. */
function readRadiflow(event: EcsEvent, { keys }: Report): void {
  const subject = keys.dvc;
  if (subject !== undefined && isIp(subject) && event.source?.ip === undefined) setSubject(event, subject);
  const name = event.network?.protocol;
  const first = name?.split('/', 1)[0];
  if (event.network !== undefined && first !== undefined && OT_PROTOCOLS.has(first)) event.network.protocol = first;
}

function setSubject(event: EcsEvent, address: string): void {
  event.source = { ...event.source, ip: address };
  if (event.observer?.ip?.[0] === address) event.observer.ip = undefined;
}
