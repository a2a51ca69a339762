import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from './normalise.js';

/**
 * What Filebeat's modules make of the same lines: every ECS field that both have has the same value, save for the
 * differences listed here with their reasons. The expected documents were made in the zone UTC-2.
 */
const ROOT = 'test/fixtures/ecs/beats';
const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2021-12-31T00:00:00Z'), timeZone: 'Etc/GMT+2' });

interface Difference {
  readonly set: RegExp;
  readonly path: string;
  readonly why: string;
  /** The expected values that this is about; left out: all. */
  readonly theirs?: (value: unknown) => boolean;
  /** The lines that this is about; left out: all. */
  readonly line?: RegExp;
}

const DIFFERENCES: readonly Difference[] = [
  {
    set: /./,
    path: 'event.timezone',
    why: 'the zone of the machine that made the documents, which is not in the line',
  },
  { set: /./, path: 'service.type', why: "the name of Filebeat's module, not of the service" },
  {
    set: /^auditd/,
    path: 'event.outcome',
    why: 'ECS has success, failure and unknown; the record says 1',
    theirs: (value) => value === '1',
  },
  {
    set: /^auditd/,
    path: 'event.type',
    why: 'ECS has no type "stop": what stops, ends',
    theirs: (value) => String(value) === 'stop',
  },
  {
    set: /^system\.syslog/,
    path: 'event.dataset',
    why: 'sudo speaks of accounts in whatever file it stands; Filebeat goes by the name of the file',
    line: /sudo/,
  },
  {
    set: /^(?:apache|nginx|traefik)\.access/,
    path: 'event.dataset',
    why: 'the plain common and combined formats are the same for Apache, nginx and Traefik; Filebeat goes by the file',
    line: /^(?:example\.com:80 81|127\.0\.0\.1 - frank)/,
  },
  {
    set: /^(?:apache|nginx|traefik)\.access/,
    path: 'event.module',
    why: 'the same',
    line: /^(?:example\.com:80 81|127\.0\.0\.1 - frank)/,
  },
  {
    set: /^system\.auth/,
    path: 'message',
    why: 'sudo writes two blanks behind its name; the second one is none of the message',
    theirs: (value) => String(value).startsWith(' '),
  },
  {
    set: /^iis\.access/,
    path: 'event.category',
    why: 'a web request comes over the network, also where the log leaves out the server address',
    theirs: (value) => String(value) === 'web',
  },
  {
    set: /^icinga/,
    path: 'message',
    why: 'syslog carries lines: what follows on another line is another event',
    theirs: (value) => String(value).includes('\n'),
  },
];

function valueAt(event: EcsEvent, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node instanceof Object ? Reflect.get(node, key) : undefined), event);
}

/** Lists of ECS have no order and say a thing once, and one value may stand without its list; instants may be written in any zone. */
function comparable(path: string, value: unknown): unknown {
  if (path === '@timestamp') return new Date(String(value)).toISOString();
  const list = Array.isArray(value) ? value.map(String) : [String(value)];
  return path === 'process.args' ? list : [...new Set(list)].toSorted();
}

function explained(set: string, line: string, path: string, theirs: unknown): boolean {
  return DIFFERENCES.some(
    (row) => row.path === path && row.set.test(set) && (row.theirs?.(theirs) ?? true) && (row.line?.test(line) ?? true),
  );
}

const SETS = globSync('*/*-expected.json', { cwd: ROOT }).map((path) => path.replace('-expected.json', ''));

describe.each(SETS)('%s', (set) => {
  const documents: Record<string, unknown>[] = JSON.parse(readFileSync(`${ROOT}/${set}-expected.json`, 'utf8'));
  const text = Buffer.from(readFileSync(`${ROOT}/${set}`));

  it('agrees with Filebeat on every ECS field that both have', () => {
    let compared = 0;
    const disagreements: string[] = [];
    for (const document of documents) {
      // Where the document does not repeat its line, it tells where the line begins.
      const from = Number(document['log.offset']);
      const end = text.indexOf('\n', from);
      const line = text
        .subarray(from, end < 0 ? undefined : end)
        .toString('utf8')
        .replace(/\r$/, '');
      const event = at(line);
      for (const [path, expected] of Object.entries(document)) {
        const ours = valueAt(event, path);
        if (ours === undefined || explained(set, line, path, expected)) continue;
        compared++;
        const [a, b] = [comparable(path, ours), comparable(path, expected)].map((value) => JSON.stringify(value));
        if (a !== b) disagreements.push(`${path}: ours ${a}, theirs ${b} in ${line.slice(0, 200)}`);
      }
    }
    expect(disagreements).toEqual([]);
    expect(compared).toBeGreaterThan(documents.length * 4);
  });
});
