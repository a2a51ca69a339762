import type { EcsEvent, JsonObject, OtBlock, OtOperation } from '#ecs/event.js';
import { textOf } from '#ecs/json-values.js';
import { byWord, otLog } from './icsnpp-log.js';
import { codeOf } from './zeek-log.js';
import type { ZeekLog } from './zeek-log.js';

/** EtherNet/IP and CIP (ODVA, volumes 1 and 2) by ICSNPP. */

/** Common services; in a reply the code has bit 7 set or not, by version. */
const SERVICES = new Map<number, OtOperation>([
  [0x01, 'read'],
  [0x02, 'write'],
  [0x03, 'read'],
  [0x04, 'write'],
  [0x05, 'restart'],
  [0x06, 'start'],
  [0x07, 'stop'],
  [0x08, 'write'],
  [0x09, 'write'],
  [0x0d, 'write'],
  [0x0e, 'read'],
  [0x10, 'write'],
  [0x11, 'read'],
  [0x15, 'write'],
  [0x16, 'write'],
  [0x18, 'read'],
  [0x19, 'write'],
  [0x1a, 'write'],
  [0x1b, 'write'],
  [0x1d, 'read'],
]);

/** Services of Logix tags ("Logix 5000 Controllers Data Access", 1756-PM020). */
const TAG_SERVICES = new Map<number, readonly [string, OtOperation]>([
  [0x4c, ['Read Tag', 'read']],
  [0x4d, ['Write Tag', 'write']],
  [0x4e, ['Read Modify Write Tag', 'write']],
  [0x52, ['Read Tag Fragmented', 'read']],
  [0x53, ['Write Tag Fragmented', 'write']],
  [0x55, ['Get Instance Attribute List', 'read']],
]);
/** Classes whose own services have the codes of tag services: Connection Manager, PCCC, files. */
const OWN_SERVICES = new Set([0x06, 0x37, 0x67]);
const IDENTITY = 0x01;
const FILE = 0x37;
const WALL_CLOCK = 0x8b;

export const ENIP_LOGS: readonly ZeekLog[] = [
  otLog('cip_identity', ['encapsulation_version'], {
    protocol: 'enip',
    otherwise: 'List Identity',
    codes: new Map([['List Identity', 0x63]]),
    operation: 'diagnose',
    direction: () => 'response',
    point: { kind: ['device_type_name'], at: ['serial_number'] },
    value: ['product_name'],
  }),
  otLog('cip_io', ['connection_id', 'data_length'], io()),
  otLog('cip', ['cip_service_code'], {
    protocol: 'cip',
    name: ['cip_service'],
    code: ['cip_service_code'],
    operation: 'other',
    direction: 'direction',
    fault: ['cip_status'],
    finish: finishCip,
  }),
  otLog('enip', ['enip_command_code'], {
    protocol: 'enip',
    name: ['enip_command'],
    code: ['enip_command_code'],
    operation: byWord([['list ', 'diagnose']]),
    fault: ['enip_status'],
  }),
];

/** Implicit messages: process data, both ways, all the time; neither asked for nor answered. */
function io(): Parameters<typeof otLog>[2] {
  return {
    protocol: 'cip',
    otherwise: 'I/O',
    operation: 'other',
    direction: () => undefined,
    point: { always: 'connection', at: ['connection_id'] },
    value: ['io_data'],
  };
}

function finishCip(_event: EcsEvent, row: JsonObject, ot: OtBlock): void {
  const code = (ot.function?.code ?? 0) & 0x7f;
  const kind = codeOf(textOf(row.class_id));
  const name = ot.function?.name ?? 'unknown';
  const tag = OWN_SERVICES.has(kind ?? -1) ? undefined : TAG_SERVICES.get(code);
  const unnamed = name === 'unknown' || name.toLowerCase().startsWith('unknown');
  ot.function = { code: ot.function?.code, name: unnamed && tag !== undefined ? tag[0] : name };
  ot.operation = cipOperation(code, kind);
  const named = textOf(row.class_name);
  const place = [textOf(row.instance_id), textOf(row.attribute_id)].filter((part) => part !== undefined);
  const classText = named === undefined || named === 'unknown' ? textOf(row.class_id) : named;
  if (classText !== undefined || place.length > 0) ot.point = { kind: classText };
  if (ot.point !== undefined && place.length > 0) ot.point.address = place.join('/');
}

function cipOperation(code: number, kind: number | undefined): OtOperation {
  const common = SERVICES.get(code);
  if (kind === FILE) return 'file';
  if (kind === IDENTITY && common === 'read') return 'diagnose';
  if (kind === WALL_CLOCK && common === 'write') return 'time';
  if (common !== undefined) return common;
  return OWN_SERVICES.has(kind ?? -1) ? 'other' : (TAG_SERVICES.get(code)?.[1] ?? 'other');
}
