import { BodyError } from './body-error.js';
import { decodeExport } from './otlp-messages.js';

interface LogRecord {
  traceId?: string;
  spanId?: string;
}

interface Export {
  resourceLogs?: { resource?: object; scopeLogs?: { scope?: object; logRecords?: LogRecord[] }[] }[];
}

export const PROTOBUF = 'application/x-protobuf';

/**
 * The records of an OTLP/HTTP export of logs, each one JSON line with its resource and scope in it.
 * @throws BodyError 415 for a content type that OTLP does not have, 400 for what is no export
 */
export function otlpLines(body: Buffer, contentType = ''): Buffer[] {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== PROTOBUF && type !== 'application/json')
    throw new BodyError(415, `OTLP/HTTP is ${PROTOBUF} or application/json.`);
  const binary = type === PROTOBUF;
  try {
    const value = (binary ? decodeExport(body) : JSON.parse(body.toString('utf8'))) as Export;
    const records = recordsOf(value).map((record) => (binary ? withHexIds(record) : record));
    return records.map((record) => Buffer.from(JSON.stringify(record)));
  } catch (error) {
    // What is nested too deep fails here as well, with a full stack.
    const reason = error instanceof Error ? error.message : String(error);
    throw new BodyError(400, `The body is no export of logs: ${reason}`);
  }
}

function recordsOf(exported: Export): LogRecord[] {
  if (typeof exported !== 'object' || Array.isArray(exported)) throw new Error('it is no object');
  const { resourceLogs = [] } = exported;
  if (!Array.isArray(resourceLogs)) throw new Error('resourceLogs is no list');
  return listOf(resourceLogs).flatMap(({ resource, scopeLogs }) =>
    listOf(scopeLogs).flatMap(({ scope, logRecords }) =>
      listOf(logRecords).map((record) => ({ ...record, resource, scope })),
    ),
  );
}

/** Whatever a JSON export has in the place of a list of objects. */
function listOf<T extends object>(value: readonly T[] | undefined): T[] {
  return Array.isArray(value) ? (value as T[]).filter((one: unknown) => typeof one === 'object' && one !== null) : [];
}

/** JSON has them in hexadecimal (OTLP specification, "JSON Protobuf Encoding"). */
function withHexIds({ traceId, spanId, ...record }: LogRecord): LogRecord {
  const hex = (id: string): string => Buffer.from(id, 'base64').toString('hex');
  return { ...record, ...(traceId && { traceId: hex(traceId) }), ...(spanId && { spanId: hex(spanId) }) };
}
