import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { base64, base64Offsets, utf16be, utf16le, utf8 } from './encodings.js';
import { inNetwork } from './address.js';
import { detectionHolds } from './interpreter.js';
import { fits, readPattern } from './pattern.js';
import { partOf } from './time-part.js';
import type { Detection } from './rules.arbitrary.js';

type Rule = { id: string; detection: Detection };
const folder = 'test/fixtures/sigma';
const read = (file: string) => readFileSync(file, 'utf8');

/** The events as the rules name their fields, without the log sources. */
function eventsIn(file: string) {
  const id = path.basename(path.dirname(file));
  const lines = read(file).trim().split('\n');
  return lines.map((line, at) => {
    const { winlog } = JSON.parse(line) as { winlog: Record<string, object> };
    const data = Object.entries({ ...winlog.event_data, ...winlog.user_data });
    const fields = Object.fromEntries(data.map(([name, value]) => [name.replaceAll(' ', ''), value]));
    const { event_id: EventID, channel: Channel, provider_name: Provider_Name } = winlog;
    return { name: `${id}#${at + 1}`, event: { ...fields, EventID, Channel, Provider_Name } };
  });
}

const holds = (yaml: string, event: object) => detectionHolds(parse(yaml) as Detection, event);

/** The interpreter against the examples that the specification itself gives. */
describe('the interpreter', () => {
  it.each([
    ['\\', '\\', true],
    ['\\\\', '\\', true],
    ['a\\b', 'a\\b', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['\\\\*', '\\anything', true],
    ['\\\\*', 'anything', false],
    ['\\\\\\*', '\\*', true],
    ['\\\\\\*', '\\x', false],
    ['\\\\\\', '\\\\', true],
    ['\\\\\\\\', '\\\\', true],
    ['prog?.exe', 'progA.exe', true],
    ['prog?.exe', 'prog.exe', false],
    ['antivirus_V*.exe', 'antivirus_V21.2.1.exe', true],
  ])('reads %j: %j fits, %s', (pattern, text, expected) => {
    expect(fits(readPattern(pattern), text, false)).toBe(expected);
  });

  it('encodes as the appendix and RFC 4648 show', () => {
    expect([utf16le('cmd'), utf16be('cmd')]).toEqual(['c\0m\0d\0', '\0c\0m\0d']);
    expect(['', 'f', 'fo', 'foo', 'foob'].map(base64)).toEqual(['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==']);
    expect(base64(utf8('é'))).toBe('w6k=');
    for (const before of ['', 'x', 'xy']) {
      expect(base64Offsets('http://').some((part) => btoa(`${before}http://rest`).includes(part))).toBe(true);
    }
  });

  it.each([
    ['10.255.1.2', '10.0.0.0/8', true],
    ['11.0.0.1', '10.0.0.0/8', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['2001:db8:8000::1', '2001:db8::/33', false],
    ['2001:DB8:7fff::1', '2001:db8::/33', true],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304/128', true],
    ['10.0.0', '0.0.0.0/0', false],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['11.1.2.3', '::ffff:10.0.0.0/104', false],
    ['::ffff:11.1.2.3', '::ffff:10.0.0.0/104', false],
    ['::ffff:10.1.2.3', '::/0', false],
  ])('%s in %s: %s', (address, network, expected) => {
    expect(inNetwork(address, network)).toBe(expected);
  });

  it('takes parts of dates in UTC', () => {
    const parts = ['minute', 'hour', 'day', 'week', 'month', 'year'].map((part) =>
      partOf(part, '2021-01-03T22:05:00+02:00'),
    );
    expect(parts).toEqual([5, 20, 3, 53, 1, 2021]);
  });

  it.each([
    [
      '{ selection: { EventLog: Security, EventID: [517, 1102] }, condition: selection }',
      { EventLog: 'security', EventID: '1102' },
      true,
    ],
    ['{ keywords: [EVILSERVICE, svchost.exe -n evil], condition: keywords }', { x: ['run evilservice'] }, true],
    ["{ k: { '|all': [OabVirtualDirectory, ' -ExternalUrl '] }, condition: k }", { x: 'OabVirtualDirectory' }, false],
    [
      '{ s: { EventID: 4738 }, filter: { PasswordLastSet: null }, condition: s and not filter }',
      { EventID: 4738 },
      false,
    ],
    ["{ a: { f: '' }, condition: a }", {}, false],
    ['{ a: { f|exists: true }, condition: a }', { f: null }, true],
    ['{ _example: { f: x }, other: { f: y }, condition: 1 of them }', { f: 'x' }, false],
    ['{ a: { f: x }, b: { f: y }, c: { f: z }, condition: a or b and not c }', { f: 'x' }, true],
    ['{ a: { f: x }, b: { f: y }, condition: [a, b] }', { f: 'y' }, true],
    ['{ s: { f|windash: -f }, condition: s }', { f: '―f' }, true],
    ['{ s: { f|fieldref|neq: g }, condition: s }', { f: 'x', g: 'X' }, false],
    ['{ s: { f|gt: 5 }, condition: s }', { f: '5.1' }, true],
    ["{ s: { f|re: 'a.c' }, condition: s }", { f: 'xABC' }, false],
    ["{ s: { f|re: 'c$' }, condition: s }", { f: 'abc\n' }, true],
    ["{ s: { f|re: 'c$' }, condition: s }", { f: 'abc\n\n' }, false],
    ["{ s: { f|re|m: '^$' }, condition: s }", { f: 'abc\n' }, false],
    ["{ s: { f|re|m: '^$' }, condition: s }", { f: 'abc\n\nd' }, true],
    ["{ s: { f|re|s: 'a.b' }, condition: s }", { f: 'a\nb' }, true],
    ["{ s: { f|re: 'a.b' }, condition: s }", { f: 'a\nb' }, false],
    ["{ s: { f|re: 'a.b' }, condition: s }", { f: 'a\rb' }, true],
    ["{ s: { f|re|endswith: 'c$' }, condition: s }", { f: 'abc\n' }, false],
  ])('%s on %j: %s', (yaml, event, expected) => {
    expect(holds(yaml, event)).toBe(expected);
  });

  it("finds SigmaHQ's regression events by the rules that pySigma's SQLite backend finds them by", () => {
    const rules = globSync(`${folder}/sigmahq/*/rule.yml`).map((file) => parse(read(file)) as Rule);
    const events = globSync(`${folder}/sigmahq/*/events.winlogbeat.ndjson`).flatMap(eventsIn);
    const found = events.flatMap(({ event, name }) =>
      rules.filter(({ detection }) => detectionHolds(detection, event)).map(({ id }) => `${id} ${name}`),
    );
    const verdicts = read(`${folder}/oracle_matches.jsonl`).trim().split('\n');
    const pairs = verdicts.flatMap((line) => {
      const { rule_id: rule, matches = [] } = JSON.parse(line) as { rule_id: string; matches?: string[] };
      return matches.map((match) => `${rule} ${/regression\/(.*)\/.*#(\d+)$/.exec(match)!.slice(1).join('#')}`);
    });
    // Its ThreatName is the event's "Threat Name", which the backend was not told.
    const unknown = 'a7c3e5f2-8b1d-4e9a-b6c2-3d7f5e8a9b4c';
    expect(found.toSorted()).toEqual([...pairs, `${unknown} ${unknown}#1`].toSorted());
  });
});
