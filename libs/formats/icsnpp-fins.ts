import type { JsonObject, OtOperation } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { codeOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Omron FINS (W227, "FINS Commands Reference") by ICSNPP. */

const COMMANDS = new Map<number, OtOperation>([
  [0x0101, 'read'],
  [0x0102, 'write'],
  [0x0103, 'write'],
  [0x0104, 'read'],
  [0x0105, 'write'],
  [0x0201, 'read'],
  [0x0202, 'write'],
  [0x0203, 'write'],
  [0x0220, 'read'],
  [0x0221, 'write'],
  [0x0301, 'control'],
  [0x0302, 'control'],
  [0x0303, 'program_upload'],
  [0x0304, 'program_download'],
  [0x0305, 'program_download'],
  [0x0401, 'start'],
  [0x0402, 'stop'],
  [0x0403, 'restart'],
  [0x0501, 'diagnose'],
  [0x0502, 'diagnose'],
  [0x0601, 'diagnose'],
  [0x0602, 'diagnose'],
  [0x0603, 'diagnose'],
  [0x0620, 'diagnose'],
  [0x0701, 'read'],
  [0x0702, 'time'],
  [0x0801, 'diagnose'],
  [0x0802, 'diagnose'],
  [0x0803, 'diagnose'],
  [0x0c01, 'control'],
  [0x0c02, 'control'],
  [0x0c03, 'control'],
  [0x2101, 'control'],
  [0x2102, 'diagnose'],
  [0x2103, 'control'],
  [0x2301, 'control'],
  [0x2302, 'control'],
  [0x230a, 'read'],
  [0x2601, 'write'],
  [0x2602, 'write'],
  [0x2603, 'read'],
]);
const FILES = 0x22;

const SHAPE: OtShape = {
  protocol: 'omron_fins',
  name: ['command_code', 'tcp_command'],
  codeInName: true,
  operation: operationOf,
  direction: 'icf_data_type',
  fault: ['response_code'],
  finish: (_event, row, ot) => {
    const mode = textOf(row.run_mode)?.toLowerCase().split(' ', 1)[0];
    if (mode !== undefined) ot.controller = { mode };
    else if (ot.operation === 'stop') ot.controller = { mode: 'stop' };
  },
};

export const FINS_LOGS: readonly ZeekLog[] = [
  otLog('omron_fins_general', ['icf_gateway'], general()),
  otLog('omron_fins_general', ['tcp_command'], general()),
  otLog('omron_fins_network_status_read', ['command_code', 'cyclic_error_count'], node()),
  otLog('omron_fins_network_status_read', ['command_code', 'in_network'], node()),
  otLog('omron_fins_data_link_status_read', ['command_code', 'data_links'], node()),
  otLog('omron_fins_error', ['command_code', 'error_code_1'], { ...SHAPE, value: ['error_code_1'] }),
  otLog('omron_fins_error', ['command_code', 'error_reset_fal_no'], { ...SHAPE, value: ['error_reset_fal_no'] }),
  otLog('omron_fins_error', ['command_code', 'beginning_record_no'], SHAPE),
  otLog('omron_fins_file', ['command_code', 'disk_no'], file()),
  otLog('omron_fins_file', ['command_code', 'file_name'], file()),
  otLog('omron_fins_file', ['command_code', 'src_file_name'], file()),
  otLog('omron_fins_file', ['command_code', 'remaining_blocks'], file()),
  otLog('omron_fins_detail', ['command_code', 'icf_data_type'], {
    ...SHAPE,
    point: {
      kind: ['memory_area_code', 'parameter_area_code'],
      at: ['beginning_address', 'beginning_word'],
      count: 'number_of_items',
    },
    value: ['data', 'clock_time', 'controller_model'],
  }),
];

function general(): OtShape {
  return {
    ...SHAPE,
    unit: ['destination_node_number', 'server_node_address'],
    fault: ['response_code', 'tcp_error_code'],
  };
}

function node(): OtShape {
  return { ...SHAPE, unit: ['node_number'], point: { always: 'node', at: ['node_number'] } };
}

function file(): OtShape {
  return {
    ...SHAPE,
    point: { always: 'file', at: ['disk_no', 'file_name', 'src_file_name', 'old_file_name', 'volume_label'] },
    value: ['dst_file_name', 'new_file_name', 'memory_data'],
  };
}

function operationOf(_name: string, row: JsonObject): OtOperation {
  const text = textOf(row.command_code) ?? '';
  const code = codeOf(text.slice(text.lastIndexOf('(') + 1, -1)) ?? -1;
  return COMMANDS.get(code) ?? (code >> 8 === FILES ? 'file' : 'other');
}
