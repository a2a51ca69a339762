import protobuf from 'protobufjs/light.js';

/** `name` of a type, `*` behind it when it repeats, and its field number. */
const message = (fields: Record<string, readonly [type: string, id: number]>): protobuf.IType => ({
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, [type, id]]) => [
      name,
      type.endsWith('*') ? { rule: 'repeated', type: type.slice(0, -1), id } : { type, id },
    ]),
  ),
});

/** What of opentelemetry-proto 1.9 (common/v1, resource/v1, logs/v1, collector/logs/v1) an export of logs is made of. */
const root = protobuf.Root.fromJSON({
  nested: {
    Export: message({ resourceLogs: ['ResourceLogs*', 1] }),
    ResourceLogs: message({ resource: ['Resource', 1], scopeLogs: ['ScopeLogs*', 2] }),
    Resource: message({ attributes: ['KeyValue*', 1] }),
    ScopeLogs: message({ scope: ['Scope', 1], logRecords: ['LogRecord*', 2] }),
    Scope: message({ name: ['string', 1], version: ['string', 2] }),
    LogRecord: message({
      timeUnixNano: ['fixed64', 1],
      severityNumber: ['int32', 2],
      severityText: ['string', 3],
      body: ['AnyValue', 5],
      attributes: ['KeyValue*', 6],
      flags: ['fixed32', 8],
      traceId: ['bytes', 9],
      spanId: ['bytes', 10],
      observedTimeUnixNano: ['fixed64', 11],
      eventName: ['string', 12],
    }),
    KeyValue: message({ key: ['string', 1], value: ['AnyValue', 2] }),
    ArrayValue: message({ values: ['AnyValue*', 1] }),
    KeyValueList: message({ values: ['KeyValue*', 1] }),
    AnyValue: {
      ...message({
        stringValue: ['string', 1],
        boolValue: ['bool', 2],
        intValue: ['int64', 3],
        doubleValue: ['double', 4],
        arrayValue: ['ArrayValue', 5],
        kvlistValue: ['KeyValueList', 6],
        bytesValue: ['bytes', 7],
      }),
      // Only with a oneof is a value that is there told from one that is the default.
      oneofs: {
        value: {
          oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue', 'kvlistValue', 'bytesValue'],
        },
      },
    },
  },
});

const exported = root.lookupType('Export');

/** An export as OTLP's JSON has it, save for ids: 64-bit numbers as texts, bytes in base64. @throws what is no such message */
export function decodeExport(body: Uint8Array): object {
  return exported.toObject(exported.decode(body), { longs: String, bytes: String });
}
