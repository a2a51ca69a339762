import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { fail, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { valuesOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** ROC Plus (Emerson D301180X012) by ICSNPP: one log of messages, and a log for each group of opcodes. */

const OPCODES = new Map<number, OtOperation>([
  [6, 'diagnose'],
  [7, 'read'],
  [8, 'time'],
  [10, 'read'],
  [11, 'write'],
  [24, 'other'],
  [50, 'read'],
  [100, 'read'],
  [105, 'read'],
  [108, 'read'],
  [118, 'read'],
  [119, 'read'],
  [135, 'read'],
  [136, 'read'],
  [137, 'read'],
  [138, 'read'],
  [139, 'read'],
  [166, 'write'],
  [167, 'read'],
  [180, 'read'],
  [181, 'write'],
  [203, 'file'],
  [206, 'read'],
]);

/** Of logs that belong to one opcode. */
const CODES = new Map([
  ['System Config', 6],
  ['Login Request', 17],
  ['Store And Forward', 24],
  ['Access User Defined Information', 100],
  ['Request Min/Max Values', 105],
  ['History Information Data', 139],
  ['General File Transfer', 203],
  ['Peer To Peer Network Messages', 205],
  ['Read Transaction History Data', 206],
]);

export const ROC_LOGS: readonly ZeekLog[] = [
  otLog('roc_plus', ['roc_plus_link_id', 'packet_type'], main()),
  otLog('roc_plus', ['packet_type', 'opcode', 'destination_unit'], main()),
  part('login', 'operator_id', 'Login Request', { finish: readLogin }),
  part('login', 'logout_string', 'Login Request', { finish: readLogin }),
  part('login', 'session_key_string', 'Login Request', { finish: readLogin }),
  part('sys_cfg', 'system_mode', 'System Config', {
    operation: 'diagnose',
    value: ['type_of_roc'],
    finish: (_event, row, ot) => {
      const mode = textOf(row.system_mode)?.toLowerCase().replace(' mode', '');
      if (mode !== undefined) ot.controller = { mode };
    },
  }),
  part('historical_min_max_vals', 'historical_point_number', 'Request Min/Max Values', {
    operation: 'read',
    point: { always: 'history', at: ['history_segment', 'historical_point_number'] },
    value: ['current_value'],
  }),
  // Reading and setting look alike here; the message itself is in roc_plus.
  part('realtime_clock', 'current_day_of_week', 'Realtime Clock', { operation: 'other', value: ['timestamp'] }),
  part('configurable_opcode', 'table_number', 'Configurable Opcode Point Data', {
    operation: 'other',
    point: { always: 'table', at: ['table_number', 'starting_table_location'], count: 'num_table_locations' },
    value: ['data'],
  }),
  part('store_and_forward', 'desired_opcode', 'Store And Forward', {
    operation: (_name, row) => OPCODES.get(Number(textOf(row.desired_opcode) ?? -1)) ?? 'other',
    point: { always: 'unit', at: ['dest1_address', 'dest1_group'] },
    value: ['opcode_data'],
  }),
  part('user_defined_info', 'start_point', 'Access User Defined Information', {
    operation: 'read',
    point: { always: 'point_type', at: ['start_point'], count: 'num_points' },
    value: ['point_types'],
  }),
  part('single_point_parameters', 'point_logic_number', 'Single Point Parameters', {
    operation: 'other',
    point: { kind: ['point_type'], at: ['point_logic_number', 'start_parameter_num'], count: 'num_parameters' },
    value: ['parameter_data'],
  }),
  part('transaction_history', 'transaction_offset', 'Read Transaction History Data', {
    operation: 'read',
    value: ['data'],
  }),
  part('transaction_history', 'transaction_num', 'Read Transaction History Data', {
    operation: 'read',
    value: ['data'],
  }),
  part('transaction_history', 'msg_data_size', 'Read Transaction History Data', {
    operation: 'read',
    value: ['data'],
  }),
  part('file_transfer', 'file_descriptor', 'General File Transfer', fileShape()),
  part('file_transfer', 'open_options', 'General File Transfer', fileShape()),
  part('file_transfer', 'filename', 'General File Transfer', fileShape()),
  part('file_transfer', 'total_num_files', 'General File Transfer', fileShape()),
  part('history_information', 'requested_history_points', 'History Information Data', { operation: 'read' }),
  part('history_point_data', 'type_of_history', 'Request History Point Data', {
    operation: 'read',
    point: { always: 'history', at: ['history_segment', 'point_number'], count: 'num_values_sent' },
    value: ['history_values'],
  }),
  part('history_point_data', 'history_values', 'Request History Point Data', {
    operation: 'read',
    point: { always: 'history', at: ['history_segment', 'point_number'], count: 'num_values_sent' },
    value: ['history_values'],
  }),
  part('time_period_history_points', 'timestamp_for_index', 'History Information Data', {
    operation: 'read',
    value: ['history_point_values'],
  }),
  part('history_information', 'num_configured_points', 'History Information Data', {
    operation: 'read',
    value: ['configured_points'],
  }),
  part('history_information', 'command', 'History Information Data', { operation: 'read' }),
  part('peer_to_peer_network_messages', 'network_id', 'Peer To Peer Network Messages', { operation: 'other' }),
  part('data_request', 'io_data_req', 'Request IO Point Position', { operation: 'read', value: ['io_data'] }),
  part('unknown_data', 'data', 'unknown', { operation: 'other', value: ['data'] }),
  part('data_request', '', 'Data Request', {
    operation: 'read',
    point: { always: 'history', at: ['history_segment', 'history_point'] },
    value: ['io_data', 'alarm_data', 'event_data', 'historical_points', 'periodic_values', 'daily_values'],
  }),
];

function main(): OtShape {
  return {
    protocol: 'roc_plus',
    name: ['opcode'],
    codeInName: true,
    operation: (_name, row) => OPCODES.get(numberBehind(textOf(row.opcode) ?? '')) ?? 'other',
    direction: 'packet_type',
    unit: ['destination_unit'],
    finish: (event, row, ot) => {
      const errors = valuesOf(row.error_code);
      if (errors !== undefined) fail(event, ot, errors);
    },
  };
}

/** A log of the parts of some opcodes; its rows have no direction. */
function part(log: string, column: string, otherwise: string, more: Partial<OtShape>): ZeekLog {
  const columns = column === '' ? ['roc_plus_link_id'] : ['roc_plus_link_id', column];
  return otLog(`roc_plus_${log}`, columns, {
    protocol: 'roc_plus',
    otherwise,
    codes: CODES,
    operation: 'other',
    ...more,
  });
}

function fileShape(): Partial<OtShape> {
  return {
    name: ['command'],
    operation: 'file',
    point: { always: 'file', at: ['path', 'filename'], count: 'num_bytes' },
    value: ['data'],
  };
}

function readLogin(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const user = textOf(row.operator_id);
  if (user !== undefined) event.user = { name: user };
  event.event.category = ['network', 'authentication'];
  event.event.action = 'roc_plus_login';
  if (textOf(row.logout_string) !== undefined) ot.function = { code: 17, name: 'Logout' };
}

/** `Stop (006)`: 6. */
function numberBehind(text: string): number {
  return Number(/\((\d{1,3})\)$/.exec(text.slice(-8))?.[1] ?? -1);
}
