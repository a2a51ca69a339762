import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { codeOf, directionOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Siemens S7comm, S7comm-plus and the COTP below them, by ICSNPP, with and without the columns of direction. */

/** Job functions of S7comm. */
const JOBS: ReadonlyMap<number, OtOperation> = new Map<number, OtOperation>([
  [0x04, 'read'],
  [0x05, 'write'],
  [0x1a, 'program_download'],
  [0x1b, 'program_download'],
  [0x1c, 'program_download'],
  [0x1d, 'program_upload'],
  [0x1e, 'program_upload'],
  [0x1f, 'program_upload'],
  [0x28, 'control'],
  [0x29, 'stop'],
]);

/** Services of PLC Control (0x28). A block that was loaded counts once it is inserted; P_PROGRAM starts the CPU, only 0x29 stops it. */
const SERVICES: ReadonlyMap<string, OtOperation> = new Map<string, OtOperation>([
  ['_INSE', 'program_download'],
  ['_INS2', 'program_download'],
  ['_DELE', 'program_download'],
  ['P_PROGRAM', 'start'],
]);

/** User-Data: the low half of the function code is the group. Key: group * 256 + sub-function, or the group alone. */
const USER_DATA: ReadonlyMap<number, OtOperation> = new Map<number, OtOperation>([
  [0x0, 'mode_change'],
  [0x1, 'diagnose'],
  [0x108, 'write'],
  [0x109, 'write'],
  [0x10b, 'mode_change'],
  [0x10c, 'control'],
  [0x2, 'read'],
  [0x3, 'diagnose'],
  [0x4, 'diagnose'],
  [0x7, 'read'],
  [0x702, 'time'],
  [0x704, 'time'],
]);
const USER_DATA_ROSCTR = 7;
const TIME_SET = new Set([2, 4]);

const PLUS: ReadonlyMap<number, OtOperation> = new Map<number, OtOperation>([
  [0x04bb, 'read'],
  [0x04f2, 'write'],
  [0x0524, 'read'],
  [0x0542, 'write'],
  [0x054c, 'read'],
  [0x0586, 'read'],
]);

const UPLOADS: ReadonlyMap<string, readonly [number, OtOperation]> = new Map<string, readonly [number, OtOperation]>([
  ['Request Download', [0x1a, 'program_download']],
  ['Download Block', [0x1b, 'program_download']],
  ['Download Ended', [0x1c, 'program_download']],
  ['Start Upload', [0x1d, 'program_upload']],
  ['Upload', [0x1e, 'program_upload']],
  ['End Upload', [0x1f, 'program_upload']],
]);

/** The CPU's mode after the operation. */
const MODES: ReadonlyMap<OtOperation, string> = new Map<OtOperation, string>([
  ['stop', 'stop'],
  ['start', 'run'],
]);

export const S7COMM_LOGS: readonly ZeekLog[] = [
  { name: 's7comm_read_szl', columns: ['szl_id'], read: readSzl },
  { name: 's7comm_upload_download', columns: ['rosctr', 'function_name'], read: readTransfer },
  { name: 's7comm_plus', columns: ['opcode', 'opcode_name'], read: readPlus },
  { name: 's7comm', columns: ['rosctr_code'], read: readS7 },
  { name: 'cotp', columns: ['pdu_code', 'pdu_name'], read: readCotp },
];

function readS7(event: EcsEvent, row: JsonObject): void {
  const code = codeOf(textOf(row.function_code));
  const subfunction = textOf(row.subfunction_name);
  const name = textOf(row.function_name) ?? textOf(row.rosctr_name);
  const operation = operationOf(row, code);
  event.ot = {
    protocol: 's7comm',
    function: { code, name: subfunction === undefined ? name : `${name}: ${subfunction}` },
    operation,
    direction: directionOf(row, 'direction') ?? directionByRosctr(row, code),
  };
  const mode = MODES.get(operation);
  if (mode !== undefined) event.ot.controller = { mode };
  const error = textOf(row.error_class);
  if (error !== undefined && error !== 'No error') fail(event, event.ot, error);
}

function operationOf(row: JsonObject, code: number | undefined): OtOperation {
  if (code === undefined) return 'other';
  if (integerOf(row.rosctr_code) !== USER_DATA_ROSCTR) {
    const service = code === 0x28 ? SERVICES.get(textOf(row.subfunction_code) ?? '') : undefined;
    return service ?? JOBS.get(code) ?? 'other';
  }
  const group = code & 0xf;
  const subfunction = codeOf(textOf(row.subfunction_code)) ?? 0;
  if (group === 7 && !TIME_SET.has(subfunction)) return 'read';
  return USER_DATA.get(group * 256 + subfunction) ?? USER_DATA.get(group) ?? 'other';
}

/** Older rows have no direction column: the message type tells, for User-Data the high half of the function code. */
function directionByRosctr(row: JsonObject, code: number | undefined): OtBlock['direction'] {
  const rosctr = integerOf(row.rosctr_code);
  if (rosctr === 1) return 'request';
  if (rosctr === 2 || rosctr === 3) return 'response';
  return code === undefined ? undefined : code >> 4 === 4 ? 'request' : 'response';
}

function fail(event: EcsEvent, ot: OtBlock, exception: string): void {
  ot.exception = exception;
  event.event.outcome = 'failure';
}

function readTransfer(event: EcsEvent, row: JsonObject): void {
  const name = textOf(row.function_name) ?? 'unknown';
  const known = UPLOADS.get(name);
  const request = textOf(row.rosctr) === 'Job-Request';
  event.ot = {
    protocol: 's7comm',
    function: { code: known?.[0], name },
    operation: known?.[1] ?? 'other',
    direction: directionOf(row, 'direction') ?? (request ? 'request' : 'response'),
  };
  const block = textOf(row.block_number);
  if (block !== undefined) event.ot.point = { kind: textOf(row.block_type), address: block };
  const file = textOf(row.filename);
  if (file !== undefined) event.ot.value = file;
}

function readSzl(event: EcsEvent, row: JsonObject): void {
  event.ot = {
    protocol: 's7comm',
    function: { code: textOf(row.method) === 'Response' ? 0x84 : 0x44, name: 'Read SZL' },
    operation: 'diagnose',
    direction: directionOf(row, 'method'),
    point: { kind: textOf(row.szl_id_name), address: textOf(row.szl_id) },
  };
  const result = textOf(row.return_code_name);
  if (result !== undefined && result !== 'Success') fail(event, event.ot, result);
}

function readPlus(event: EcsEvent, row: JsonObject): void {
  const code = codeOf(textOf(row.function_code));
  event.ot = {
    protocol: 's7comm_plus',
    function: { code, name: textOf(row.function_name) ?? textOf(row.opcode_name) },
    operation: PLUS.get(code ?? -1) ?? 'other',
    direction: textOf(row.opcode_name) === 'Request' ? 'request' : 'response',
  };
}

function readCotp(event: EcsEvent, row: JsonObject): void {
  event.ot = {
    protocol: 'cotp',
    function: { code: codeOf(textOf(row.pdu_code)), name: textOf(row.pdu_name) },
    operation: 'other',
    direction: directionOf(row, 'direction'),
  };
}
