import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import { fixtureLines } from '#test/fuzz/corpus.js';
import { faultsOf } from '#test/fuzz/invariants.js';

const LINES = fixtureLines();
const check = (raw: string) => expect(faultsOf(raw), raw).toEqual([]);

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
  it('of the fixtures becomes an event that its mapping takes', () => {
    for (const line of LINES) check(line);
  });

  it('becomes an event, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => void check(raw)));
  }, 60_000);
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
