import { apc } from './apc.js';
import { auditd, auditdBody } from './auditd.js';
import { cef } from './cef.js';
import { checkPoint } from './check-point.js';
import { ciscoAsa } from './cisco-asa.js';
import { ciscoFirepower } from './cisco-firepower.js';
import { ciscoIos } from './cisco-ios.js';
import { ciscoIse } from './cisco-ise.js';
import { ecsDocument } from './ecs-document.js';
import { fortinet } from './fortinet.js';
import { haproxy } from './haproxy.js';
import { hirschmann } from './hirschmann.js';
import { icinga } from './icinga.js';
import { iis } from './iis.js';
import { jsonBody, jsonDocument, jsonLine } from './json-lines.js';
import { juniper } from './juniper.js';
import { keyValue } from './key-value.js';
import { leef } from './leef.js';
import { linuxAccounts } from './linux-accounts.js';
import { linuxSystem } from './linux-system.js';
import { moxa } from './moxa.js';
import { netfilter } from './netfilter.js';
import { octetCounted } from './octet-counted.js';
import { openvpn } from './openvpn.js';
import { otlp } from './otlp.js';
import { paloAlto } from './palo-alto.js';
import type { BodyParser, DocumentParser, LineParser } from '#ecs/parser.js';
import { pensando } from './pensando.js';
import { rfc3164 } from './rfc3164.js';
import { rfc5424 } from './rfc5424.js';
import { rockwell } from './rockwell.js';
import { schneider } from './schneider.js';
import { siemens } from './siemens.js';
import { snare } from './snare.js';
import { sophos } from './sophos.js';
import { splunkRelay } from './splunk-relay.js';
import { sshd } from './sshd.js';
import { syslogDocument } from './syslog-document.js';
import { vault } from './vault.js';
import { webAccess, webAccessBody } from './web-access.js';
import { webErrors, webErrorsBody } from './web-errors.js';
import { windowsSecurity } from './windows-security.js';
import { windowsXml, windowsXmlBody } from './windows-xml.js';
import { wireguard } from './wireguard.js';
import { zeekTsv, zeekTsvBody } from './zeek-tsv.js';
import { zeek } from './zeek.js';

/** Every format that is understood. To add one: its file, its fixtures, and a line here; the first that matches reads. */
const LINES = [
  jsonLine,
  zeekTsv,
  rfc5424,
  octetCounted,
  windowsXml,
  auditd,
  iis,
  rfc3164,
  webAccess,
  webErrors,
  icinga,
] as const;
const BODIES = [
  sshd,
  ciscoAsa,
  ciscoFirepower,
  ciscoIos,
  cef,
  leef,
  zeekTsvBody,
  schneider,
  jsonBody,
  windowsXmlBody,
  paloAlto,
  fortinet,
  netfilter,
  snare,
  auditdBody,
  haproxy,
  webAccessBody,
  webErrorsBody,
  pensando,
  openvpn,
  wireguard,
  linuxAccounts,
  juniper,
  siemens,
  rockwell,
  checkPoint,
  sophos,
  ciscoIse,
  splunkRelay,
  apc,
  moxa,
  hirschmann,
  keyValue,
  linuxSystem,
] as const;
const DOCUMENTS = [windowsSecurity, zeek, vault, otlp, syslogDocument, ecsDocument, jsonDocument] as const;

export type ParserName = (typeof LINES | typeof BODIES | typeof DOCUMENTS)[number]['name'];

/** Bodies that a parser further up may read better: these are never asked before their turn. */
export const SHARED: ReadonlySet<ParserName> = new Set([
  'cisco-ios',
  'json-body',
  'linux-accounts',
  'web-access-body',
  'web-errors-body',
  'key-value',
  'linux-system',
]);

export const LINE_PARSERS: readonly LineParser<ParserName>[] = LINES;
export const BODY_PARSERS: readonly BodyParser<ParserName>[] = BODIES;
export const DOCUMENT_PARSERS: readonly DocumentParser<ParserName>[] = DOCUMENTS;
export const PARSER_NAMES: readonly ParserName[] = [...LINES, ...BODIES, ...DOCUMENTS].map(({ name }) => name);
