import { auditd, auditdBody } from './auditd.js';
import { ciscoIos } from './cisco-ios.js';
import { ecsDocument } from './ecs-document.js';
import { haproxy } from './haproxy.js';
import { icinga } from './icinga.js';
import { iis } from './iis.js';
import { jsonBody, jsonDocument, jsonLine } from './json-lines.js';
import { linuxAccounts } from './linux-accounts.js';
import { linuxSystem } from './linux-system.js';
import type { BodyParser, DocumentParser, LineParser } from '#ecs/parser.js';
import { octetCounted } from './octet-counted.js';
import { openvpn } from './openvpn.js';
import { pensando } from './pensando.js';
import { rfc3164 } from './rfc3164.js';
import { rfc5424 } from './rfc5424.js';
import { snare } from './snare.js';
import { sshd } from './sshd.js';
import { syslogDocument } from './syslog-document.js';
import { vault } from './vault.js';
import { webAccess, webAccessBody } from './web-access.js';
import { webErrors, webErrorsBody } from './web-errors.js';
import { windowsSecurity } from './windows-security.js';
import { windowsXml, windowsXmlBody } from './windows-xml.js';
import { wireguard } from './wireguard.js';
import { zeek } from './zeek.js';
import { zeekTsv, zeekTsvBody } from './zeek-tsv.js';

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
  ciscoIos,
  zeekTsvBody,
  jsonBody,
  windowsXmlBody,
  snare,
  auditdBody,
  haproxy,
  webAccessBody,
  webErrorsBody,
  pensando,
  openvpn,
  wireguard,
  linuxAccounts,
  linuxSystem,
] as const;
const DOCUMENTS = [windowsSecurity, zeek, vault, syslogDocument, ecsDocument, jsonDocument] as const;

export type ParserName = (typeof LINES | typeof BODIES | typeof DOCUMENTS)[number]['name'];

export const LINE_PARSERS: readonly LineParser<ParserName>[] = LINES;
export const BODY_PARSERS: readonly BodyParser<ParserName>[] = BODIES;
export const DOCUMENT_PARSERS: readonly DocumentParser<ParserName>[] = DOCUMENTS;
export const PARSER_NAMES: readonly ParserName[] = [...LINES, ...BODIES, ...DOCUMENTS].map(({ name }) => name);
