import type { OtBlock } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { byWord, otLog } from './icsnpp-log.js';
import type { ZeekLog } from './zeek-log.js';

/** GE SRTP (Series 90 service requests, GFK-0529) by ICSNPP. */

const REQUESTS = new Map([
  ['PLC short status request', 0x00],
  ['Return control program names', 0x03],
  ['Read system memory', 0x04],
  ['Read task memory', 0x05],
  ['Read program memory', 0x06],
  ['Write system memory', 0x07],
  ['Write task memory', 0x08],
  ['Write program block memory', 0x09],
  ['Programmer logon', 0x20],
  ['Change PLC CPU privilege level', 0x21],
  ['Set control ID (CPU ID)', 0x22],
  ['Set PLC (run vs stop)', 0x23],
  ['Set PLC time/date', 0x24],
  ['Return PLC time/date', 0x25],
  ['Return fault table', 0x38],
  ['Clear fault table', 0x39],
  ['Program store (upload from PLC)', 0x3f],
  ['Program load (download to PLC)', 0x40],
  ['Return controller type and ID information', 0x43],
  ['Toggle force system memory', 0x44],
]);

export const GE_SRTP_LOGS: readonly ZeekLog[] = [
  otLog('ge_srtp_general', ['srtp_type'], {
    protocol: 'ge_srtp',
    name: ['service_request_code', 'message_type', 'srtp_type'],
    codes: REQUESTS,
    operation: byWord([
      ['read program memory', 'program_upload'],
      ['write program block', 'program_download'],
      ['upload from plc', 'program_upload'],
      ['download to plc', 'program_download'],
      ['run vs stop', 'mode_change'],
      ['set plc time', 'time'],
      ['set control id', 'write'],
      ['toggle force', 'control'],
      ['clear fault', 'control'],
      ['privilege', 'control'],
      ['write', 'write'],
      ['read', 'read'],
      ['return plc time', 'read'],
      ['return', 'diagnose'],
      ['short status', 'diagnose'],
    ]),
    direction: 'srtp_type',
    point: { kind: ['segment_selector'], at: ['memory_offset'], count: 'data_length' },
    value: ['data_requested'],
    fault: ['status_code', 'minor_status_code'],
    finish: (event, row, ot) => {
      const state = textOf(row.plc_state);
      if (state !== undefined && state !== 'Unknown') ot.controller = { mode: modeOf(state) };
      const program = integerOf(row.control_program_number);
      if (program !== undefined && program <= 255) ot.unit_id = program;
      if (ot.exception === 'Unknown') forgive(ot, event.event);
    },
  }),
];

/** `Run I/O enabled`: run. */
function modeOf(state: string): string {
  return /^(?:run|stop)/i.exec(state)?.[0].toLowerCase() ?? state;
}

/** ICSNPP's word for a status that a request does not have. */
function forgive(ot: OtBlock, event: { outcome?: unknown }): void {
  delete ot.exception;
  delete event.outcome;
}
