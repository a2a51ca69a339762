import type { EcsEvent, JsonObject, Outcome } from '#ecs/event.js';
import { categoriesOf, typesOf } from '#ecs/event-words.js';
import type { BodyParser } from '#ecs/parser.js';
import { setField } from './ecs-setters.js';

/**
 * Schneider Electric: the security events of Modicon controllers and their modules (M580, BMENOC, BMENUA, BMENOR), which
 * name a type `Li1` to `Li99`, a text and the peer, and the audit of Control Expert, whose texts are fixed (Modicon
 * Controllers Platform Cyber Security Reference Manual EIO0000001999, "Event Log Message Descriptions"). The service
 * that was used stands in syslog's MSGID.
 */
export const schneider = { name: 'schneider', matches, parse } satisfies BodyParser<'schneider'>;

interface Reading {
  readonly action: string;
  readonly category: string;
  readonly type: string;
  readonly outcome?: Outcome | undefined;
}

const TYPES = table(`
1 login authentication+session start success
2 login authentication start failure
5 logout session end
6 session_timeout session end
8 program_upload configuration access
9 program_download configuration change
10 firmware_changed package+configuration change
11 firmware_changed package+configuration change
12 password_change iam user+change
13 user_changed iam user+change
15 mode_change host change
18 port_changed configuration change
19 link_state network info
20 topology_change network info
84 integrity_error package error failure
`);
/** Control Expert's texts, in lower case. */
const ACTIONS = new Map(
  Object.entries({
    'create a new project': 'project_created configuration creation',
    'open an existing project': 'project_opened file access',
    'save a project': 'project_saved file change',
    'save as a project': 'project_saved file creation',
    'import a project': 'project_imported configuration change',
    'build offline': 'project_built configuration info',
    'build on-line stop': 'program_changed configuration change',
    'build on-line run': 'program_changed configuration change',
    'start stop or initialize the pac': 'mode_change host change',
    'update init values with current values': 'configuration_changed configuration change',
    'transfer project from pac': 'program_upload configuration access',
    'transfer project to pac': 'program_download configuration change',
    'transfer data values from file to pac': 'value_written process change',
    'restore project backup in pac': 'backup_restored configuration change',
    'save to project backup in pac': 'backup_created configuration access',
    'set address': 'connection_changed configuration change',
    'modify options': 'configuration_changed configuration change',
    'modify variable values': 'value_written process change',
    'force internal bits': 'force_changed process change',
    'force outputs': 'force_changed process change',
    'force inputs': 'force_changed process change',
    'task management': 'configuration_changed configuration change',
    'task cycle time modification': 'configuration_changed configuration change',
    'suppress message in diag viewer': 'diagnosis_suppressed configuration change',
    'debug executable': 'program_debugged process info',
    'replace project variable': 'program_changed configuration change',
  }).map(([text, reading]) => [text, readingOf(reading.split(' '))]),
);

const PRODUCTS = /^(?:BME|BMX|TSX|TM[2-6]|M580|M340|Modicon|Quantum)/i;
const WORKSHOP = /^(?:Control ?Expert|Unity ?Pro|EcoStruxure ?Control ?Expert)/i;
const TYPE = /\bLI ?(\d{1,2})\b(?=[:,;"' ]|$)|\bMNT_ENG_MSG_(?:TYP_)?[A-Z_]{4,40}\b/i;
const KINDS: Readonly<Record<string, string>> = {
  MNT_ENG_MSG_TYP_CNCTN_SUCCESS: '1',
  MNT_ENG_MSG_TYP_CNCTN_FAILURE: '2',
  MNT_ENG_MSG_TYP_DISCONNECTION: '5',
  MNT_ENG_MSG_TYP_DSCNCT_TIMEOUT: '6',
  MNT_ENG_MSG_TYP_CONF_UL: '9',
  MNT_ENG_MSG_TYP_FIRMWARE_UPDATE: '10',
  MNT_ENG_MSG_TYP_PORT_MANAGEMENT: '18',
  MNT_ENG_MSG_TYP_NETWK_PORT_CHG: '19',
  MNT_ENG_MSG_TYP_NTWK_TPLGY_CHG: '20',
  MNT_ENG_MSG_DATA_INTEGRITY_ERROR: '84',
};
/** `peerAddr` and its like, as JSON, `key=value` or `key: value`. */
const PEER = /\bpeer ?(?:addr(?:ess)?|ip)?"? ?[:=] ?"?([0-9a-fA-F.:]{2,45})\b/i;
const USER = /\b(?:user(?: ?name)?|peerId|userId)"? ?[:=] ?"?([^\s",;]{1,64})/i;
const LONGEST = 1024;

function table(rows: string): ReadonlyMap<string, Reading> {
  return new Map(
    rows
      .trim()
      .split('\n')
      .map((row) => {
        const [type = '', ...reading] = row.split(' ');
        return [type, readingOf(reading)];
      }),
  );
}

function readingOf([action = '', category = '', type = '', outcome]: readonly string[]): Reading {
  return { action, category, type, outcome: outcome === 'success' || outcome === 'failure' ? outcome : undefined };
}

/** Control Expert's texts are short sentences that others write too: they count from it, or as security messages alone. */
function actionOf({ message, process, log }: EcsEvent): Reading | undefined {
  if (message.length > 64 || !(isSecurity(log) || WORKSHOP.test(process?.name ?? ''))) return undefined;
  return ACTIONS.get(message.replaceAll('"', '').trim().toLowerCase());
}

function isSecurity(log: EcsEvent['log']): boolean {
  return log?.syslog?.facility?.code === 10;
}

function isModicon({ message, process, log }: EcsEvent): boolean {
  if (PRODUCTS.test(process?.name ?? '')) return TYPE.test(message.slice(0, LONGEST));
  return isSecurity(log) && message.includes('MNT_ENG_MSG_');
}

function matches(event: EcsEvent): boolean {
  return isModicon(event) || actionOf(event) !== undefined;
}

function parse(event: EcsEvent): 'done' {
  const text = event.message.slice(0, LONGEST);
  const workshop = actionOf(event);
  const found = workshop === undefined ? TYPE.exec(text) : null;
  const kind = found?.[1] ?? KINDS[found?.[0].toUpperCase() ?? ''];
  const reading = workshop ?? TYPES.get(kind ?? '');
  event.event.module = 'schneider';
  event.event.dataset = workshop === undefined ? 'schneider.modicon' : 'schneider.control_expert';
  event.observer = {
    vendor: 'Schneider Electric',
    product: workshop === undefined ? (event.process?.name ?? 'Modicon') : 'EcoStruxure Control Expert',
  };
  if (kind !== undefined) event.event.code = `Li${kind}`;
  if (reading !== undefined) {
    const { action, category, type, outcome } = reading;
    Object.assign(event.event, { action, category: categoriesOf(category), type: typesOf(type) });
    if (outcome !== undefined) event.event.outcome = outcome;
  }
  setField(event, 'source.ip', PEER.exec(text)?.[1] ?? '');
  setField(event, 'user.name', USER.exec(text)?.[1] ?? '');
  const own: JsonObject = {};
  const service = event.log?.syslog?.msgid;
  if (service !== undefined) own.service = service;
  if (found?.[0] !== undefined) own.type = found[0];
  if (Object.keys(own).length > 0) event.schneider = own;
  return 'done';
}
