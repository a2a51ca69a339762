import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (row: string | object) =>
  normalise({
    raw: typeof row === 'string' ? row : JSON.stringify(row),
    receivedAt: Date.parse('2026-11-23T10:00:00Z'),
    timeZone: 'UTC',
  });
const rowsOf = (name: string) => readFileSync(`test/fixtures/ecs/zeek/${name}.ndjson`, 'utf8').trim().split('\n');

const OT_LOGS: [log: string, files: string[], protocol: string][] = [
  ['modbus', ['modbus.original', 'modbus.zeek'], 'modbus'],
  ['modbus_detailed', ['modbus_detailed.original', 'modbus_detailed.current'], 'modbus'],
  [
    'modbus_mask_write_register',
    ['modbus_mask_write_register.original', 'modbus_mask_write_register.current'],
    'modbus',
  ],
  [
    'modbus_read_write_multiple_registers',
    ['modbus_read_write_multiple_registers.original', 'modbus_read_write_multiple_registers.current'],
    'modbus',
  ],
  ['modbus_register_change', ['modbus_register_change.zeek'], 'modbus'],
  ['s7comm', ['s7comm.original', 's7comm.current'], 's7comm'],
  ['s7comm_read_szl', ['s7comm_read_szl.original', 's7comm_read_szl.current'], 's7comm'],
  ['s7comm_upload_download', ['s7comm_upload_download.current'], 's7comm'],
  ['s7comm_plus', ['s7comm_plus.original', 's7comm_plus.current'], 's7comm_plus'],
  ['cotp', ['cotp.original', 'cotp.current'], 'cotp'],
  ['dnp3', ['dnp3.original', 'dnp3.current', 'dnp3.zeek'], 'dnp3'],
  ['dnp3_control', ['dnp3_control.original', 'dnp3_control.current'], 'dnp3'],
  ['dnp3_objects', ['dnp3_objects.original', 'dnp3_objects.current'], 'dnp3'],
];

describe.each(OT_LOGS)('%s', (log, files, protocol) => {
  it.each(files.flatMap((file) => rowsOf(file).map((row, index) => [`${file} row ${index}`, row] as const)))(
    'has protocol, function and both addresses in %s',
    (_name, row) => {
      const event = at(row);
      const columns = JSON.parse(row);
      expect(event.ot).toMatchObject({
        protocol,
        function: { name: expect.any(String) },
        operation: expect.any(String),
      });
      expect(event.source).toMatchObject({ ip: columns['id.orig_h'], port: columns['id.orig_p'] });
      expect(event.destination).toMatchObject({ ip: columns['id.resp_h'], port: columns['id.resp_p'] });
      expect(Date.parse(event['@timestamp'])).toBe(Math.floor(Math.round(columns.ts * 1e6) / 1e3));
      expect(event.error).toBeUndefined();
      expect(event.tags).toBeUndefined();
      // Some rows of modbus_detailed lack the columns that tell it from Zeek's own modbus.
      expect([log, log.replace('_detailed', '')]).toContain(event.zeek?.log);
    },
  );
});

const LINK = {
  ts: 1735689600.5,
  uid: 'C1',
  'id.orig_h': '10.0.0.9',
  'id.orig_p': 50000,
  'id.resp_h': '10.0.0.2',
  'id.resp_p': 502,
};

describe('what an industrial message does', () => {
  it.each([
    [
      { func: 'READ_COILS', unit_id: 4, network_direction: 'request', address: 1, quantity: 8 },
      {
        function: { code: 1, name: 'READ_COILS' },
        operation: 'read',
        unit_id: 4,
        direction: 'request',
        point: { kind: 'coil', address: '1', count: 8 },
      },
    ],
    [
      { func: 'WRITE_MULTIPLE_REGISTERS', unit: 7, matched: true, address: 1, quantity: 2, request_values: [170, 187] },
      {
        function: { code: 16 },
        operation: 'write',
        unit_id: 7,
        point: { kind: 'holding_register', address: '1', count: 2 },
        value: '170,187',
      },
    ],
    [
      { func: 'READ_INPUT_REGISTERS_EXCEPTION', exception: 'ILLEGAL_DATA_VALUE' },
      { function: { code: 4, name: 'READ_INPUT_REGISTERS' }, exception: 'ILLEGAL_DATA_VALUE' },
    ],
    [{ func: 'unknown-153' }, { function: { code: 25, name: 'unknown-153' }, exception: 'unknown' }],
    [
      { func: 'DIAGNOSTICS', unit: 1, matched: true, request_subfunction_code: 'Force Listen Only Mode' },
      { function: { code: 8 }, operation: 'stop' },
    ],
    [
      { func: 'MASK_WRITE_REGISTER', unit: 4, request_response: 'REQUEST', address: 10, and_mask: 57005, or_mask: 0 },
      { operation: 'write', direction: 'request', value: 'and 57005 or 0' },
    ],
    [
      { rosctr_code: 1, rosctr_name: 'Job-Request', function_code: '0x29', function_name: 'PLC Stop' },
      {
        function: { code: 0x29, name: 'PLC Stop' },
        operation: 'stop',
        direction: 'request',
        controller: { mode: 'stop' },
      },
    ],
    [
      {
        rosctr_code: 1,
        function_code: '0x28',
        function_name: 'PLC Control',
        subfunction_code: 'P_PROGRAM',
        subfunction_name: 'PLC Start / Stop',
      },
      { operation: 'start', controller: { mode: 'run' } },
    ],
    [
      {
        rosctr_code: 1,
        function_code: '0x28',
        function_name: 'PLC Control',
        subfunction_code: '_INSE',
        subfunction_name: 'Activates a PLC module',
      },
      { operation: 'program_download' },
    ],
    [
      { rosctr_code: 3, function_code: '0x1a', function_name: 'Request Download', error_class: 'Access error' },
      { operation: 'program_download', direction: 'response', exception: 'Access error' },
    ],
    [
      {
        rosctr_code: 7,
        function_code: '0x47',
        function_name: 'Request: Time Functions',
        subfunction_code: '0x02',
        subfunction_name: 'Set Clock',
      },
      { operation: 'time', direction: 'request' },
    ],
    [
      {
        rosctr_code: 7,
        function_code: '0x87',
        function_name: 'Response: Time Functions',
        subfunction_code: '0x01',
        subfunction_name: 'Read Clock',
      },
      { operation: 'read', direction: 'response' },
    ],
    [
      {
        rosctr: 'Job-Request',
        function_name: 'Start Upload',
        filename: '_0B00000A',
        block_type: 'System Data Block',
        block_number: '00000',
        is_orig: true,
      },
      {
        function: { code: 0x1d },
        operation: 'program_upload',
        direction: 'request',
        point: { kind: 'System Data Block', address: '00000' },
        value: '_0B00000A',
      },
    ],
    [
      { opcode: '0x31', opcode_name: 'Request', function_code: '0x04f2', function_name: 'Set Variable', version: 3 },
      { protocol: 's7comm_plus', operation: 'write', direction: 'request' },
    ],
    [
      { fc_request: 'COLD_RESTART', fc_reply: 'RESPONSE', iin: 0 },
      { protocol: 'dnp3', function: { code: 13 }, operation: 'restart', direction: 'request' },
    ],
    [
      { fc_reply: 'UNSOLICITED_RESPONSE', iin: 0 },
      { operation: 'other', direction: 'response' },
    ],
    [
      {
        block_type: 'Control Relay Output Block',
        function_code: 'OPERATE',
        index_number: 8,
        trip_control_code: 'Trip',
        operation_type: 'Pulse On',
        execute_count: 1,
        is_orig: true,
      },
      {
        function: { code: 4 },
        operation: 'control',
        point: { kind: 'Control Relay Output Block', address: '8', count: 1 },
        value: 'Trip Pulse On',
      },
    ],
    [
      { function_code: 'RESPONSE', object_type: '16-Bit Analog Input', object_count: 20, range_low: 0, range_high: 19 },
      { direction: 'response', point: { kind: '16-Bit Analog Input', address: '0', count: 20 } },
    ],
  ])('%o', (columns, expected) => expect(at({ ...LINK, ...columns }).ot).toMatchObject(expected));

  it('names the same source for a request and its reply', () => {
    const [request, reply] = [true, false].map((is_orig) =>
      at({ ...LINK, is_orig, rosctr: 'x', function_name: 'Upload' }),
    );
    expect(reply?.source).toEqual(request?.source);
    expect([request?.ot?.direction, reply?.ot?.direction]).toEqual(['request', 'response']);
  });
});

describe('Zeek logs of any kind', () => {
  it.each(['conn.original', 'conn.current', 'conn.stream'])('reads connections of %s', (name) => {
    for (const event of rowsOf(name)
      .map(at)
      .filter(({ zeek }) => zeek?.log === 'conn')) {
      expect(event.network?.transport).toMatch(/^(?:tcp|udp|icmp)$/);
      expect(event.source?.ip && event.destination?.ip).toBeTruthy();
    }
  });

  it('takes the name that the row brings, before its columns', () => {
    expect(at({ ...LINK, _path: 'profinet_io_cm', func: 'x' }).event.dataset).toBe('zeek.profinet_io_cm');
  });

  it('reads nested and underscored ids, and times as text', () => {
    const nested = at({
      ts: '2026-11-23T09:00:00.123456Z',
      uid: 'C',
      id: { orig_h: '10.0.0.9', orig_p: 1, resp_h: '10.0.0.2', resp_p: 2 },
      conn_state: 'REJ',
      proto: 'tcp',
    });
    expect(nested).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.123Z',
      source: { ip: '10.0.0.9', port: 1 },
      event: { type: ['connection', 'denied'] },
    });
  });

  it('keeps the columns that have no field of their own', () => {
    expect(at({ ...LINK, _path: 'dns', query: 'plant.example' }).zeek).toEqual({
      log: 'dns',
      uid: 'C1',
      row: { query: 'plant.example' },
    });
  });

  it('does not fail on a time that is none', () => {
    for (const ts of [1e300, -1, 'soon', ''])
      expect(at({ ...LINK, ts, func: 'READ_COILS' }).tags).toEqual(['timestamp_missing']);
  });
});
