import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { byWord, fail, isFine, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import type { ZeekLog } from './zeek-log.js';

/** BACnet (ISO 16484-5) by ICSNPP. */

/** Service choices of clause 21, confirmed and unconfirmed, by ICSNPP's names with `-` as `_`. */
const SERVICES = new Map([
  ['acknowledge_alarm', 0],
  ['confirmed_cov_notification', 1],
  ['confirmed_event_notification', 2],
  ['get_alarm_summary', 3],
  ['get_enrollment_summary', 4],
  ['subscribe_cov', 5],
  ['atomic_read_file', 6],
  ['atomic_write_file', 7],
  ['add_list_element', 8],
  ['remove_list_element', 9],
  ['create_object', 10],
  ['delete_object', 11],
  ['read_property', 12],
  ['read_property_conditional', 13],
  ['read_property_multiple', 14],
  ['write_property', 15],
  ['write_property_multiple', 16],
  ['device_communication_control', 17],
  ['confirmed_private_transfer', 18],
  ['confirmed_text_message', 19],
  ['reinitialize_device', 20],
  // So misspelt in ICSNPP.
  ['reinitialized_device', 20],
  ['vt_open', 21],
  ['vt_close', 22],
  ['vt_data', 23],
  ['authenticate', 24],
  ['request_key', 25],
  ['read_range', 26],
  ['life_safety_operation', 27],
  ['subscribe_cov_property', 28],
  ['get_event_information', 29],
  ['i_am', 0],
  ['i_have', 1],
  ['unconfirmed_cov_notification', 2],
  ['unconfirmed_event_notification', 3],
  ['unconfirmed_private_transfer', 4],
  ['unconfirmed_text_message', 5],
  ['time_synchronization', 6],
  ['who_has', 7],
  ['who_is', 8],
  ['utc_time_synchronization', 9],
  ['write_group', 10],
]);

const operationOf = byWord([
  ['time_sync', 'time'],
  ['atomic', 'file'],
  ['reinitialize', 'restart'],
  ['communication_control', 'control'],
  ['life_safety', 'control'],
  ['acknowledge_alarm', 'control'],
  ['who_', 'diagnose'],
  ['write', 'write'],
  ['list_element', 'write'],
  ['create_object', 'write'],
  ['delete_object', 'write'],
  ['routing_table', 'write'],
  ['read', 'read'],
  ['subscribe', 'read'],
  ['get_', 'read'],
]);

const COMMON = { protocol: 'bacnet', name: ['pdu_service'], finish } satisfies Partial<OtShape>;

export const BACNET_LOGS: readonly ZeekLog[] = [
  otLog('bacnet_device_control', ['pdu_service', 'device_state'], { ...COMMON, operation, ...control() }),
  otLog('bacnet_device_control', ['pdu_service', 'time_duration'], { ...COMMON, operation, ...control() }),
  otLog('bacnet_property', ['pdu_service', 'property'], { ...COMMON, operation, ...property() }),
  otLog('bacnet', ['bvlc_function'], {
    ...COMMON,
    name: ['pdu_service', 'pdu_type', 'bvlc_function'],
    operation,
    direction: directionByPdu,
  }),
  otLog('bacnet_property', ['pdu_service', 'invoke_id'], { ...COMMON, operation, ...property() }),
  otLog('bacnet_discovery', ['pdu_service'], {
    ...COMMON,
    operation,
    unit: ['device_id_number'],
    point: { kind: ['object_type'], at: ['instance_number'] },
    value: ['object_name', 'vendor', 'range'],
    direction: (row) => (/^i[-_]/.test(textOf(row.pdu_service) ?? '') ? 'response' : 'request'),
  }),
];

function property(): Partial<OtShape> {
  return {
    point: { kind: ['object_type'], at: ['instance_number', 'property', 'array_index'] },
    value: ['value'],
    direction: directionByName,
  };
}

function control(): Partial<OtShape> {
  return { value: ['device_state', 'time_duration'], direction: directionByName };
}

function operation(name: string): OtOperation {
  return operationOf(name.replaceAll('-', '_'));
}

/** `read-property-request` is `read_property` in both directions. */
function serviceOf(name: string): string {
  return name
    .replaceAll('-', '_')
    .replace(/^ERROR: /, '')
    .replace(/_(?:request|ack)$/, '');
}

function finish(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const name = ot.function?.name ?? '';
  ot.function = { code: SERVICES.get(serviceOf(name)), name };
  const result = textOf(row.result_code);
  const failed = /^(?:ERROR|REJECT|ABORT)/.test(textOf(row.pdu_type) ?? name);
  if (result !== undefined && !isFine(result)) fail(event, ot, result);
  else if (failed) fail(event, ot, textOf(row.value) ?? textOf(row.pdu_type) ?? 'error');
}

function directionByPdu(row: JsonObject): OtBlock['direction'] {
  const type = textOf(row.pdu_type);
  if (type === undefined) return undefined;
  return type.endsWith('REQUEST') ? 'request' : 'response';
}

function directionByName(row: JsonObject, name: string): OtBlock['direction'] {
  if (name.endsWith('request')) return 'request';
  if (name.endsWith('ack') || name.startsWith('ERROR')) return 'response';
  if (typeof row.is_orig === 'boolean') return row.is_orig ? 'request' : 'response';
  return textOf(row.result) === undefined ? 'request' : 'response';
}
