import { otLog } from './icsnpp-log.js';
import type { OtOperation } from '#ecs/event.js';
import type { ZeekLog } from './zeek-log.js';
import { textOf } from '#ecs/json-values.js';

/** Genisys (railway signalling, Ansaldo/US&S SM-6900) by ICSNPP. */

const HEADERS = new Map<string, readonly [number, OtOperation]>([
  ['Acknowledge Client', [0xf1, 'other']],
  ['Indication Data', [0xf2, 'read']],
  ['Control Data Checkback', [0xf3, 'control']],
  ['Common Control Data', [0xf9, 'control']],
  ['Acknowledge Indication and Poll', [0xfa, 'read']],
  ['Poll', [0xfb, 'read']],
  ['Control Data', [0xfc, 'control']],
  ['Recall Header', [0xfd, 'read']],
  ['Execute Controls', [0xfe, 'control']],
]);
const CODES = new Map([...HEADERS].map(([name, [code]]) => [name, code]));
const MOST_PAIRS = 256;

export const GENISYS_LOGS: readonly ZeekLog[] = [
  otLog('genisys', ['header', 'server'], {
    protocol: 'genisys',
    name: ['header'],
    codes: CODES,
    operation: (name) => HEADERS.get(name)?.[1] ?? 'other',
    direction: 'direction',
    unit: ['server'],
    finish: (_event, row, ot) => {
      if (!Array.isArray(row.payload) || row.payload.length === 0) return;
      // `address=data` pairs
      const pairs = row.payload.slice(0, MOST_PAIRS).map((pair) => (textOf(pair) ?? '').split('=', 2));
      ot.point = {
        kind: 'byte',
        address: pairs.map(([address]) => address).join(','),
        count: row.payload.length,
      };
      ot.value = pairs.map(([, data]) => data ?? '').join(',');
    },
  }),
];
