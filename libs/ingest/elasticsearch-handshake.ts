export interface HandshakeAnswer {
  status: number;
  body: object | string;
}

const VERSION = '8.19.0';

const INFO = {
  name: 'plantwatch',
  cluster_name: 'plantwatch',
  cluster_uuid: 'plantwatch-collector-0',
  version: {
    number: VERSION,
    build_flavor: 'default',
    build_type: 'docker',
    build_hash: '0000000000000000000000000000000000000000',
    build_date: '2026-01-01T00:00:00.000Z',
    build_snapshot: false,
    lucene_version: '9.12.2',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
};

const FEATURE = { available: true, enabled: true };
const LICENSE = { uid: 'plantwatch', type: 'basic', mode: 'basic', status: 'active' };

const ANSWERS: readonly [path: RegExp, body: object | string][] = [
  [/^\/$/, INFO],
  [/^\/_license$/, { license: LICENSE }],
  [/^\/_xpack$/, { build: {}, license: LICENSE, features: { ilm: FEATURE, security: FEATURE } }],
  [/^\/_cat\/health$/, 'plantwatch green\n'],
  [/^\/_cluster\/health/, { cluster_name: 'plantwatch', status: 'green', timed_out: false, number_of_nodes: 1 }],
  [/^\/_nodes/, { _nodes: { total: 1, successful: 1, failed: 0 }, cluster_name: 'plantwatch', nodes: {} }],
];

/** What shippers set up before they send: we have our own templates, and say that theirs are fine. */
const SET_UP = /^\/(_ilm|_index_template|_component_template|_template|_ingest\/pipeline|_data_stream|_security)\b/;
const INDEX = /^\/[^/_][^/]*$/;

/** What a shipper that takes us for Elasticsearch asks before its first `_bulk`. */
export function handshake(method: string, path: string): HandshakeAnswer {
  const reads = method === 'GET' || method === 'HEAD';
  const [, body] = ANSWERS.find(([pattern]) => pattern.test(path)) ?? [];
  if (reads && body !== undefined) return { status: 200, body };
  if (SET_UP.test(path) || INDEX.test(path)) return { status: 200, body: reads ? {} : { acknowledged: true } };
  return {
    status: 405,
    body: elasticsearchError(405, 'method_not_allowed', `This is a collector: ${method} ${path} is not for it.`),
  };
}

/** In the shape that Elasticsearch's clients read. */
export function elasticsearchError(status: number, type: string, reason: string): object {
  return { error: { root_cause: [{ type, reason }], type, reason }, status };
}
