import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isObject, objectAt } from '#ecs/json-values.js';
import type { JsonObject, JsonValue } from '#ecs/event.js';
import { normalise } from './normalise.js';

/** Real events that SigmaHQ keeps in two shapes; three more are made of them here. */
const ROOT = 'test/fixtures/sigma/sigmahq';
const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean);

const PAIRS = globSync('*/events.evtxdump.ndjson', { cwd: ROOT }).flatMap((path) => {
  const others = linesOf(`${ROOT}/${path.replace('evtxdump', 'winlogbeat')}`);
  return linesOf(`${ROOT}/${path}`).map((line, index): [string, string, string] => [
    `${path.slice(0, 8)} ${index}`,
    line,
    others[index]!,
  ]);
});

/** What every shape must agree on: all of ECS, the line and what Windows and Plantwatch keep for themselves left out. */
function ecsOf(line: string): unknown {
  const { winlog, plantwatch, message: _message, event, tags, error, ...rest } = at(line);
  const { original: _original, ...ecs } = event;
  expect(tags ?? error).toBeUndefined();
  expect(winlog?.event_id).toBe(event.code);
  return JSON.parse(JSON.stringify({ ...rest, event: ecs, audit: plantwatch?.audit_category }));
}

const plain = (value: JsonValue | undefined) => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\r', '&#13;');

function element(name: string, value: JsonValue): string {
  if (!isObject(value)) return value === null ? `<${name}/>` : `<${name}>${escape(plain(value))}</${name}>`;
  const attributes = Object.entries(objectAt(value, '#attributes') ?? {})
    .map(([key, text]) => ` ${key}='${escape(plain(text)).replaceAll("'", '&apos;')}'`)
    .join('');
  const inner = Object.entries(value)
    .filter(([key]) => !key.startsWith('#'))
    .map(([key, child]) => element(key, child))
    .join('');
  return `<${name}${attributes}>${inner}</${name}>`;
}

function asXml(line: string): string {
  const event: JsonObject = JSON.parse(line).Event;
  const data = Object.entries(objectAt(event, 'EventData') ?? {})
    .map(([name, value]) => `<Data Name="${escape(name)}">${escape(value === null ? '' : plain(value))}</Data>`)
    .join('');
  const body = event.UserData === undefined ? `<EventData>${data}</EventData>` : element('UserData', event.UserData);
  return `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">${element('System', event.System!)}${body}</Event>`;
}

const attributesOf = (system: JsonObject, key: string) => objectAt(objectAt(system, key) ?? {}, '#attributes') ?? {};

/** NXLog's im_msvistalog as JSON; it names the data of UserData no otherwise than that of EventData. */
function asFlat(line: string): string {
  const event: JsonObject = JSON.parse(line).Event;
  const system = objectAt(event, 'System')!;
  const wrapped = Object.values(objectAt(event, 'UserData') ?? {}).find(isObject) ?? {};
  const { '#attributes': _attributes, ...data } = { ...wrapped, ...objectAt(event, 'EventData') };
  return JSON.stringify({
    EventTime: attributesOf(system, 'TimeCreated').SystemTime,
    Hostname: system.Computer,
    Keywords: system.Keywords,
    Level: system.Level,
    EventID: system.EventID,
    SourceName: attributesOf(system, 'Provider').Name,
    Channel: system.Channel,
    RecordNumber: system.EventRecordID,
    ...data,
  });
}

describe.each(PAIRS)('event %s', (_name, evtx, winlogbeat) => {
  const expected = ecsOf(evtx);

  it('has the same ECS fields in every shape', () => {
    expect(ecsOf(winlogbeat)).toEqual(expected);
    expect(ecsOf(asXml(evtx))).toEqual(expected);
    expect(ecsOf(asFlat(evtx))).toEqual(expected);
  });

  it('has an action and a category', () => {
    expect(expected).toMatchObject({ event: { action: expect.any(String), category: expect.any(Array) } });
  });
});

it('is read inside a syslog message as well', () => {
  const [, evtx] = PAIRS[0]!;
  const event = at(`<13>1 2025-10-25T17:38:33Z collector Microsoft-Windows - - - ${asXml(evtx)}`);
  expect(event.plantwatch?.parser).toBe('windows-security');
  expect(event.host?.name).toBe(at(evtx).host?.name);
});
