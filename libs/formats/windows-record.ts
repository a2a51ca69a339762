import type { JsonObject } from '#ecs/event.js';
import { integerOf, isObject, objectAt, textOf } from '#ecs/json-values.js';

/** One Windows event, whatever shipped it. */
export interface WindowsRecord {
  id: number;
  channel: string | undefined;
  provider: string | undefined;
  computer: string | undefined;
  recordId: string | undefined;
  /** Candidates for the device's time, best first. */
  times: readonly (string | undefined)[];
  level: string | undefined;
  /** In whose name the event was written, a SID. */
  userId: string | undefined;
  pid: number | undefined;
  thread: number | undefined;
  /** undefined: the record does not say. */
  failed: boolean | undefined;
  message: string | undefined;
  data: Record<string, string>;
}

const AUDIT_FAILURE = 0x10_0000_0000_0000n;
const AUDIT_SUCCESS = 0x20_0000_0000_0000n;

/** What NXLog and Logstash put beside the event's own data in one flat object. */
const FLAT_META = new Set([
  '@timestamp',
  '@version',
  'AccountName',
  'AccountType',
  'ActivityID',
  'Category',
  'Channel',
  'Domain',
  'EventID',
  'EventReceivedTime',
  'EventTime',
  'ExecutionProcessID',
  'ExecutionThreadID',
  'Hostname',
  'Keywords',
  'Level',
  'Message',
  'Opcode',
  'OpcodeValue',
  'ProviderGuid',
  'RecordNumber',
  'RelatedActivityID',
  'Severity',
  'SeverityValue',
  'SourceModuleName',
  'SourceModuleType',
  'SourceName',
  'Task',
  'ThreadID',
  'TimeCreated',
  'UserID',
  'Version',
  'host',
  'port',
  'tags',
]);
/** As Winlogbeat names the levels of an event (`Level` of its System part). */
const LEVELS = ['information', 'critical', 'error', 'warning', 'information', 'verbose'];
/** Also the name of a data field of Sysmon. */
const FLAT_TYPES = new Set(['AUDIT_SUCCESS', 'AUDIT_FAILURE', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'VERBOSE']);

export function isWindows(document: JsonObject): boolean {
  if (document.EventID !== undefined) return document.Channel !== undefined || document.SourceName !== undefined;
  return isObject(document.winlog) || objectAt(document, 'Event')?.System !== undefined;
}

export function readWindows(document: JsonObject): WindowsRecord | undefined {
  const winlog = objectAt(document, 'winlog');
  if (winlog !== undefined) return fromWinlogbeat(document, winlog);
  const event = objectAt(document, 'Event');
  const system = event === undefined ? undefined : objectAt(event, 'System');
  return event === undefined || system === undefined ? fromFlat(document) : fromXml(event, system);
}

/** NXLog or Logstash: everything in one flat object. */
function fromFlat(document: JsonObject): WindowsRecord | undefined {
  const id = integerOf(document.EventID);
  if (id === undefined) return undefined;
  const type = textOf(document.EventType) ?? '';
  const data: Record<string, string> = {};
  for (const key of Object.keys(document)) {
    if (!FLAT_META.has(key) && !(key === 'EventType' && FLAT_TYPES.has(type))) keep(data, key, document[key]);
  }
  return {
    id,
    channel: textOf(document.Channel),
    provider: textOf(document.SourceName),
    computer: textOf(document.Hostname),
    recordId: textOf(document.RecordNumber),
    times: [textOf(document['@timestamp']), textOf(document.EventTime), textOf(document.TimeCreated)],
    level: levelOf(document.Severity ?? document.Level),
    userId: textOf(document.UserID),
    pid: integerOf(document.ExecutionProcessID),
    thread: integerOf(document.ExecutionThreadID ?? document.ThreadID),
    failed: failedBy(type === '' ? document.Keywords : type),
    message: textOf(document.Message),
    data,
  };
}

function fromWinlogbeat(document: JsonObject, winlog: JsonObject): WindowsRecord | undefined {
  const id = integerOf(winlog.event_id);
  if (id === undefined) return undefined;
  const data: Record<string, string> = {};
  keepAll(data, objectAt(winlog, 'user_data'));
  keepAll(data, objectAt(winlog, 'event_data'));
  const outcome = objectAt(document, 'event')?.outcome;
  const log = objectAt(document, 'log');
  const process = objectAt(winlog, 'process');
  return {
    id,
    channel: textOf(winlog.channel),
    provider: textOf(winlog.provider_name),
    computer: textOf(winlog.computer_name),
    recordId: textOf(winlog.record_id),
    times: [textOf(document['@timestamp'])],
    level: levelOf(log?.level),
    userId: textOf(objectAt(winlog, 'user')?.identifier),
    pid: integerOf(process?.pid),
    thread: integerOf(process === undefined ? undefined : objectAt(process, 'thread')?.id),
    failed: outcome === 'failure' ? true : failedBy(winlog.keywords),
    message: textOf(document.message),
    data,
  };
}

/** The XML of the event, turned to JSON: evtx_dump and its relatives. */
function fromXml(event: JsonObject, system: JsonObject): WindowsRecord | undefined {
  const id = integerOf(isObject(system.EventID) ? system.EventID['#text'] : system.EventID);
  if (id === undefined) return undefined;
  const data: Record<string, string> = {};
  // UserData wraps its fields in one element named after the event: LogFileCleared, for instance.
  for (const wrapped of Object.values(objectAt(event, 'UserData') ?? {})) if (isObject(wrapped)) keepAll(data, wrapped);
  keepAll(data, objectAt(event, 'EventData'));
  const execution = attributes(system.Execution);
  return {
    id,
    channel: textOf(system.Channel),
    provider: textOf(attributes(system.Provider)?.Name),
    computer: textOf(system.Computer),
    recordId: textOf(system.EventRecordID),
    times: [textOf(attributes(system.TimeCreated)?.SystemTime)],
    level: levelOf(system.Level),
    userId: textOf(attributes(system.Security)?.UserID),
    pid: integerOf(execution?.ProcessID),
    thread: integerOf(execution?.ThreadID),
    failed: failedBy(system.Keywords),
    message: textOf(objectAt(event, 'RenderingInfo')?.Message),
    data,
  };
}

function attributes(element: JsonObject[string] | undefined): JsonObject | undefined {
  return isObject(element) ? (objectAt(element, '#attributes') ?? element) : undefined;
}

function keepAll(data: Record<string, string>, from: JsonObject | undefined): void {
  for (const key of Object.keys(from ?? {})) {
    const value = from?.[key];
    const unnamed = key === 'Data' ? unnamedOf(value) : undefined;
    // Classic events have no names for their data: Winlogbeat counts them.
    if (unnamed !== undefined) for (const [at, text] of unnamed.entries()) keep(data, `param${at + 1}`, text);
    else if (key !== '#attributes') keep(data, key, value);
  }
}

/** `<Data>a</Data><Data>b</Data>` as converters write it: a text, a list, or either under `#text`. */
function unnamedOf(value: JsonObject[string] | undefined): JsonObject[string][] | undefined {
  const text = isObject(value) ? value['#text'] : value;
  if (Array.isArray(text)) return text;
  return typeof text === 'string' ? [text] : undefined;
}

function levelOf(value: JsonObject[string] | undefined): string | undefined {
  const text = textOf(value)?.toLowerCase();
  return text === 'info' ? 'information' : /^\d$/.test(text ?? '') ? LEVELS[Number(text)] : text;
}

function keep(data: Record<string, string>, key: string, value: JsonObject[string] | undefined): void {
  if (value === null || value === undefined) return;
  data[key] = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Keywords as Windows' bit mask (number or 0x text), as Winlogbeat's names, or as NXLog's event type. */
function failedBy(keywords: JsonObject[string] | undefined): boolean | undefined {
  if (Array.isArray(keywords))
    return keywords.includes('Audit Failure') ? true : keywords.includes('Audit Success') ? false : undefined;
  if (keywords === 'AUDIT_FAILURE') return true;
  if (keywords === 'AUDIT_SUCCESS') return false;
  const mask = maskOf(keywords);
  if (mask === undefined) return undefined;
  if ((mask & AUDIT_FAILURE) !== 0n) return true;
  return (mask & AUDIT_SUCCESS) !== 0n ? false : undefined;
}

function maskOf(value: JsonObject[string] | undefined): bigint | undefined {
  // Not by way of text: 64 bits as a number are exact only as the number.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^(?:-?\d{1,20}|0x[0-9a-fA-F]{1,16})$/.test(value) ? BigInt(value) : undefined;
}
