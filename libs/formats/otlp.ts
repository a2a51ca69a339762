import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject, JsonValue } from '#ecs/event.js';
import { integerOf, isObject, objectAt, textOf } from '#ecs/json-values.js';
import type { DocumentParser, Remainder } from '#ecs/parser.js';
import { isoOf } from '#ecs/timestamps.js';
import { dictionary, setField } from './ecs-setters.js';

/**
 * OpenTelemetry logs in OTLP's JSON: one record, alone or with its resource and scope, or an export with one record in it
 * (opentelemetry-proto, logs/v1 and "JSON Protobuf Encoding": 64-bit numbers are texts, ids hexadecimal). The body's
 * text may be a line of any format.
 */
export const otlp = { name: 'otlp', matches, parse } satisfies DocumentParser<'otlp'>;

const DEEPEST = 8;
/** The attributes of OpenTelemetry's semantic conventions that have a place in ECS. */
const KEYS = dictionary({
  'host.name': 'host.name',
  'service.name': 'service.name',
  'process.pid': 'process.pid',
  'process.executable.name': 'process.name',
  'process.executable.path': 'process.executable',
  'process.command_line': 'process.command_line',
  'user.name': 'user.name',
  'user.id': 'user.id',
  'enduser.id': 'user.name',
  'client.address': 'source.address',
  'client.port': 'source.port',
  'source.address': 'source.address',
  'source.port': 'source.port',
  'server.address': 'destination.address',
  'server.port': 'destination.port',
  'destination.address': 'destination.address',
  'destination.port': 'destination.port',
  'network.transport': 'network.transport',
  'network.protocol.name': 'network.protocol',
  'url.full': 'url.original',
  'url.path': 'url.path',
  'http.request.method': 'http.request.method',
  'http.response.status_code': 'http.response.status_code',
  'user_agent.original': 'user_agent.original',
  'file.path': 'file.path',
  'event.name': 'event.action',
});

interface Found {
  readonly record: JsonObject;
  readonly resource: JsonObject | undefined;
  readonly scope: JsonObject | undefined;
  /** How many records the export held. */
  readonly count: number;
}

function matches(document: JsonObject): boolean {
  return Array.isArray(document.resourceLogs) || isRecord(objectAt(document, 'logRecord') ?? document);
}

function isRecord(record: JsonObject): boolean {
  const timed = record.timeUnixNano !== undefined || record.observedTimeUnixNano !== undefined;
  return timed && (Array.isArray(record.attributes) || isObject(record.body) || record.severityNumber !== undefined);
}

function parse(event: EcsEvent, document: JsonObject): Remainder {
  const found = recordOf(document);
  if (found === undefined) return 'refused';
  const { record, resource, scope, count } = found;
  if (count > 1) addFlaw(event, `OTLP: ${count} records in one line, of which the first was read`);
  const [attributes, of] = [attributesOf(record.attributes), attributesOf(resource?.attributes)];
  event.event.dataset = 'otlp.log';
  event.event.module = 'otlp';
  for (const values of [attributes, of]) {
    for (const [key, value] of Object.entries(values)) {
      const field = KEYS.get(key);
      const text = textOf(value);
      if (field !== undefined && text !== undefined) setField(event, field, text);
    }
  }
  const name = textOf(record.eventName);
  if (name !== undefined) setField(event, 'event.action', name);
  applyTime(event, record);
  applySeverity(event, record);
  event.otlp = { attributes, resource: of, ...(scope ? { scope: textOf(scope.name) ?? '' } : {}), ...idsOf(record) };
  const body = valueOf(record.body, 0);
  if (body === undefined) return 'done';
  event.message = typeof body === 'string' ? body : JSON.stringify(body);
  return typeof body === 'string' ? 'line' : 'done';
}

function recordOf(document: JsonObject): Found | undefined {
  if (!Array.isArray(document.resourceLogs)) {
    const record = objectAt(document, 'logRecord') ?? document;
    return { record, resource: objectAt(document, 'resource'), scope: objectAt(document, 'scope'), count: 1 };
  }
  const records = listAt(document, 'resourceLogs').flatMap((logs) =>
    listAt(logs, 'scopeLogs').flatMap((ofScope) =>
      listAt(ofScope, 'logRecords').map((record) => {
        return { record, resource: objectAt(logs, 'resource'), scope: objectAt(ofScope, 'scope') };
      }),
    ),
  );
  return records[0] && { ...records[0], count: records.length };
}

function listAt(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function attributesOf(attributes: JsonValue | undefined): JsonObject {
  const values: JsonObject = {};
  if (!Array.isArray(attributes)) return values;
  for (const one of attributes) {
    const key = isObject(one) ? textOf(one.key) : undefined;
    const value = isObject(one) ? valueOf(one.value, 0) : undefined;
    if (key !== undefined && key !== '__proto__' && value !== undefined) values[key] ??= value;
  }
  return values;
}

/** An `AnyValue`; bytes stay in base64. Undefined when it has none. */
function valueOf(value: JsonValue | undefined, depth: number): JsonValue | undefined {
  if (!isObject(value) || depth > DEEPEST) return undefined;
  const { stringValue, boolValue, intValue, doubleValue, bytesValue } = value;
  if (intValue !== undefined) return integerOf(intValue) ?? textOf(intValue);
  const list = objectAt(value, 'arrayValue');
  if (list !== undefined) return listAt(list, 'values').flatMap((one) => valueOf(one, depth + 1) ?? []);
  const pairs = objectAt(value, 'kvlistValue');
  if (pairs !== undefined) return attributesOf(pairs.values);
  return stringValue ?? boolValue ?? doubleValue ?? bytesValue;
}

/** When it happened, else when it was observed; a zero says that it is not known. */
function applyTime(event: EcsEvent, { timeUnixNano, observedTimeUnixNano }: JsonObject): void {
  for (const written of [timeUnixNano, observedTimeUnixNano]) {
    const text = textOf(written) ?? '';
    const milliseconds = /^\d{7,19}$/.test(text) ? Number(text.slice(0, -6)) : 0;
    if (milliseconds === 0 || event['@timestamp'] !== '') continue;
    event['@timestamp'] = isoOf(milliseconds);
  }
}

function applySeverity(event: EcsEvent, { severityNumber, severityText }: JsonObject): void {
  const number = integerOf(severityNumber);
  if (number !== undefined && number > 0 && number <= 24) event.event.severity = number;
  const text = textOf(severityText);
  if (text !== undefined) setField(event, 'log.level', text);
}

function idsOf({ traceId, spanId }: JsonObject): JsonObject {
  const [trace, span] = [textOf(traceId), textOf(spanId)];
  return { ...(trace === undefined ? {} : { trace_id: trace }), ...(span === undefined ? {} : { span_id: span }) };
}
