import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
const text = (value: string) => ({ stringValue: value });
const record = (fields: object) =>
  JSON.stringify({ timeUnixNano: '1792000000123456789', severityNumber: 9, ...fields });

describe('OpenTelemetry logs', () => {
  it('are read as the example of the protocol has them', () => {
    const event = at(readFileSync('test/fixtures/ecs/otlp/logs.ndjson', 'utf8').trim());
    expect(event).toMatchObject({
      '@timestamp': '2018-12-13T14:51:00.300Z',
      event: { dataset: 'otlp.log', severity: 10 },
      log: { level: 'information' },
      message: 'Example log record',
      service: { name: 'my.service' },
      otlp: {
        trace_id: '5b8efff798038103d269b633813fc60c',
        attributes: {
          'string.attribute': 'some string',
          'boolean.attribute': true,
          'int.attribute': 10,
          'double.attribute': 637.704,
          'array.attribute': ['many', 'values'],
          'map.attribute': { 'some.map.key': 'some value' },
        },
      },
    });
  });

  it('have their conventional attributes in ECS fields, the record before its resource', () => {
    const attributes = [
      { key: 'client.address', value: text('10.0.0.9') },
      { key: 'client.port', value: { intValue: '40000' } },
      { key: 'process.pid', value: { intValue: 7 } },
      { key: 'user.name', value: text('op') },
      { key: 'vendor.key', value: { bytesValue: 'AAE=' } },
    ];
    const resource = {
      attributes: [
        { key: 'host.name', value: text('ews-1') },
        { key: 'user.name', value: text('no') },
      ],
    };
    expect(
      at(record({ attributes, resource, body: { kvlistValue: { values: [{ key: 'a', value: text('b') }] } } })),
    ).toMatchObject({
      '@timestamp': '2026-10-14T17:46:40.123Z',
      source: { ip: '10.0.0.9', port: 40_000 },
      host: { name: 'ews-1' },
      user: { name: 'op' },
      process: { pid: 7 },
      message: '{"a":"b"}',
      otlp: { attributes: { 'vendor.key': 'AAE=' } },
    });
  });

  it('may have a line of another format for their body', () => {
    const line = '<86>1 2026-11-23T09:00:00Z ews-1 sshd 7 - - Failed password for root from 10.0.0.9 port 22 ssh2';
    const event = at(record({ timeUnixNano: '0', observedTimeUnixNano: '1792000000000000000', body: text(line) }));
    expect(event).toMatchObject({ event: { outcome: 'failure', action: 'ssh_login' }, user: { name: 'root' } });
    expect(event.plantwatch?.parser).toBe('sshd');
  });

  it('say when a line holds more records than become an event', () => {
    const logRecords = [{ timeUnixNano: '1792000000000000000', body: text('one') }, { body: text('two') }];
    const event = at(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ scope: {}, logRecords }] }] }));
    expect(event).toMatchObject({ message: 'one', error: { message: expect.stringContaining('2 records') } });
    expect(at('{"resourceLogs":[]}')).toMatchObject({ event: { dataset: 'json' } });
  });
});
