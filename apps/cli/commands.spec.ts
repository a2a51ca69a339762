import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseLines } from './parse.js';
import { benchRules } from './rules-bench.js';
import { checkRules } from './rules-check.js';
import { convertRules } from './rules-convert.js';
import { explainRules } from './rules-explain.js';
import { matchRules } from './rules-match.js';
import { testRules } from './rules-test.js';
import { segmentsOf } from './segments.js';

const RULE = 'title: x\nid: x\nlogsource: { product: p }\ndetection: { s: { user.name: root }, condition: s }\n';

const EVENT = '"@timestamp": "2026-03-02T10:00:00Z", message: m';

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { name: string; rules: { id: string }[] } };
    results: {
      ruleId: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
    }[];
  }[];
}

let folder: string;
let printed: string;
const file = (name: string, text: string) => writeFile(path.join(folder, name), text);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-cli-'));
  await file('a.yml', RULE);
  await file('a.fixtures.yml', 'cases: []');
  await file('events.ndjson', '{"user":{"name":"bob"}}\n\n{"user":{"name":"root"}}\nnonsense\n{"user.name":"ROOT"}');
  await file(
    'lines.log',
    '<86>1 2026-03-02T10:00:00Z h sshd 1 - - Failed password for root from 192.0.2.1 port 1 ssh2\nx\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  printed = '';
  const keep = (text: unknown): boolean => Boolean((printed += String(text)));
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(console, 'log').mockImplementation((text) => void keep(`${text}\n`));
  vi.spyOn(console, 'error').mockImplementation((text) => void keep(`! ${text}\n`));
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

it('rules check ends with what it found', async () => {
  await checkRules(folder, { format: 'json' });
  expect(JSON.parse(printed)).toEqual({ files: 1, rules: 1, ok: true, errors: [] });
  expect(process.exitCode).toBeUndefined();
});

it('rules check names file and line of a mistake, and fails', async () => {
  await file('b.yml', `${RULE.replaceAll('x', 'b')}bogus: 1\n`);
  await checkRules(folder, { format: 'json' });
  await rm(path.join(folder, 'b.yml'));
  const errors = [{ file: path.join(folder, 'b.yml'), line: 5, message: expect.stringContaining('bogus') }];
  expect(JSON.parse(printed)).toEqual({ files: 2, rules: 1, ok: false, errors });
  expect(process.exitCode).toBe(1);
});

it('rules match prints rule and line, and says which line is no event', async () => {
  await matchRules({ rules: folder, events: path.join(folder, 'events.ndjson') });
  expect(printed.split('\n')).toEqual([
    '! line 4: not a JSON object; left out',
    '{"rule":"x","line":3}',
    '{"rule":"x","line":5}',
    '! 1 lines were left out',
    '',
  ]);
  expect(process.exitCode).toBe(1);
});

it('rules match in threads cuts the file at lines', async () => {
  const handle = await open(path.join(folder, 'events.ndjson'));
  const text = await handle.readFile('utf8');
  for (const length of [1, 30, 60, 1000]) {
    const found: string[] = [];
    for await (const { start, end } of segmentsOf(handle, length)) found.push(text.slice(start, end));
    expect(found.join('')).toBe(text);
    expect(found.slice(0, -1).every((one) => one.endsWith('\n') && one.length >= length)).toBe(true);
  }
  await handle.close();
});

describe('rules test', () => {
  const fixtures = (alerts: string) =>
    file('a.fixtures.yml', `cases: [{ name: one, events: [{ ${EVENT}, user: { name: root } }], alerts: [${alerts}] }]`);
  afterEach(() => file('a.fixtures.yml', 'cases: []'));

  it('passes when each case raises what it says', async () => {
    await fixtures('x');
    await testRules(folder, { format: 'json', pipeline: [] });
    expect(JSON.parse(printed)).toEqual({ files: 1, cases: 1, passed: 1, ok: true, errors: [] });
    expect(process.exitCode).toBeUndefined();
  });

  it('names file, line and difference of a case that raises other alerts', async () => {
    await fixtures('');
    await testRules(folder, { format: 'text', pipeline: [] });
    expect(printed).toBe(
      `${folder}/a.fixtures.yml:1: "one" raises x; expected none\n1 files, 0 of 1 cases as expected\n`,
    );
    expect(process.exitCode).toBe(1);
  });

  it('refuses fixtures that say nothing', async () => {
    await testRules(folder, { format: 'json', pipeline: [] });
    expect(JSON.parse(printed)).toMatchObject({ ok: false, errors: [{ line: 1 }] });
  });
});

it('SARIF has what the standard requires, with a line for each finding', async () => {
  await file('b.yml', `${RULE.replaceAll('x', 'b')}bogus: 1\n`);
  await checkRules(folder, { format: 'sarif' });
  await rm(path.join(folder, 'b.yml'));
  const log = JSON.parse(printed) as Sarif;
  expect(log.version).toBe('2.1.0');
  for (const { tool, results } of log.runs) {
    expect(tool.driver.name).toBe('plantwatch');
    for (const { ruleId, message, locations } of results) {
      expect(tool.driver.rules.map(({ id }) => id)).toContain(ruleId);
      expect(message.text).toContain('bogus');
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      expect(path.resolve(decodeURIComponent(artifactLocation.uri))).toBe(path.join(folder, 'b.yml'));
      expect(region.startLine).toBe(5);
    }
  }
  expect(log.runs.map(({ results }) => results.length)).toEqual([1]);
  expect(process.exitCode).toBe(1);
});

it('rules explain shows what matched and what not', async () => {
  await file('event.json', '{"user":{"name":"bob"}}');
  await explainRules({ rules: path.join(folder, 'a.yml'), event: path.join(folder, 'event.json'), format: 'text' });
  expect(printed).toBe('\u2717 x (x)\n  \u2717 s: all of\n    \u2717 user.name: root   (event: bob)\n');
});

it.each([
  ['events.ndjson', undefined, 'is not one JSON object'],
  ['event.json', 'nobody', 'there is no rule nobody'],
])('rules explain with %s and rule %s says what is wrong', async (name, rule, message) => {
  await file('event.json', '{}');
  const options = { rules: folder, event: path.join(folder, name), format: 'text' as const };
  await expect(explainRules(rule ? { ...options, rule } : options)).rejects.toThrow(message);
});

it('rules convert prints the query of each rule', async () => {
  await convertRules({ rules: folder, pipeline: [] });
  expect(JSON.parse(printed)).toMatchObject({
    rule: 'x',
    query: { bool: { should: [{ term: { 'user.name': { value: 'root', case_insensitive: true } } }, {}, {}] } },
  });
});

it('rules bench counts events and matches', async () => {
  await benchRules({ rules: folder, events: path.join(folder, 'events.ndjson'), format: 'json' });
  expect(JSON.parse(printed.split('\n')[1]!)).toMatchObject({ rules: 1, events: 3, matches: 2 });
});

describe('with a pipeline', () => {
  const WINDOWS =
    'title: w\nid: w\nlogsource: { product: windows, service: security }\ndetection: { s: { EventID: 4701 }, condition: s }\n';
  const PIPELINE = `priority: 20
vars: { extends: [windows-services] }
transformations:
  - type: field_name_prefix
    prefix: xml.
`;
  beforeAll(async () => {
    await mkdir(path.join(folder, 'windows'));
    await file('windows/w.yml', WINDOWS);
    await file(
      'windows.ndjson',
      '{"winlog":{"channel":"Security","event_id":"4701"}}\n{"xml":{"Channel":"Security","EventID":4701}}',
    );
    await file('own.pipeline', PIPELINE);
  });
  const match = (...pipeline: string[]) =>
    matchRules({ rules: path.join(folder, 'windows'), events: path.join(folder, 'windows.ndjson'), pipeline });

  it('rules match takes a shipped one by name, or a file that extends a shipped one', async () => {
    await match('winlogbeat');
    expect(printed).toBe('{"rule":"w","line":1}\n');
    printed = '';
    await match(path.join(folder, 'own.pipeline'));
    expect(printed).toBe('{"rule":"w","line":2}\n');
  });

  it('rules match says which rules can never match', async () => {
    await match('zeek');
    expect(printed).toContain('no event has the log source windows / security');
  });

  it('rules check says it too, and fails', async () => {
    await checkRules(path.join(folder, 'windows'), { format: 'json', pipeline: ['zeek'] });
    expect(JSON.parse(printed)).toMatchObject({ ok: false, errors: [{ line: 1 }] });
  });

  it('an unknown name or a mistake in the file is an error', async () => {
    await expect(match('nothing')).rejects.toThrow('neither a file nor a shipped pipeline');
    await file('wrong.pipeline', 'transformations:\n  - type: regex\n');
    await expect(match(path.join(folder, 'wrong.pipeline'))).rejects.toThrow('wrong.pipeline:2: ');
  });
});

it('parse prints one ECS event a line', async () => {
  await parseLines(path.join(folder, 'lines.log'), { receivedAt: '2026-03-02T10:00:01Z', zone: 'UTC' });
  const [first, second, rest] = printed.split('\n');
  expect(JSON.parse(first!)).toMatchObject({ '@timestamp': '2026-03-02T10:00:00.000Z', user: { name: 'root' } });
  expect(JSON.parse(second!)).toMatchObject({ event: { original: 'x' }, tags: expect.arrayContaining(['unparsed']) });
  expect(rest).toBe('');
});

it.each([
  [{ zone: 'UTC', receivedAt: 'yesterday' }, '--received-at'],
  [{ zone: 'Nowhere' }, '--zone'],
  [{ zone: 'UTC', parser: 'none' }, '--parser'],
])('parse with %j says what is wrong', async (options, named) => {
  await expect(parseLines(undefined, options)).rejects.toThrow(named);
});
