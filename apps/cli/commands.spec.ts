import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseLines } from './parse.js';
import { checkRules } from './rules-check.js';
import { matchRules } from './rules-match.js';

const RULE = 'title: x\nid: x\nlogsource: { product: p }\ndetection: { s: { user.name: root }, condition: s }\n';

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
  await checkRules(folder, true);
  expect(JSON.parse(printed)).toEqual({ files: 1, rules: 1, ok: true, errors: [] });
  expect(process.exitCode).toBeUndefined();
});

it('rules check names file and line of a mistake, and fails', async () => {
  await file('b.yml', `${RULE.replaceAll('x', 'b')}bogus: 1\n`);
  await checkRules(folder, true);
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
    '',
  ]);
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
    await checkRules(path.join(folder, 'windows'), true, ['zeek']);
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
