import { describe, expect, it } from 'vitest';
import { normalise } from '#formats/normalise.js';
import { otlpLines, PROTOBUF } from './otlp-body.js';

const lines = (body: Buffer | string, type: string) =>
  otlpLines(Buffer.from(body), type).map((line) => JSON.parse(line.toString()) as object);

const record = {
  timeUnixNano: '1792000000123456789',
  severityNumber: 9,
  body: { stringValue: 'one' },
  traceId: 'ab01',
};
const scopeLogs = [{ scope: { name: 's' }, logRecords: [record, { ...record, body: { stringValue: 'two' } }] }];
const resource = { attributes: [{ key: 'host.name', value: { stringValue: 'ews-1' } }] };

const varint = (value: number): Buffer =>
  value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value & 127) | 128]), varint(value >>> 7)]);

/** Field `id` of wire type 2, written by hand: the bytes do not come from the code that reads them. */
const field = (id: number, ...parts: (Buffer | string)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  return Buffer.concat([varint((id << 3) | 2), varint(body.length), body]);
};
const fixed64 = (id: number, value: bigint): Buffer => {
  const bytes = Buffer.alloc(9, (id << 3) | 1);
  bytes.writeBigUInt64LE(value, 1);
  return bytes;
};

describe('an export of logs over HTTP', () => {
  it('in JSON becomes a line a record, with its resource and scope', () => {
    const found = lines(JSON.stringify({ resourceLogs: [{ resource, scopeLogs }] }), 'application/json; charset=utf-8');
    expect(found).toEqual([
      { ...record, resource, scope: { name: 's' } },
      { ...record, body: { stringValue: 'two' }, resource, scope: { name: 's' } },
    ]);
  });

  it('in protobuf becomes the same', () => {
    const text = (value: string) => field(1, value);
    const attribute = (key: string, value: Buffer) => field(6, field(1, key), field(2, value));
    const logRecord = [
      fixed64(1, 1_792_000_000_123_456_789n),
      Buffer.from([2 << 3, 9]),
      field(5, text('one')),
      attribute('empty', text('')),
      attribute('no', Buffer.from([2 << 3, 0])),
      attribute('minus', Buffer.from([3 << 3, ...Buffer.alloc(9, 0xff), 1])),
      attribute('double', Buffer.from([(4 << 3) | 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f])),
      field(9, Buffer.from('ab01', 'hex')),
      field(12, 'device.app'),
      // A field of a later version.
      field(99, 'unknown'),
    ];
    const host = field(1, field(1, field(1, 'host.name'), field(2, text('ews-1'))));
    const scoped = field(2, field(1, field(1, 's')), field(2, ...logRecord));
    const whole = field(1, host, scoped);
    expect(lines(whole, PROTOBUF)).toEqual([
      {
        ...record,
        eventName: 'device.app',
        attributes: [
          { key: 'empty', value: { stringValue: '' } },
          { key: 'no', value: { boolValue: false } },
          { key: 'minus', value: { intValue: '-1' } },
          { key: 'double', value: { doubleValue: 1.5 } },
        ],
        resource,
        scope: { name: 's' },
      },
    ]);
  });

  it('is read by its format', () => {
    const [line] = otlpLines(
      Buffer.from(JSON.stringify({ resourceLogs: [{ resource, scopeLogs }] })),
      'application/json',
    );
    const event = normalise({ raw: line!.toString(), receivedAt: 0, timeZone: 'UTC' });
    expect(event).toMatchObject({ message: 'one', host: { name: 'ews-1' }, plantwatch: { parser: 'otlp' } });
  });

  it.each([
    ['text/plain', '{}', 415],
    ['application/json', '[]', 400],
    ['application/json', 'no', 400],
    ['application/json', '{"resourceLogs":7}', 400],
    [PROTOBUF, '\u000a\u00ff\u00ff\u00ff', 400],
    [PROTOBUF, 'this is text', 400],
  ])('as %s with %s is refused', (type, body, status) => {
    expect(() => otlpLines(Buffer.from(body, 'latin1'), type)).toThrow(expect.objectContaining({ status }) as Error);
  });

  it('may be empty, and holes in it are left out', () => {
    expect(lines('', PROTOBUF)).toEqual([]);
    expect(lines('{"resourceLogs":[null,{},{"scopeLogs":[null,{"logRecords":"x"}]}]}', 'application/json')).toEqual([]);
  });

  it('nested without end is refused, and takes no process down', () => {
    const deep = `${'{"kvlistValue":{"values":[{"key":"a","value":'.repeat(20_000)}{}${'}]}}'.repeat(20_000)}`;
    const body = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1","body":${deep}}]}]}]}`;
    const outcome = (() => {
      try {
        return otlpLines(Buffer.from(body), 'application/json').length;
      } catch (error) {
        return (error as { status?: number }).status;
      }
    })();
    expect([1, 400]).toContain(outcome);
  });
});
