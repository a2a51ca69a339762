import type { EcsEvent, JsonObject, OtBlock } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { byWord, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import { macText } from './zeek-endpoints.js';
import type { ZeekLog } from './zeek-log.js';

/** EtherCAT (IEC 61158-4-12) by ICSNPP. There is no IP: the addresses are those of the Ethernet frames, if any. */

const COMMANDS = new Map([
  ['NOP', 0x00],
  ['Auto Increment Physical Read', 0x01],
  ['Auto Increment Physical Write', 0x02],
  ['Auto Increment Physical ReadWrite', 0x03],
  ['Configured Addr Physical Read', 0x04],
  ['Configured Addr Physical Write', 0x05],
  ['Configured Addr Physical ReadWrite', 0x06],
  ['Broadcast Read', 0x07],
  ['Broadcast Write', 0x08],
  ['Broadcast ReadWrite', 0x09],
  ['Logical Read', 0x0a],
  ['Logical Write', 0x0b],
  ['Logical ReadWrite', 0x0c],
  ['Auto Increment Physical Read Mult Write', 0x0d],
  ['Configured Addr Physical Read Mult Write', 0x0e],
  ['ADS Read Device Info', 0x01],
  ['ADS Read', 0x02],
  ['ADS Write', 0x03],
  ['ADS Read State', 0x04],
  ['ADS Write Control', 0x05],
  ['ADS Add Device Notification', 0x06],
  ['ADS Delete Device Notification', 0x07],
  ['ADS Device Notification', 0x08],
  ['ADS Read Write', 0x09],
]);
/** FoE operations (ETG.1000.6, table 90). */
const FILE_OPERATIONS = new Map([
  ['0x01', 'Read Request'],
  ['0x02', 'Write Request'],
  ['0x03', 'Data'],
  ['0x04', 'Acknowledge'],
  ['0x05', 'Error'],
  ['0x06', 'Busy'],
]);

const operation = byWord([
  ['ads write control', 'mode_change'],
  ['read device info', 'diagnose'],
  ['write', 'write'],
  ['read', 'read'],
]);
// Process data goes round every millisecond: who wrote is the master, always.
const CYCLIC = { protocol: 'ethercat', codes: COMMANDS, finish: readMacs } satisfies Partial<OtShape>;

export const ETHERCAT_LOGS: readonly ZeekLog[] = [
  otLog('ecat_registers', ['Register_Addr'], {
    ...CYCLIC,
    name: ['Command'],
    operation,
    point: { kind: ['Register_Type'], at: ['Slave_Addr', 'Register_Addr'] },
    value: ['data'],
  }),
  otLog('ecat_log_address', ['Log_Addr'], {
    ...CYCLIC,
    name: ['Command'],
    operation,
    point: { always: 'logical', at: ['Log_Addr'], count: 'Length' },
    value: ['data'],
  }),
  otLog('ecat_dev_info', ['fmmucnt'], {
    ...CYCLIC,
    otherwise: 'Device Info',
    operation: 'diagnose',
    point: { kind: ['dev_type'], at: ['slave_id'] },
    value: ['revision'],
  }),
  otLog('ecat_aoe_info', ['targetid', 'cmd'], {
    ...CYCLIC,
    name: ['cmd'],
    operation,
    point: { always: 'ads', at: ['targetid', 'targetport'] },
    value: ['data'],
  }),
  otLog('ecat_coe_info', ['req_resp', 'subindex'], {
    ...CYCLIC,
    otherwise: 'CoE',
    code: ['Type'],
    operation: 'other',
    direction: (row) => (row.Type === '0x03' ? 'response' : row.Type === '0x02' ? 'request' : undefined),
    point: { always: 'object', at: ['index', 'subindex'] },
    value: ['dataoffset'],
  }),
  otLog('ecat_foe_info', ['opCode', 'packet_num'], {
    ...CYCLIC,
    otherwise: 'FoE',
    code: ['opCode'],
    operation: 'file',
    value: ['filename', 'data'],
    finish: readFile,
  }),
  otLog('ecat_soe_info', ['opCode', 'drive_num'], {
    ...CYCLIC,
    otherwise: 'SoE',
    code: ['opCode'],
    operation: 'other',
    point: { always: 'idn', at: ['drive_num', 'index'] },
  }),
];

function readMacs(event: EcsEvent, row: JsonObject): void {
  const from = textOf(row.srcmac) ?? textOf(row.senderid);
  const to = textOf(row.dstmac) ?? textOf(row.targetid);
  if (from !== undefined) event.source = { ...event.source, mac: macText(from) };
  if (to !== undefined) event.destination = { ...event.destination, mac: macText(to) };
}

function readFile(event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  readMacs(event, row);
  const code = textOf(row.opCode) ?? '';
  ot.function = { code: ot.function?.code, name: FILE_OPERATIONS.get(code) ?? 'FoE' };
  const name = textOf(row.filename);
  if (name !== undefined) event.file = { name };
  if (code !== '0x05') return;
  ot.exception = textOf(row.error_code) ?? 'error';
  event.event.outcome = 'failure';
}
