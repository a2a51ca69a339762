import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { directionOf, valuesOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Modbus by Zeek's own analyser and by ICSNPP, with the column names of 2020 and of today. */

/** Zeek's names (base/protocols/modbus/consts.zeek) with the codes of the Modbus application protocol V1.1b3. */
const FUNCTIONS: ReadonlyMap<string, readonly [number, OtOperation]> = new Map<string, readonly [number, OtOperation]>([
  ['READ_COILS', [1, 'read']],
  ['READ_DISCRETE_INPUTS', [2, 'read']],
  ['READ_HOLDING_REGISTERS', [3, 'read']],
  ['READ_INPUT_REGISTERS', [4, 'read']],
  ['WRITE_SINGLE_COIL', [5, 'write']],
  ['WRITE_SINGLE_REGISTER', [6, 'write']],
  ['READ_EXCEPTION_STATUS', [7, 'diagnose']],
  ['DIAGNOSTICS', [8, 'diagnose']],
  ['PROGRAM_484', [9, 'program_download']],
  ['POLL_484', [10, 'other']],
  ['GET_COMM_EVENT_COUNTER', [11, 'diagnose']],
  ['GET_COMM_EVENT_LOG', [12, 'diagnose']],
  ['PROGRAM_584_984', [13, 'program_download']],
  ['POLL_584_984', [14, 'other']],
  ['WRITE_MULTIPLE_COILS', [15, 'write']],
  ['WRITE_MULTIPLE_REGISTERS', [16, 'write']],
  ['REPORT_SLAVE_ID', [17, 'diagnose']],
  ['PROGRAM_884_U84', [18, 'program_download']],
  ['RESET_COMM_LINK_884_U84', [19, 'restart']],
  ['READ_FILE_RECORD', [20, 'file']],
  ['WRITE_FILE_RECORD', [21, 'file']],
  ['MASK_WRITE_REGISTER', [22, 'write']],
  ['READ_WRITE_MULTIPLE_REGISTERS', [23, 'write']],
  ['READ_FIFO_QUEUE', [24, 'read']],
  ['PROGRAM_CONCEPT', [40, 'program_download']],
  ['MULTIPLE_FUNCTION_CODES', [41, 'other']],
  ['ENCAP_INTERFACE_TRANSPORT', [43, 'diagnose']],
  // Schneider's UMAS: engineering tools and HMIs both live on it, so the code alone says nothing.
  ['PROGRAM_UNITY', [90, 'other']],
  ['OBJECT_MESSAGING', [91, 'other']],
  ['FIRMWARE_REPLACEMENT', [125, 'program_download']],
  ['PROGRAM_584_984_2', [126, 'program_download']],
  ['REPORT_LOCAL_ADDRESS', [127, 'diagnose']],
]);

/** Sub-functions of DIAGNOSTICS that do more than look (V1.1b3, section 6.8.1). */
const DIAGNOSTICS: ReadonlyMap<string, OtOperation> = new Map<string, OtOperation>([
  ['Restart Communications Option', 'restart'],
  ['Force Listen Only Mode', 'stop'],
]);

const EXCEPTION = '_EXCEPTION';

const POINT_KINDS: readonly (readonly [string, string])[] = [
  ['COIL', 'coil'],
  ['DISCRETE_INPUT', 'discrete_input'],
  ['INPUT_REGISTER', 'input_register'],
  ['REGISTER', 'holding_register'],
  ['FIFO', 'fifo_queue'],
  ['FILE_RECORD', 'file_record'],
];

export const MODBUS_LOGS: readonly ZeekLog[] = [
  { name: 'modbus_register_change', columns: ['register', 'old_val', 'new_val'], read: readChange },
  { name: 'modbus_mask_write_register', columns: ['func', 'and_mask'], read: readMask },
  { name: 'modbus_read_write_multiple_registers', columns: ['func', 'write_start_address'], read: readDouble },
  { name: 'modbus_read_write_multiple_registers', columns: ['func', 'read_registers'], read: readDouble },
  { name: 'modbus_read_device_identification', columns: ['func', 'mei_type', 'conformity_level_code'], read: readRow },
  { name: 'modbus_detailed', columns: ['func', 'unit_id'], read: readRow },
  { name: 'modbus_detailed', columns: ['func', 'unit', 'matched'], read: readRow },
  { name: 'modbus_detailed', columns: ['func', 'network_direction'], read: readRow },
  { name: 'modbus_detailed', columns: ['func', 'tid'], read: readRow },
  { name: 'modbus', columns: ['func'], read: readRow },
  { name: 'known_modbus', columns: ['host', 'device_type'], read: readKnown },
];

function readRow(event: EcsEvent, row: JsonObject): void {
  const ot = readFunction(event, row);
  const kind = POINT_KINDS.find(([part]) => ot.function?.name?.includes(part))?.[1];
  const address = textOf(row.address);
  if (address !== undefined) ot.point = { kind, address, count: integerOf(row.quantity) };
  const value = valuesOf(row.request_values) ?? valuesOf(row.response_values) ?? valuesOf(row.values);
  if (value !== undefined) ot.value = value;
  const subfunction = textOf(row.request_subfunction_code);
  if (subfunction !== undefined) {
    ot.operation = DIAGNOSTICS.get(subfunction) ?? ot.operation;
    ot.value ??= subfunction;
  }
}

function readFunction(event: EcsEvent, row: JsonObject): OtBlock {
  const written = textOf(row.func) ?? 'unknown';
  const failed = written.endsWith(EXCEPTION);
  const name = failed ? written.slice(0, -EXCEPTION.length) : written;
  const known = FUNCTIONS.get(name);
  // Zeek writes unknown-100 for a code without a name; from 128 on it is the exception of code - 128.
  const number = integerOf(/^unknown-(\d{1,3})$/.exec(name)?.[1]);
  const code = known?.[0] ?? (number === undefined ? undefined : number & 0x7f);
  const ot: OtBlock = { protocol: 'modbus', function: { code, name }, operation: known?.[1] ?? 'other' };
  const exception =
    textOf(row.exception) ?? textOf(row.exception_code) ?? (failed || (number ?? 0) > 127 ? 'unknown' : undefined);
  if (exception !== undefined) {
    ot.exception = exception;
    event.event.outcome = 'failure';
  }
  const unit = integerOf(row.unit_id) ?? integerOf(row.unit);
  if (unit !== undefined) ot.unit_id = unit;
  ot.direction =
    directionOf(row, 'network_direction') ?? directionOf(row, 'request_response') ?? directionOf(row, 'pdu_type');
  event.ot = ot;
  return ot;
}

function readMask(event: EcsEvent, row: JsonObject): void {
  const ot = readFunction(event, row);
  ot.point = { kind: 'holding_register', address: textOf(row.address), count: 1 };
  ot.value = `and ${textOf(row.and_mask) ?? '?'} or ${textOf(row.or_mask) ?? '?'}`;
}

function readDouble(event: EcsEvent, row: JsonObject): void {
  const ot = readFunction(event, row);
  const written = Array.isArray(row.write_registers) ? row.write_registers.length : undefined;
  ot.point = { kind: 'holding_register', address: textOf(row.write_start_address), count: written };
  ot.value = valuesOf(row.write_registers) ?? valuesOf(row.read_registers);
}

function readChange(event: EcsEvent, row: JsonObject): void {
  const address = textOf(row.register);
  event.ot = {
    protocol: 'modbus',
    function: { name: 'REGISTER_CHANGE' },
    operation: 'other',
    point: { kind: 'holding_register', address, count: 1 },
    value: textOf(row.new_val),
  };
}

function readKnown(event: EcsEvent, row: JsonObject): void {
  const name = textOf(row.device_type)?.replace('Known::', '');
  event.ot = { protocol: 'modbus', function: { name: name ?? 'KNOWN_DEVICE' }, operation: 'other' };
}
