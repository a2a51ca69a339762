import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { eventIndex } from '#events/event-mapping.js';
import { required } from '#test/support/environment.js';

export const EVENT_INDICES = 'pw-events-*';
const BODY_BYTES = 2_500_000;
const IN_FLIGHT = 3;
const POLL_MS = 250;

/** A document as it was stored, without its id. */
export interface StoredDocument {
  id: string;
  source: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Elasticsearch without a client: what it can do at most. */
export async function ask<T>(method: string, path: string, body?: string | Buffer): Promise<T> {
  const url = new URL(path, required('ELASTICSEARCH_URL'));
  const headers = { 'Content-Type': path.includes('_bulk') ? 'application/x-ndjson' : 'application/json' };
  const text = await new Promise<string>((resolve, reject) => {
    const call = request(url, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      answer.on('end', () => {
        const whole = Buffer.concat(chunks).toString();
        if ((answer.statusCode ?? 500) < 300) resolve(whole);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${whole.slice(0, 500)}`));
      });
    });
    call.on('error', reject).end(body);
  });
  return JSON.parse(text) as T;
}

interface Found {
  hits: { total: { value: number } };
  aggregations: { indices: { buckets: { key: string }[] } };
}

/**
 * How many events there are, and in which indices; others may use the same Elasticsearch. An index that was made this
 * moment has no shard to ask yet: then none.
 * @param sources only of these log sources
 */
export async function found(
  pattern: string,
  sources?: readonly string[],
): Promise<{ count: number; indices: string[] }> {
  const query = sources ? { terms: { 'plantwatch.source_id': sources } } : { match_all: {} };
  const aggs = { indices: { terms: { field: '_index', size: 1000 } } };
  const body = JSON.stringify({ size: 0, track_total_hits: true, query, aggs });
  const answer = await ask<Found>('POST', `/${pattern}/_search?ignore_unavailable=true`, body).catch(() => undefined);
  const indices = answer?.aggregations?.indices.buckets.map(({ key }) => key) ?? [];
  return { count: answer?.hits.total.value ?? 0, indices };
}

/** How many events can be found, as cheaply as that can be asked: nobody else writes to these indices. */
export async function searchable(pattern: string): Promise<number> {
  const path = `/${pattern}/_count?ignore_unavailable=true&filter_path=count`;
  return (await ask<{ count: number }>('GET', path).catch(() => undefined))?.count ?? 0;
}

/**
 * Waits until so many events can be found. Elasticsearch refreshes what is searched, so it is searched only when all of
 * them were taken.
 */
export async function untilSearchable(pattern: string, count: number): Promise<void> {
  while ((await taken(pattern)) < count) await pause(POLL_MS);
  while ((await searchable(pattern)) < count) await pause(POLL_MS);
}

async function taken(pattern: string): Promise<number> {
  interface Stats {
    _all?: { primaries?: { indexing?: { index_total: number } } };
  }
  const path = `/${pattern}/_stats/indexing?ignore_unavailable=true&filter_path=_all.primaries.indexing.index_total`;
  return (await ask<Stats>('GET', path))._all?.primaries?.indexing?.index_total ?? 0;
}

/** CPU that Elasticsearch has used, in microseconds. */
export async function elasticsearchCpu(): Promise<number> {
  interface Stats {
    nodes: Record<string, { process: { cpu: { total_in_millis: number } } }>;
  }
  const { nodes } = await ask<Stats>('GET', '/_nodes/_local/stats/process');
  return 1000 * Object.values(nodes).reduce((sum, node) => sum + node.process.cpu.total_in_millis, 0);
}

/** CPU that a process has used, in microseconds. */
export async function processCpu(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

export async function childOf(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return Number(children.trim().split(' ').at(-1));
}

/** Some of the documents of an index. */
export async function documentsOf(index: string, most: number): Promise<StoredDocument[]> {
  interface Hits {
    hits: { hits: { _id: string; _source: object; sort: unknown[] }[] };
  }
  const documents: StoredDocument[] = [];
  let after: unknown[] | undefined;
  while (documents.length < most) {
    const sort = [{ 'event.id': 'asc' }];
    const body = { size: Math.min(5000, most - documents.length), sort, ...(after ? { search_after: after } : {}) };
    const { hits } = await ask<Hits>('POST', `/${index}/_search`, JSON.stringify(body));
    if (hits.hits.length === 0) break;
    documents.push(...hits.hits.map((hit) => ({ id: hit._id, source: JSON.stringify(hit._source) })));
    after = hits.hits.at(-1)?.sort;
  }
  return documents;
}

/** Bodies of the size that serves Elasticsearch best, made before the clock runs; each one for one index. */
export function bodiesOf(index: string, documents: readonly StoredDocument[], prefix: string): Buffer[] {
  const bodies: Buffer[] = [];
  let lines: string[] = [];
  let bytes = 0;
  for (const { id, source } of documents) {
    lines.push(`{"create":{"_index":"${index}","_id":"${prefix}${id}"}}\n${source}\n`);
    bytes += source.length;
    if (bytes < BODY_BYTES) continue;
    bodies.push(Buffer.from(lines.join('')));
    lines = [];
    bytes = 0;
  }
  if (lines.length > 0) bodies.push(Buffer.from(lines.join('')));
  return bodies;
}

export async function makeIndex(index: string): Promise<void> {
  await ask('PUT', `/${index}`, JSON.stringify(eventIndex({ replicas: 0 })));
}

/** Sends the bodies, three at a time. */
export async function sendBodies(bodies: readonly Buffer[]): Promise<void> {
  const rest = bodies.values();
  const lane = async (): Promise<void> => {
    for (const body of rest) await ask('POST', '/_bulk?filter_path=errors', body);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

/** Bytes of heap in use, and writes to single shards so far, which `_bulk` requests are cut into. */
export async function nodeStats(): Promise<{ heap: number; writes: number }> {
  interface Stats {
    nodes: Record<
      string,
      { jvm: { mem: { heap_used_in_bytes: number } }; thread_pool: { write: { completed: number } } }
    >;
  }
  const { nodes } = await ask<Stats>('GET', '/_nodes/stats/jvm,thread_pool');
  const [node] = Object.values(nodes);
  if (!node) throw new Error('Elasticsearch has no node.');
  return { heap: node.jvm.mem.heap_used_in_bytes, writes: node.thread_pool.write.completed };
}
