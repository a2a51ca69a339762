import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import type { Memory } from '#ecs/parser.js';
import { normalise } from './normalise.js';
import { remember } from './memory.js';

const ROOT = 'test/fixtures/ecs/zeek-logs';
const RECEIVED = Date.parse('2026-11-23T10:00:00Z');
const linesOf = (file: string) => readFileSync(`${ROOT}/${file}`, 'utf8').trim().split('\n');

/** The events of a log as they come one line after the other, without those of its heading. */
function read(lines: readonly string[]): EcsEvent[] {
  let memory: Memory | undefined;
  return lines.flatMap((raw) => {
    const event = normalise({ raw, receivedAt: RECEIVED, timeZone: 'UTC', memory });
    memory = remember(memory, event);
    expect(event.event.original).toBe(raw);
    return event.event.dataset === 'zeek.heading' ? [] : [event];
  });
}

const FILES = globSync('**/*.{log,ndjson}', { cwd: ROOT }).toSorted();
const nameOf = (file: string) =>
  path
    .basename(file)
    .replace(/\.(?:log|ndjson)$/, '')
    .replace(/^(?:NASHUA|SCRANTON)_/, '')
    .replaceAll('-', '_');

/** What the rows do not say. */
const WITHOUT_ADDRESSES =
  /example_real_ts\/bsap_(?:ip|serial)_rdb|known_modbus|\/ecat_|x509|ocsp|\/(?:\w+_)?pe\.|reporter|weird|intel|notice/;
/** Logs that Zeek's own rotation renamed, or rows whose columns JSON leaves out. */
const RENAMED: Record<string, string> = {
  'zeekproc.intel': 'intel',
  'zeek.weird_stats': 'weird_stats',
  ssl1_2: 'ssl',
  x5091_2: 'x509',
};

describe.each(FILES)('%s', (file) => {
  it('loses no row', () => {
    const lines = linesOf(file);
    const events = read(lines);
    expect(events).toHaveLength(lines.filter((line) => !line.startsWith('#')).length);
    for (const event of events) {
      expect(event.event.dataset).toMatch(/^zeek\./);
      expect(event.error).toBeUndefined();
    }
  });
});

it.each(FILES.filter((file) => file.endsWith('.log')))('%s is known by its heading', (file) => {
  const name = nameOf(file);
  for (const event of read(linesOf(file))) expect(event.zeek?.log).toBe(RENAMED[name] ?? name);
});

it.each(FILES.filter((file) => !WITHOUT_ADDRESSES.test(`/${file}`)))('%s has both addresses', (file) => {
  for (const { source, destination } of read(linesOf(file))) {
    expect(source?.ip).toBeTruthy();
    expect(destination?.ip).toBeTruthy();
  }
});

const isIndustrial = (file: string) => !file.startsWith('zeek_') && !/\/(?:conn|dns|reporter)\./.test(file);
it.each(FILES.filter(isIndustrial))('%s has protocol and function', (file) => {
  for (const { ot } of read(linesOf(file))) {
    expect(ot?.protocol).toBeTruthy();
    expect(ot?.function?.name ?? ot?.function?.code).toBeDefined();
    expect(ot?.operation).toBeTruthy();
  }
});

/** Logs whose protocol names a point, and those of its rows that carry a value: how many rows of the fixtures have them. */
it.each([
  ['modbus/example_real_ts/modbus_detailed.log', 'address', 'values'],
  ['modbus/analyzer.basic_current_schema/modbus_detailed.log', 'address', 'response_values'],
  ['bacnet/example_real_ts/bacnet_property.log', 'instance_number', 'value'],
  ['bacnet/analyzer.basic_current_schema/bacnet_property.log', 'instance_number', 'value'],
  ['dnp3/example_real_ts/dnp3_control.log', 'index_number', 'operation_type'],
  ['bsap/analyzer.ip_current_schema/bsap_ip_rdb.log', 'variables', 'variable_value'],
  ['bsap/analyzer.serial_current_schema/bsap_serial_rdb.log', 'variables', 'variable_value'],
  ['enip_cip/example_real_ts/cip_io.log', 'connection_id', 'io_data'],
  ['enip_cip/example_real_ts/cip.log', 'class_id', undefined],
  ['opcua_binary/analyzer.basic_current_schema/opcua_binary_write.ndjson', 'node_id_string', undefined],
  ['icsnpp/omron_fins_detail.ndjson', 'beginning_address', 'data'],
])('%s: a point wherever %s is set, a value wherever %s is', (file, point, value) => {
  for (const { ot, zeek } of read(linesOf(file))) {
    const told = (column: string | undefined) => {
      const cell = column === undefined ? undefined : zeek?.row[column];
      return cell !== undefined && cell !== '' && cell !== '-' && !(Array.isArray(cell) && cell.length === 0);
    };
    expect([ot?.point !== undefined || !told(point), ot?.value !== undefined || !told(value)]).toEqual([true, true]);
  }
});

it.each([
  ['bacnet/analyzer.basic_current_schema/bacnet.log', 'reinitialize_device', 'restart'],
  ['bacnet/analyzer.basic_current_schema/bacnet_property.log', 'read-property-request', 'read'],
  ['bacnet/example_real_ts/bacnet_discovery.log', 'who-is', 'diagnose'],
  ['bsap/analyzer.ip_current_schema/bsap_ip_rdb.log', 'WRITE_SIGNAL_BY_ADDRESS', 'write'],
  ['enip_cip/example_real_ts/cip.log', 'Set Attribute List', 'time'],
  ['enip_cip/example_real_ts/enip.log', 'List Identity', 'diagnose'],
  ['opcua_binary/analyzer.basic_current_schema/opcua_binary.ndjson', 'WriteRequest', 'write'],
  ['opcua_binary/analyzer.basic_current_schema/opcua_binary.ndjson', 'CallRequest', 'control'],
  ['icsnpp/omron_fins_general.ndjson', 'Program Area Write', 'program_download'],
  ['icsnpp/omron_fins_general.ndjson', 'Program Area Read', 'program_upload'],
  ['icsnpp/omron_fins_general.ndjson', 'Stop', 'stop'],
  ['icsnpp/omron_fins_general.ndjson', 'Run', 'start'],
  ['icsnpp/profinet_io_cm.ndjson', 'Write', 'write'],
  ['icsnpp/roc_plus.ndjson', 'Set Realtime Clock', 'time'],
  ['icsnpp/synchrophasor_cmd.log', 'Data off', 'control'],
  ['icsnpp/genisys.log', 'Poll', 'read'],
  ['icsnpp/hart_ip_general.ndjson', 'Read Unique Identifier', 'diagnose'],
  ['icsnpp/ecat_aoe_info.log', 'ADS Write', 'write'],
])('%s: %s is to %s', (file, name, operation) => {
  const events = read(linesOf(file)).filter(({ ot }) => ot?.function?.name === name && ot.direction !== 'response');
  expect(events.length).toBeGreaterThan(0);
  for (const event of events) expect(event.ot?.operation).toBe(operation);
});
