import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { decodeLine, normalise } from './normalise.js';

interface Vector {
  id: string;
  format: string;
  valid: boolean;
  input?: string;
  input_base64?: string;
  expected?: Record<string, unknown>;
}

const VECTORS: Vector[] = ['rfc5424', 'rfc3164'].flatMap((name) =>
  readFileSync(`test/fixtures/ecs/syslog/${name}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);

/** Where we differ from a vector, and why. */
const ARGUED: Record<string, { why: string; expected: Record<string, unknown> }> = {
  'rfc3164-s0005': {
    why: 'a word without a colon or brackets is no tag: otherwise "Use" of "Use the BFG!" (RFC 3164, example 4) would be one',
    expected: { appname: undefined, message: 'außerplanmäßig größenordnungsmäßig' },
  },
};

function read({ input, input_base64 }: Vector): EcsEvent {
  const line = input === undefined ? decodeLine(Buffer.from(input_base64 ?? '', 'base64')) : { raw: input };
  const event = normalise({ ...line, receivedAt: Date.parse('2026-12-28T20:00:00Z'), timeZone: 'UTC' });
  expect(event.event.original).toBe(line.raw);
  return event;
}

/** The event in the words of the vectors. */
function inTheirWords(event: EcsEvent): Record<string, unknown> {
  const { priority, facility, severity, appname, procid, msgid, structured_data } = event.log?.syslog ?? {};
  const data = structured_data && Object.keys(structured_data).length > 0 ? structured_data : undefined;
  return {
    priority,
    facility: facility?.code,
    severity: severity?.code,
    hostname: event.host?.hostname,
    appname,
    procid,
    msgid,
    message: event.message === '' ? undefined : event.message,
    structured_data: data,
    timestamp: event.tags?.includes('timestamp_missing') ? undefined : event['@timestamp'],
  };
}

function expectedOf({ id, expected = {} }: Vector): Record<string, unknown> {
  const { version: _version, timestamp, timestamp_no_year, structured_data, ...rest } = expected;
  const data = structured_data && Object.keys(structured_data).length > 0 ? structured_data : undefined;
  const time = typeof timestamp === 'string' ? `${timestamp.slice(0, 23)}Z` : undefined;
  const names = ['priority', 'facility', 'severity', 'hostname', 'appname', 'procid', 'msgid', 'message'];
  const fields = Object.fromEntries(names.map((name) => [name, rest[name]]));
  const yearless = typeof timestamp_no_year === 'string' ? `2026-${timestamp_no_year}.000Z` : undefined;
  return { ...fields, structured_data: data, timestamp: time ?? yearless, ...ARGUED[id]?.expected };
}

describe('published syslog vectors', () => {
  it.each(VECTORS.filter(({ valid }) => valid))('$id is read as its suite reads it', (vector) => {
    const event = read(vector);
    expect(inTheirWords(event)).toEqual(expectedOf(vector));
    expect(event.error).toBeUndefined();
    expect(event.log?.syslog?.version ?? vector.format).toMatch(/^(?:[1-9]\d{0,2}|rfc3164)$/);
  });

  it.each(VECTORS.filter(({ valid, format }) => !valid && format === 'rfc5424'))(
    '$id is not taken for well-formed RFC 5424',
    (vector) => {
      const event = read(vector);
      const read5424 = event.log?.syslog?.version !== undefined;
      expect(read5424 ? (event.error?.message ?? event.tags) : 'weaker reading').toBeTruthy();
    },
  );

  it('keeps a line with an empty priority as text, with the reason', () => {
    const event = read(VECTORS.find(({ id }) => id === 'rfc3164-s0016')!);
    expect(event).toMatchObject({
      tags: ['timestamp_missing', 'unparsed'],
      error: { message: 'priority cannot be read' },
    });
    expect(event.message).toBe(event.event.original);
  });

  it('keeps bytes that are no UTF-8 so that they can be had back', () => {
    const bytes = Buffer.from('<1>1 - - - - - - \uFEFF', 'utf8');
    const broken = Buffer.concat([bytes, Buffer.from([0xc3, 0x28, 0xff])]);
    const event = normalise({ ...decodeLine(broken), receivedAt: 0, timeZone: 'UTC' });
    expect(event.tags).toContain('invalid_utf8');
    expect(Buffer.from(event.event.original, 'latin1')).toEqual(broken);
  });
});
