import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { fail, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { OPCUA_DETAILS } from './icsnpp-opcua-details.js';
import { codeOf, directionOf, firstOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** OPC UA binary (IEC 62541-6) by ICSNPP: one log of messages, and a log for each part of a service. */

/** Services (IEC 62541-4) to the identifier of the request's binary encoding (NodeIds.csv); that of the reply is three more. */
const SERVICES = new Map<string, readonly [number, OtOperation]>([
  ['FindServers', [422, 'diagnose']],
  ['GetEndpoints', [428, 'diagnose']],
  ['RegisterServer', [437, 'other']],
  ['OpenSecureChannel', [446, 'other']],
  ['CloseSecureChannel', [452, 'other']],
  ['CreateSession', [461, 'other']],
  ['ActivateSession', [467, 'other']],
  ['CloseSession', [473, 'other']],
  ['Cancel', [479, 'other']],
  ['AddNodes', [488, 'write']],
  ['AddReferences', [494, 'write']],
  ['DeleteNodes', [500, 'write']],
  ['DeleteReferences', [506, 'write']],
  ['Browse', [527, 'read']],
  ['BrowseNext', [533, 'read']],
  ['TranslateBrowsePathsToNodeIds', [554, 'read']],
  ['RegisterNodes', [560, 'other']],
  ['UnregisterNodes', [566, 'other']],
  ['QueryFirst', [615, 'read']],
  ['QueryNext', [621, 'read']],
  ['Read', [631, 'read']],
  ['HistoryRead', [664, 'read']],
  ['Write', [673, 'write']],
  ['HistoryUpdate', [700, 'write']],
  ['Call', [712, 'control']],
  ['CreateMonitoredItems', [751, 'read']],
  ['ModifyMonitoredItems', [763, 'read']],
  ['SetMonitoringMode', [769, 'other']],
  ['SetTriggering', [775, 'other']],
  ['DeleteMonitoredItems', [781, 'other']],
  ['CreateSubscription', [787, 'read']],
  ['ModifySubscription', [793, 'other']],
  ['SetPublishingMode', [799, 'other']],
  ['Publish', [826, 'read']],
  ['Republish', [832, 'read']],
  ['TransferSubscriptions', [841, 'other']],
  ['DeleteSubscriptions', [847, 'other']],
]);
const REPLY = 3;

/** Messages of the connection itself (IEC 62541-6, section 7.1.2). */
const HELLOS = new Map([
  ['HEL', 'Hello'],
  ['ACK', 'Acknowledge'],
  ['ERR', 'Error'],
  ['RHE', 'ReverseHello'],
  ['OPN', 'OpenSecureChannel'],
  ['CLO', 'CloseSecureChannel'],
  ['MSG', 'Message'],
]);

export const OPCUA_LOGS: readonly ZeekLog[] = [
  otLog('opcua_binary', ['msg_type'], {
    protocol: 'opcua_binary',
    name: ['req_identifier_str', 'res_identifier_str', 'identifier_str', 'msg_type'],
    code: ['req_identifier', 'res_identifier', 'identifier'],
    operation: (name) => SERVICES.get(serviceOf(name))?.[1] ?? 'other',
    direction: directionByName,
    value: ['endpoint_url'],
    finish: finishMessage,
  }),
  otLog('opcua_binary_status_code_detail', ['sub_code_str'], {
    protocol: 'opcua_binary',
    name: ['source_str'],
    operation: (name) => SERVICES.get(name)?.[1] ?? 'other',
    direction: () => 'response',
    value: ['sub_code_str'],
    finish: finishStatus,
  }),
  ...OPCUA_DETAILS.map(({ log, service, columns, ...more }) =>
    otLog(log, columns, {
      protocol: 'opcua_binary',
      otherwise: service,
      operation: SERVICES.get(service)?.[1] ?? 'other',
      ...more,
      finish: finishDetail,
    } satisfies OtShape),
  ),
];

/** `ReadRequest`, `ReadResponse`: Read. */
function serviceOf(name: string): string {
  return name.endsWith('Request') ? name.slice(0, -7) : name.endsWith('Response') ? name.slice(0, -8) : name;
}

function directionByName(row: JsonObject, name: string): OtBlock['direction'] {
  if (name.endsWith('Request') || name === 'HEL' || name === 'CLO') return 'request';
  if (name.endsWith('Response') || name === 'ACK' || name === 'ERR') return 'response';
  return directionOf(row, '');
}

/** Today's rows hold a request with its reply, older ones one of the two. */
function finishMessage(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const name = ot.function?.name ?? '';
  ot.function = { code: ot.function?.code, name: HELLOS.get(name) ?? name };
  const error = textOf(row.error);
  const result = codeOf(textOf(row.res_hdr_service_result));
  // The two upper bits of a status code are its severity; 10 is bad.
  if (result !== undefined && result >= 0x80_00_00_00) fail(event, ot, `0x${result.toString(16)}`);
  if (error !== undefined && error !== '0') fail(event, ot, textOf(row.reason) ?? error);
}

function finishStatus(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const severity = textOf(row.severity_str);
  if (severity?.endsWith('Bad') === true) fail(event, ot, textOf(row.sub_code_str) ?? 'bad');
  const code = SERVICES.get(ot.function?.name ?? '')?.[0];
  if (code !== undefined) ot.function = { code: code + REPLY, name: ot.function?.name };
}

function finishDetail(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const service = ot.function?.name ?? '';
  const request = SERVICES.get(service)?.[0];
  const code = request === undefined ? undefined : ot.direction === 'response' ? request + REPLY : request;
  ot.function = { code, name: service };
  const node = nodeOf(row);
  if (node !== undefined) ot.point = { kind: 'node', address: node };
  // The user's name is in the request only.
  if (service !== 'ActivateSession') return;
  const user = textOf(row.ext_obj_user_name);
  if (user !== undefined) event.user = { name: user };
  event.event.category = ['network', 'authentication'];
  event.event.action = 'opcua_activate_session';
}

const NODE_PREFIXES = ['', 'item_to_monitor_', 'browse_description_', 'browse_response_ref_', 'browse_view_id_'];

/** A node as OPC UA writes it (IEC 62541-6, 5.3.1.10): `ns=1;s=the.answer`. */
function nodeOf(row: JsonObject): string | undefined {
  for (const prefix of NODE_PREFIXES) {
    const node = prefix.endsWith('item_to_monitor_') || prefix === '' ? `${prefix}node_id_` : prefix;
    const written =
      part('i', row[`${node}numeric`]) ??
      part('s', row[`${node}string`]) ??
      part('g', row[`${node}guid`]) ??
      part('b', row[`${node}opaque`]);
    if (written === undefined) continue;
    const namespace = firstOf(row, [`${node}namespace_idx`]);
    return namespace === undefined || namespace === '0' ? written : `ns=${namespace};${written}`;
  }
  return undefined;
}

function part(letter: string, value: JsonObject[string] | undefined): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : `${letter}=${text}`;
}
