import { apc } from './apc.js';
import { cef } from './cef.js';
import { checkPoint } from './check-point.js';
import { ciscoAsa } from './cisco-asa.js';
import { ciscoFirepower } from './cisco-firepower.js';
import { ciscoIos } from './cisco-ios.js';
import { ciscoIse } from './cisco-ise.js';
import { ecsDocument } from './ecs-document.js';
import { fortinet } from './fortinet.js';
import { hirschmann } from './hirschmann.js';
import { jsonBody, jsonDocument, jsonLine } from './json-lines.js';
import { juniper } from './juniper.js';
import { keyValue } from './key-value.js';
import { leef } from './leef.js';
import { linuxAccounts } from './linux-accounts.js';
import type { BodyParser, DocumentParser, LineParser } from '#ecs/parser.js';
import { moxa } from './moxa.js';
import { netfilter } from './netfilter.js';
import { octetCounted } from './octet-counted.js';
import { paloAlto } from './palo-alto.js';
import { rfc3164 } from './rfc3164.js';
import { rfc5424 } from './rfc5424.js';
import { sophos } from './sophos.js';
import { splunkRelay } from './splunk-relay.js';
import { sshd } from './sshd.js';
import { syslogDocument } from './syslog-document.js';
import { windowsSecurity } from './windows-security.js';
import { zeek } from './zeek.js';

/** Every format that is understood. To add one: its file, its fixtures, and a line here; the first that matches reads. */
const LINES = [jsonLine, rfc5424, octetCounted, rfc3164] as const;
const BODIES = [
  sshd,
  ciscoAsa,
  ciscoFirepower,
  ciscoIos,
  cef,
  leef,
  jsonBody,
  paloAlto,
  fortinet,
  netfilter,
  linuxAccounts,
  juniper,
  checkPoint,
  sophos,
  ciscoIse,
  splunkRelay,
  apc,
  moxa,
  hirschmann,
  keyValue,
] as const;
const DOCUMENTS = [windowsSecurity, zeek, syslogDocument, ecsDocument, jsonDocument] as const;

export type ParserName = (typeof LINES | typeof BODIES | typeof DOCUMENTS)[number]['name'];

export const LINE_PARSERS: readonly LineParser<ParserName>[] = LINES;
export const BODY_PARSERS: readonly BodyParser<ParserName>[] = BODIES;
export const DOCUMENT_PARSERS: readonly DocumentParser<ParserName>[] = DOCUMENTS;
export const PARSER_NAMES: readonly ParserName[] = [...LINES, ...BODIES, ...DOCUMENTS].map(({ name }) => name);
