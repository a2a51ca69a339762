import type { EcsEvent, JsonObject, OtBlock } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { HART_COMMANDS } from './icsnpp-hart-commands.js';
import { byWord, fail, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { valuesOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** HART-IP (FieldComm TS20085) by ICSNPP: one log of messages, and one for each group of commands. */

const operation = byWord([
  ['real time clock', 'time'],
  ['device reset', 'restart'],
  ['self test', 'diagnose'],
  ['unique identifier', 'diagnose'],
  ['device information', 'diagnose'],
  ['find device', 'diagnose'],
  ['identity', 'diagnose'],
  ['capabilities', 'diagnose'],
  ['poll sub', 'diagnose'],
  ['squawk', 'diagnose'],
  ['read', 'read'],
  ['lock', 'control'],
  ['fixed', 'control'],
  ['eeprom', 'control'],
  ['write', 'write'],
  ['set ', 'write'],
  ['trim', 'write'],
  ['reset', 'write'],
]);

const MESSAGE: OtShape = {
  protocol: 'hart_ip',
  name: [
    'token_passing_pdu_command_number',
    'direct_pdu_command_command_number',
    'header_message_id',
    'header_message_type_message_type',
  ],
  operation: (name) => operation(plain(name)),
  direction: 'header_message_type_message_type',
  point: { always: 'device', at: ['token_passing_pdu_address_v4', 'token_passing_pdu_address_v6'] },
  value: ['token_passing_pdu_contents_data_data', 'direct_pdu_command_data_data'],
  fault: ['header_status_code'],
  finish: finishMessage,
};
const COMMAND: OtShape = { protocol: 'hart_ip', otherwise: 'unknown', operation: 'other', finish: readCommand };

export const HART_LOGS: readonly ZeekLog[] = [
  otLog('hart_ip_general', ['header_message_id'], MESSAGE),
  otLog('hart_ip_general', ['header_version', 'header_sequence_number'], MESSAGE),
  otLog('hart_ip_direct_pdu_command', ['direct_pdu_command_link_id', 'direct_pdu_command_byte_count'], {
    ...MESSAGE,
    direction: (row) => (row.direct_pdu_contents_response_response_code === undefined ? 'request' : 'response'),
  }),
  otLog('hart_ip_session_record', ['session_log_record_link_id'], {
    protocol: 'hart_ip',
    otherwise: 'Session Record',
    operation: 'diagnose',
    direction: () => 'response',
    point: { always: 'session', at: ['session_log_record_client_i_pv4_address', 'session_log_record_client_port'] },
  }),
  otLog('hart_ip_universal_commands', ['command_number_link_id'], COMMAND),
  otLog('hart_ip_common_commands', [], COMMAND),
];

function plain(name: string): string {
  return name.replaceAll('-', ' ').replaceAll('_', ' ');
}

function commandOf(name: string): number | undefined {
  return HART_COMMANDS.get(
    name.slice(0, 128).toLowerCase().replaceAll(/[ -]/g, '_').replaceAll('/', '').replaceAll(',', ''),
  );
}

function finishMessage(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const name = ot.function?.name ?? 'unknown';
  ot.function = { code: commandOf(name), name };
  const response =
    integerOf(row.token_passing_pdu_contents_response_response_code) ??
    integerOf(row.direct_pdu_contents_response_response_code);
  // Command-specific response codes: 1 to 7, 9 to 13, 15 and 16 are errors for most commands, 8 and 14 warnings.
  if (response !== undefined && response !== 0 && response !== 8 && response !== 14)
    fail(event, ot, `response code ${response}`);
}

/** The columns of a command begin with its name; only those of one command are set. */
function readCommand(_event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  for (const column of Object.keys(row)) {
    const command = commandBefore(column);
    if (command === undefined) continue;
    ot.function = { code: HART_COMMANDS.get(command), name: command };
    ot.operation = operation(plain(command));
    const rest = column.slice(command.length + 1);
    ot.direction = rest.startsWith('response') || !isAsking(command, rest) ? 'response' : 'request';
    ot.point = { kind: 'field', address: rest };
    const value = valuesOf(row[column]) ?? textOf(row[column]);
    if (value !== undefined) ot.value = value;
    return;
  }
}

/** A command that reads shows its columns in the reply unless they say otherwise. */
function isAsking(command: string, rest: string): boolean {
  return rest.startsWith('request') || !command.startsWith('read_');
}

/** The longest command that the column begins with: `read_device_variables` before `read_device_variable`. */
function commandBefore(column: string): string | undefined {
  for (let end = column.lastIndexOf('_', 80); end > 0; end = column.lastIndexOf('_', end - 1)) {
    const head = column.slice(0, end);
    if (HART_COMMANDS.has(head)) return head;
  }
  return undefined;
}
