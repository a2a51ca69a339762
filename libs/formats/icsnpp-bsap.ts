import type { JsonObject, OtBlock } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { byWord, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { directionOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** BSAP (Bristol Standard Asynchronous Protocol, Emerson D4052) over IP and over serial lines, by ICSNPP. */

/** Remote database access; ICSNPP writes replies as RSP_ with the code plus 0x50. */
const RDB = new Map([
  ['READ_SIGNAL_BY_ADDRESS', 0x00],
  ['READ_LOGICAL_BY_ADDRESS', 0x02],
  ['READ_SIGNAL_BY_NAME', 0x04],
  ['READ_LOGICAL_BY_NAME', 0x06],
  ['READ_SIGNAL_BY_LIST_START', 0x0c],
  ['READ_SIGNAL_BY_LIST_CONTINUE', 0x0d],
  ['READ_LOGICAL_BY_LIST_START', 0x0e],
  ['READ_LOGICAL_BY_LIST_CONTINUE', 0x0f],
  ['WRITE_SIGNAL_BY_ADDRESS', 0x80],
  ['WRITE_SIGNAL_BY_NAME', 0x84],
  ['WRITE_SIGNAL_BY_LIST_START', 0x8c],
  ['WRITE_SIGNAL_BY_LIST_CONTINUE', 0x8d],
]);
const FUNCTIONS = new Map([
  ...RDB,
  ...[...RDB].map(([name, code]): [string, number] => [`RSP_${name}`, code]),
  ['RDB', 0xa0],
  ['RDB_EXTENSION', 0xa1],
  ['PEI_PC', 0x03],
  ['POLL', 0x00],
  ['RESPONSECNT', 0x01],
  ['RESPONSE', 0x05],
  ['REQUEST', 0x06],
  ['RESET SYSTEM', 0x0101],
  ['DIAGNOSTICS RESET', 0x0102],
  ['READ DATE AND TIME', 0x0201],
  ['READ DATE', 0x0202],
  ['READ TIME', 0x0203],
  ['WRITE DATE AND TIME', 0x0281],
  ['CHANGE LOCAL NODE ADDR', 0x0400],
]);

const operation = byWord([
  ['write date', 'time'],
  ['write', 'write'],
  ['change local', 'write'],
  ['reset system', 'restart'],
  ['diagnostics reset', 'control'],
  ['read', 'read'],
]);

const RDB_SHAPE: OtShape = {
  protocol: 'bsap',
  name: ['func_code', 'app_func_code'],
  codes: FUNCTIONS,
  operation,
  direction: directionByName,
  point: { always: 'signal', at: ['variables'], count: 'variable_count' },
  value: ['variable_value'],
  finish: (_event, _row, ot) => trim(ot),
};
const UNKNOWN: OtShape = { protocol: 'bsap', otherwise: 'unknown', operation: 'other', value: ['data'] };
const SERIAL: OtShape = {
  protocol: 'bsap',
  name: ['dfun', 'type_name'],
  codes: FUNCTIONS,
  operation: 'other',
  direction: directionByName,
  unit: ['dadd', 'sadd'],
};

export const BSAP_LOGS: readonly ZeekLog[] = [
  otLog('bsap_serial_rdb_ext', ['extfun'], {
    ...SERIAL,
    name: ['extfun', 'dfun'],
    operation,
    value: ['data'],
  }),
  otLog('bsap_serial_header', ['dfun', 'sfun'], SERIAL),
  otLog('bsap_ip_rdb', ['app_func_code'], RDB_SHAPE),
  otLog('bsap_ip_rdb', ['mes_seq', 'res_seq'], RDB_SHAPE),
  otLog('bsap_serial_rdb', ['func_code', 'variable_count'], RDB_SHAPE),
  otLog('bsap_ip_header', ['num_msg'], {
    protocol: 'bsap',
    name: ['type_name'],
    codes: FUNCTIONS,
    operation: 'other',
    direction: directionByName,
  }),
  otLog('bsap_ip_unknown', [], UNKNOWN),
  otLog('bsap_serial_unknown', [], UNKNOWN),
];

/** The master opened the connection; older rows leave only the name. PEI_PC is the asking program's mailbox. */
function directionByName(row: JsonObject, name: string): OtBlock['direction'] {
  if (typeof row.is_orig === 'boolean') return directionOf(row, '');
  return name.startsWith('RSP_') || name.startsWith('RESPONSE') || textOf(row.dfun) === 'PEI_PC'
    ? 'response'
    : 'request';
}

/** Older rows are one text of names, each with a comma and a blank behind it. */
function trim(ot: OtBlock): void {
  if (ot.point?.address !== undefined) ot.point.address = listed(ot.point.address);
  if (ot.value !== undefined) ot.value = listed(ot.value);
  if (ot.point?.address === '') delete ot.point.address;
  if (ot.value === '') delete ot.value;
}

function listed(text: string): string {
  return text
    .slice(0, 8000)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(',');
}
