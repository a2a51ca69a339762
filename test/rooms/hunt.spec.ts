import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { Client } from '@elastic/elasticsearch';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { huntQuery } from '#detection/hunt-query.js';
import { decodeLine, normalise } from '#formats/normalise.js';
import { compileRuleset } from '#engine/ruleset.js';
import { eventIndex } from '#events/event-mapping.js';
import type { SigmaRule } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import type { Query } from '#sigma/query-bounds.js';
import { shippedPipelines } from '#test/support/pipelines.js';
import { required } from '#test/support/environment.js';

const MOST_HITS = 10_000;
const elasticsearch = new Client({ node: required('ELASTICSEARCH_URL'), compression: false });
const read = (file: string) => readFileSync(file, 'utf8');

/** A file's lines as the pipeline would keep them. */
const normalised = (files: string[]): object[] =>
  files
    .flatMap((file) => read(file).split('\n').slice(0, 150))
    .filter((line) => line !== '')
    .map((line) => normalise({ ...decodeLine(Buffer.from(line)), receivedAt: Date.UTC(2026, 2, 2), timeZone: 'UTC' }));

/** Events in an index with the tenants' mapping. */
class History {
  readonly index = `pw-test-hunt-${randomBytes(6).toString('hex')}`;

  readonly stored: readonly object[];

  constructor(events: readonly object[]) {
    this.stored = events.map((event) => JSON.parse(JSON.stringify(event)) as object);
  }

  async write(): Promise<void> {
    await elasticsearch.indices.create({ index: this.index, ...eventIndex({ replicas: 0 }) });
    for (let at = 0; at < this.stored.length; at += 500) {
      const bulkBody = this.stored
        .slice(at, at + 500)
        .flatMap((event, offset) => [{ create: { _id: String(at + offset) } }, event]);
      const path = `/${this.index}/_bulk`;
      const answer = await elasticsearch.transport.request<{ errors: boolean; items: object[] }>({
        method: 'POST',
        path,
        bulkBody,
      });
      expect(answer.errors ? JSON.stringify(answer.items.slice(0, 500)).match(/.{0,200}reason.{0,300}/)?.[0] : '').toBe(
        '',
      );
    }
    await elasticsearch.indices.refresh({ index: this.index });
  }

  /** Places of the events that the query finds. */
  async find(query: Query): Promise<Set<number>> {
    const body = { query, size: MOST_HITS, _source: false, track_total_hits: false };
    const path = `/${this.index}/_search`;
    const answer = await elasticsearch.transport.request<{ hits: { hits: { _id: string }[] } }>({
      method: 'POST',
      path,
      body,
    });
    return new Set(answer.hits.hits.map(({ _id }) => Number(_id)));
  }

  async drop(): Promise<void> {
    await elasticsearch.indices.delete({ index: this.index });
  }
}

const piece = fc.constantFrom(
  'a',
  'K',
  'k',
  '\u212a',
  'i',
  'I',
  '\u0130',
  '\u0307',
  'ä',
  'Ä',
  'ß',
  'ẞ',
  'Σ',
  'ς',
  '😀',
  '漢',
  '\\',
  '*',
  '?',
  '.',
  '"',
  ' ',
  '1',
  '-f',
  '/f',
);
const word = fc.oneof(
  { weight: 8, arbitrary: fc.array(piece, { maxLength: 5 }).map((parts) => parts.join('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'cmd /c whoami',
      'KILL',
      'Пароль администратора',
      'a'.repeat(300),
      `${'x'.repeat(8001)}k`,
    ),
  },
);
const number = fc.constantFrom<(string | number)[]>(
  0,
  1,
  22,
  -1,
  22.7,
  '22',
  '022',
  '+22',
  '1e2',
  '22.7',
  'ssh',
  '',
  ' 22',
  9e14,
);
const address = fc.constantFrom(
  '10.1.2.3',
  '10.1.20.3',
  '1.1.1.1',
  '::1',
  'fe80::1',
  'FE80::1',
  '::ffff:10.1.2.3',
  '::ffff:a01:203',
  'none',
  '',
  '-',
);
const valueOf = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 6, arbitrary: value },
    { weight: 2, arbitrary: fc.array(value, { maxLength: 3 }) },
    fc.constant(null),
  );

const anEvent = fc
  .record(
    {
      line: valueOf(word),
      user: valueOf(word),
      port: valueOf(number),
      ip: valueOf(address),
      message: valueOf(word),
      note: valueOf(word),
    },
    { requiredKeys: [] },
  )
  .map(({ line, user, port, ip, message, note }) => ({
    '@timestamp': '2026-11-23T10:00:00.000Z',
    process: { command_line: line },
    user: { name: user },
    destination: { port },
    source: { ip },
    message,
    json: { note },
  }));

const KEYWORDS = ['process.command_line', 'user.name'];
const anyField = fc.constantFrom(...KEYWORDS, ...KEYWORDS, 'destination.port', 'source.ip', 'message', 'json.note');
const spelled = word.map((text) => text.replace(/x{999,}/, 'xxx'));
const textItem = fc
  .tuple(
    anyField,
    fc.constantFrom(
      '',
      '',
      '|contains',
      '|contains',
      '|startswith',
      '|endswith',
      '|windash',
      '|contains|windash',
      '|re|i',
    ),
    fc.constantFrom('', '', '', '|cased', '|neq'),
    fc.oneof({ weight: 5, arbitrary: spelled }, number, address, fc.array(spelled, { minLength: 1, maxLength: 3 })),
  )
  .map(([field, place, more, value]) => ({ [`${field}${place}${more}`]: value }));
const otherItem = fc.constantFrom<Record<string, unknown>[]>(
  { 'destination.port|gt': 22 },
  { 'destination.port|lt': 22.5 },
  { 'destination.port|gte': 22.7 },
  { 'destination.port|lte|neq': 22 },
  { 'process.command_line|gte': 1 },
  { 'source.ip|cidr': '10.0.0.0/8' },
  { 'source.ip|cidr|neq': '10.1.2.0/24' },
  { 'source.ip|cidr': '::/0' },
  { 'source.ip|cidr|neq': ['fe80::/10', '::ffff:0:0/95'] },
  { 'source.ip|startswith': '10.1.' },
  { 'source.ip|startswith': '10.1.2' },
  { 'user.name|cidr': '10.0.0.0/8' },
  { 'user.name|fieldref': 'process.command_line' },
  { 'user.name|fieldref|neq': 'json.note' },
  { 'process.command_line|contains|all': ['k', 'i'] },
  { 'message|contains': ' whoami' },
  { message: 'cmd /c whoami' },
  ...[...KEYWORDS, 'destination.port', 'source.ip', 'message', 'json.note'].flatMap((field) => [
    { [field]: null },
    { [field]: '*' },
    { [`${field}|exists`]: true },
    { [`${field}|exists`]: false },
  ]),
);
const item = fc.oneof({ weight: 3, arbitrary: textItem }, { weight: 2, arbitrary: otherItem });
const search = fc.oneof(
  { weight: 4, arbitrary: item },
  fc.tuple(item, item).map(([one, other]) => ({ ...one, ...other })),
  fc.array(item, { minLength: 2, maxLength: 2 }),
  fc.array(spelled, { minLength: 1, maxLength: 2 }),
);
const condition = fc.constantFrom(
  'a',
  'not a',
  'a and not b',
  'not (a and not b)',
  '1 of them',
  'not (a or b)',
  'a and b',
);
const aRule = fc
  .tuple(search, search, condition)
  .map(([a, b, when]) => JSON.stringify({ a, b, condition: when }))
  .map(
    (detection) =>
      parseSigma(`title: t\nid: r\nlogsource: { product: p }\ndetection: ${detection}`, 't.yml').documents[0],
  )
  .filter((one): one is SigmaRule => one?.kind === 'rule');

/** Events that the rule matches and its query does not find. */
function lost({ stored }: History, rule: SigmaRule, hits: ReadonlySet<number>): object[] {
  const ruleset = compileRuleset([rule]);
  return stored.filter((event, at) => ruleset.match(event).length > 0 && !hits.has(at));
}

describe('any rule over any events', () => {
  const history = new History(fc.sample(anEvent, { numRuns: 600, seed: 7 }));
  beforeAll(() => history.write());
  afterAll(() => history.drop());

  it('is found by its query, with nothing lost', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(aRule, async (rule) => {
        expect(lost(history, rule, await history.find(huntQuery(rule, null)!))).toEqual([]);
      }),
      { numRuns: Number(process.env.HUNT_RUNS ?? 300) },
    );
  });
});

describe('the shipped rules over real events', () => {
  const stored = normalised(globSync('test/fixtures/ecs/{auth,windows,zeek}/*.{log,ndjson}').toSorted());
  const history = new History(stored);
  beforeAll(() => history.write());
  afterAll(() => history.drop());

  it('are found by their queries, with nothing lost and little else', async () => {
    const routing = await shippedPipelines('ot');
    const files = globSync('rules/*/*.yml', { exclude: ['rules/pipelines/**'] }).filter(
      (file) => !file.endsWith('.fixtures.yml'),
    );
    const rules = files.flatMap((file) => parseSigma(read(file), file).documents).filter((one) => one.kind === 'rule');
    const ruleset = compileRuleset(rules, routing);
    const matches = history.stored.map((event) => new Set(ruleset.match(event).map(({ id }) => id)));
    let found = 0;
    let matched = 0;
    for (const rule of rules) {
      const hits = await history.find(huntQuery(rule, routing)!);
      const expected = [...matches.keys()].filter((at) => matches[at]!.has(rule.id));
      expect([rule.id, expected.filter((at) => !hits.has(at))]).toEqual([rule.id, []]);
      found += hits.size;
      matched += expected.length;
    }
    expect(matched).toBeGreaterThan(100);
    expect(found).toBeLessThan(matched * 1.1);
  });
});
