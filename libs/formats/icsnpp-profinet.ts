import type { JsonObject, OtBlock } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { otLog } from './icsnpp-log.js';
import type { ZeekLog } from './zeek-log.js';

/** PROFINET IO context manager over DCE/RPC (IEC 61158-6-10) by ICSNPP. */

const SERVICES = new Map([
  ['Connect', 0],
  ['Release', 1],
  ['Read', 2],
  ['Write', 3],
  ['Control', 4],
  ['Read Implicit', 5],
]);
/** What these say about the direction; the other packets may go either way. */
const ASKING = new Set(['Request', 'Ping', 'Connectionless Canel', 'Connectionless Cancel']);
const ANSWERING = new Set(['Response', 'Fault', 'Working', 'No call Response to Ping', 'Reject', 'Acknowledge']);

export const PROFINET_LOGS: readonly ZeekLog[] = [
  otLog('profinet_io_cm', ['operation_num', 'packet_type'], {
    protocol: 'profinet_io_cm',
    name: ['operation_num'],
    codes: SERVICES,
    // Writing records is how a controller sets its devices up at every start; `control` is the end of that.
    operation: (name) => (name.startsWith('Read') ? 'read' : name === 'Write' ? 'write' : 'other'),
    direction: directionByPacket,
    point: { always: 'object', at: ['object_uuid'] },
    finish: (event, row, ot) => {
      const type = textOf(row.packet_type);
      if (type !== 'Fault' && type !== 'Reject') return;
      ot.exception = type;
      event.event.outcome = 'failure';
    },
  }),
];

function directionByPacket(row: JsonObject): OtBlock['direction'] {
  const type = textOf(row.packet_type) ?? '';
  return ASKING.has(type) ? 'request' : ANSWERING.has(type) ? 'response' : undefined;
}
