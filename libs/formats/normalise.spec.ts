import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIp } from '#ecs/addresses.js';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import { normalise, type RawInput } from './normalise.js';

const RECEIVED = Date.parse('2026-11-23T10:00:00Z');
const linesOf = (path: string) => readFileSync(`test/fixtures/ecs/${path}`, 'utf8').trim().split('\n');
const inputsOf = (path: string): string[] =>
  linesOf(path)
    .map((line) => JSON.parse(line).input)
    .filter((input) => input !== undefined);

const LINES = [
  ...inputsOf('syslog/rfc5424.jsonl'),
  ...inputsOf('syslog/rfc3164.jsonl'),
  ...inputsOf('device/sc4s.jsonl'),
  ...inputsOf('device/firewall_ecs.jsonl'),
  ...['cef', 'leef', 'ot_vendor'].flatMap((name) => inputsOf(`cef/${name}.jsonl`)),
  ...linesOf('auth/test.log'),
  ...linesOf('auth/secure-rhel7.log'),
  ...linesOf('windows/flat.ndjson'),
  ...readdirSync('test/fixtures/ecs/zeek')
    .filter((name) => name.endsWith('.ndjson'))
    .flatMap((name) => linesOf(`zeek/${name}`).slice(0, 12)),
];

/** Vendor keys that are kept without being searched. */
const UNINDEXED =
  /^(?:log\.syslog\.structured_data|winlog\.event_data|zeek\.row|json|agent|client|cloud|container|dns|ecs|email|http|input|labels|organization|package|registry|server|threat|tls|trace|url|user_agent|vulnerability)\b/;

const BRANCHES = new Set(
  Object.keys(MAPPED_FIELDS).flatMap((path) => path.split('.').map((_, at, names) => names.slice(0, at).join('.'))),
);

function fits(value: unknown, type: string): boolean {
  if (Array.isArray(value)) return value.every((item) => fits(item, type));
  if (type === 'long') return Number.isSafeInteger(value);
  if (type === 'ip') return typeof value === 'string' && isIp(value);
  if (type === 'date') return typeof value === 'string' && new Date(value).toISOString() === value;
  return typeof value === 'string';
}

/** The paths of the event that Elasticsearch would refuse. */
function misfits(node: unknown, path = ''): string[] {
  if (node === undefined || UNINDEXED.test(path)) return [];
  const type = Object.hasOwn(MAPPED_FIELDS, path) ? MAPPED_FIELDS[path] : undefined;
  if (type !== undefined) return fits(node, type) ? [] : [path];
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return BRANCHES.has(path) ? [path] : [];
  return Object.entries(node).flatMap(([key, value]) => misfits(value, path === '' ? key : `${path}.${key}`));
}

function check(raw: string, more: Partial<RawInput> = {}) {
  const event = normalise({ raw, receivedAt: RECEIVED, timeZone: 'Europe/Berlin', ...more });
  expect(event.event.original).toBe(raw);
  expect(event.event.created).toBe('2026-11-23T10:00:00.000Z');
  expect(event.error?.message ?? '').not.toMatch(/^parser failed/);
  expect(misfits(event), raw).toEqual([]);
  return event;
}

/** A valid line with a few characters lost, doubled or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...LINES),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '',
          '\0',
          '"',
          '<',
          ']',
          '[',
          '=',
          ' ',
          '%',
          ':',
          '\\',
          '-',
          '9',
          '{',
          '\u202e',
          '\ud800',
          'é',
          ' from ',
        ),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([line, edits]) =>
    edits.reduce((text, [where, by]) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + by + text.slice(at + 1);
    }, line),
  );

/** Documents of any keys, among them the ones that parsers look for, with any values. */
const KEYS = Object.keys(MAPPED_FIELDS).flatMap((path) => [path, path.split('.')[0]!, path.split('.').at(-1)!]);
const keys = fc.oneof(
  fc.constantFrom(
    ...KEYS,
    'EventID',
    'Channel',
    'Event',
    'System',
    'EventData',
    'event_data',
    'winlog',
    'ts',
    '_path',
    'func',
    'rosctr_code',
    'function_code',
    'fc_request',
    'fromhost',
    'priority',
    'syslogtag',
    'Keywords',
    '#text',
    '__proto__',
    'constructor',
  ),
  fc.string(),
);
const documents = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('-', '10.0.0.1', '0x1d', '4624', '2026-11-23T09:00:00Z', ...LINES.slice(0, 5)),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc
    .array(fc.tuple(keys, tie('value')), { maxLength: 8 })
    .map(
      (pairs) =>
        `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${typeof value === 'string' && value.startsWith('{"') ? value : (JSON.stringify(value) ?? 'null')}`).join(',')}}`,
    ),
})).object;

describe('any line', () => {
  it.each(LINES.map((line, index) => [index, line] as const))(
    'of the fixtures (%d) becomes an event that its mapping takes',
    (_index, line) => {
      check(line);
    },
  );

  it('becomes an event, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => void check(raw)));
  }, 60_000);
  it('becomes an event, however a known line is damaged', () =>
    fc.assert(
      fc.property(mutated, (raw) => void check(raw)),
      { numRuns: 1500 },
    ));
  it('becomes an event, whatever the JSON', () =>
    fc.assert(
      fc.property(documents, (raw) => void check(raw as string)),
      { numRuns: 1000 },
    ));

  it('becomes an event in linear time, however long', () => {
    const long = [
      ' from ',
      '[a b="',
      '<1>',
      ':',
      '%A-1-',
      '\\"',
      'Nov 23 10:00:00 ',
      '12 ',
      '{"a":',
      ']:',
      'UTC ',
      '; ',
      ' by ',
    ];
    for (const heads of [
      '',
      '<86>1 2026-11-23T09:00:00Z h sshd 1 - ',
      '<86>Nov 23 10:00:00 h sshd[1]: Failed password for ',
      '<1>%SYS-5-CONFIG_I: ',
      '<86>Nov 23 10:00:00 h sudo: ',
    ]) {
      for (const part of long) check(heads + part.repeat(100_000 / part.length));
    }
  });
});

describe('a pinned parser', () => {
  it('is tried where recognition would not look for it', () => {
    const raw = '<86>Nov 23 10:00:00 h odd-name: Failed password for root from 10.0.0.9 port 22 ssh2';
    expect(check(raw).event.outcome).toBeUndefined();
    expect(check(raw, { parser: 'sshd' })).toMatchObject({
      event: { outcome: 'failure' },
      plantwatch: { parser: 'sshd' },
    });
  });

  it('gives way to the others when the line is not its own, and says so', () => {
    const event = check('<86>Nov 23 10:00:00 h sshd[1]: Failed password for root from 10.0.0.9 port 22 ssh2', {
      parser: 'zeek',
    });
    expect(event).toMatchObject({ event: { outcome: 'failure' }, tags: expect.arrayContaining(['parser_mismatch']) });
  });
});

describe('the mapped fields', () => {
  it('are at most 150, and none is a part of another', () => {
    const paths = Object.keys(MAPPED_FIELDS);
    expect(paths.length).toBeLessThanOrEqual(150);
    for (const path of paths) expect(paths.filter((other) => other.startsWith(`${path}.`))).toEqual([]);
  });
});
