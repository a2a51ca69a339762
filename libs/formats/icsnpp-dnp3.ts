import type { EcsEvent, JsonObject, OtOperation } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { directionOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** DNP3 (IEEE 1815) by Zeek's own analyser and by ICSNPP. */

const FUNCTIONS: ReadonlyMap<string, readonly [number, OtOperation]> = new Map<string, readonly [number, OtOperation]>([
  ['CONFIRM', [0x00, 'other']],
  ['READ', [0x01, 'read']],
  ['WRITE', [0x02, 'write']],
  ['SELECT', [0x03, 'control']],
  ['OPERATE', [0x04, 'control']],
  ['DIRECT_OPERATE', [0x05, 'control']],
  ['DIRECT_OPERATE_NR', [0x06, 'control']],
  ['IMMED_FREEZE', [0x07, 'other']],
  ['IMMED_FREEZE_NR', [0x08, 'other']],
  ['FREEZE_CLEAR', [0x09, 'control']],
  ['FREEZE_CLEAR_NR', [0x0a, 'control']],
  ['FREEZE_AT_TIME', [0x0b, 'other']],
  ['FREEZE_AT_TIME_NR', [0x0c, 'other']],
  ['COLD_RESTART', [0x0d, 'restart']],
  ['WARM_RESTART', [0x0e, 'restart']],
  ['INITIALIZE_DATA', [0x0f, 'control']],
  ['INITIALIZE_APPL', [0x10, 'control']],
  ['START_APPL', [0x11, 'start']],
  ['STOP_APPL', [0x12, 'stop']],
  ['SAVE_CONFIG', [0x13, 'control']],
  ['ENABLE_UNSOLICITED', [0x14, 'control']],
  ['DISABLE_UNSOLICITED', [0x15, 'control']],
  ['ASSIGN_CLASS', [0x16, 'control']],
  ['DELAY_MEASURE', [0x17, 'time']],
  ['RECORD_CURRENT_TIME', [0x18, 'time']],
  ['OPEN_FILE', [0x19, 'file']],
  ['CLOSE_FILE', [0x1a, 'file']],
  ['DELETE_FILE', [0x1b, 'file']],
  ['GET_FILE_INFO', [0x1c, 'file']],
  ['AUTHENTICATE_FILE', [0x1d, 'file']],
  ['ABORT_FILE', [0x1e, 'file']],
  ['ACTIVATE_CONFIG', [0x1f, 'program_download']],
  ['AUTHENTICATE_REQ', [0x20, 'other']],
  ['AUTHENTICATE_ERR', [0x21, 'other']],
  ['RESPONSE', [0x81, 'other']],
  ['UNSOLICITED_RESPONSE', [0x82, 'other']],
  ['AUTHENTICATE_RESP', [0x83, 'other']],
]);

export const DNP3_LOGS: readonly ZeekLog[] = [
  { name: 'dnp3_control', columns: ['block_type', 'function_code'], read: readControl },
  { name: 'dnp3_objects', columns: ['object_type', 'function_code'], read: readObjects },
  { name: 'dnp3', columns: ['fc_request'], read: readExchange },
  { name: 'dnp3', columns: ['fc_reply'], read: readExchange },
];

/** Zeek's `dnp3` row is a request with its reply; one of the two may be missing. */
function readExchange(event: EcsEvent, row: JsonObject): void {
  const request = textOf(row.fc_request);
  readFunction(event, request ?? textOf(row.fc_reply), request === undefined ? 'response' : 'request');
}

function readControl(event: EcsEvent, row: JsonObject): void {
  const ot = readFunction(event, textOf(row.function_code), directionOf(row, 'direction'));
  ot.point = { kind: textOf(row.block_type), address: textOf(row.index_number), count: integerOf(row.execute_count) };
  const words = [textOf(row.trip_control_code), textOf(row.operation_type)].filter((word) => word !== undefined);
  if (words.length > 0) ot.value = words.join(' ');
  const status = textOf(row.status_code);
  if (status === undefined || status === 'Success' || ot.direction !== 'response') return;
  ot.exception = status;
  event.event.outcome = 'failure';
}

function readObjects(event: EcsEvent, row: JsonObject): void {
  const ot = readFunction(event, textOf(row.function_code), directionOf(row, 'direction'));
  ot.point = { kind: textOf(row.object_type), address: textOf(row.range_low), count: integerOf(row.object_count) };
}

function readFunction(
  event: EcsEvent,
  name: string | undefined,
  told: 'request' | 'response' | undefined,
): NonNullable<EcsEvent['ot']> {
  const known = FUNCTIONS.get(name ?? '');
  const direction = told ?? (name?.includes('RESP') ? 'response' : 'request');
  const ot = {
    protocol: 'dnp3',
    function: { code: known?.[0], name: name ?? 'unknown' },
    operation: known?.[1] ?? 'other',
    direction,
  };
  event.ot = ot;
  return ot;
}
