import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendTcp } from '#apps/server/demo/senders.js';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { freePort, startApp, type RunningApp } from '#test/support/app.js';
import { aCertificate, type TestCertificate } from '#test/support/certificates.js';
import { required } from '#test/support/environment.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';
import { pythonWith } from '#test/support/python.js';

const run = promisify(execFile);

let running: RunningApp;
let site: TestSite;
let source: TestSource;
let folder: string;
let server: TestCertificate;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-'));
  server = await aCertificate(folder, 'collector.example.org');
  running = await startApp({ SYSLOG_TLS_CERT: server.cert, SYSLOG_TLS_KEY: server.key });
  site = await aSite(running);
  source = await site.source('bulk');
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Found {
  event: { original: string; id: string };
}

/** All events whose text has the word, page by page. */
async function search(word: string): Promise<Found[]> {
  const found: Found[] = [];
  let cursor = '';
  do {
    const from = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
    const page = await site.owner.get<{ items: Found[]; next: string | null }>(`/events?limit=200&q=${word}${from}`);
    found.push(...page.items);
    cursor = page.next ?? '';
  } while (cursor);
  return found;
}

/** Runs a daemon with a configuration of its own until the work is done. */
async function withDaemon(
  name: 'rsyslog' | 'syslog-ng',
  lines: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const own = await mkdtemp(path.join(folder, `${name}-`));
  const config = path.join(own, 'daemon.conf');
  await writeFile(config, `${lines.join('\n')}\n`);
  const files = ['pidfile', 'persist-file', 'control'].map((file) => `--${file}=${path.join(own, file)}`);
  const daemon =
    name === 'rsyslog'
      ? spawn(required('RSYSLOGD_PATH'), ['-n', '-f', config, '-i', path.join(own, 'pid')], { stdio: 'ignore' })
      : spawn(required('SYSLOG_NG_PATH'), ['-F', '-f', config, ...files, '--no-caps'], { stdio: 'ignore' });
  try {
    await work();
  } finally {
    const gone = once(daemon, 'exit');
    daemon.kill('SIGTERM');
    await gone;
  }
}

function numbered(word: string): string[] {
  const at = new Date().toISOString();
  return Array.from({ length: 10_000 }, (_, n) => `<134>1 ${at} plc-gw shipper 1 - - ${word} line${n}end`);
}

/** All ten thousand, none lost and none twice. */
async function expectAll(word: string): Promise<Found[]> {
  const found = await eventually(
    () => search(word),
    (events) => events.length >= 10_000,
    60_000,
  );
  expect(new Set(found.map(({ event }) => /line(\d+)end/.exec(event.original)?.[1])).size).toBe(10_000);
  expect(found).toHaveLength(10_000);
  return found;
}

const rsyslogInput = (port: number): string[] => [
  'module(load="imtcp")',
  `input(type="imtcp" port="${port}" address="127.0.0.1")`,
  'template(name="rfc5424" type="string" string="<%PRI%>1 %TIMESTAMP:::date-rfc3339% %HOSTNAME% %APP-NAME% %PROCID% %MSGID% %STRUCTURED-DATA% %msg%\n")',
];
const QUEUE = 'queue.type="linkedList" queue.size="20000" queue.dequeuebatchsize="500" action.resumeretrycount="-1"';

describe('syslog daemons', () => {
  it('rsyslog’s omfwd with TLS is known by its certificate’s fingerprint', async () => {
    const device = await aCertificate(folder, 'plc-gw.example.org');
    const target = await site.source('syslog-tls', { clientCertificate: device.fingerprint });
    const port = await freePort();
    const lines = [
      `global(defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="${server.cert}"`,
      `  defaultNetstreamDriverCertFile="${device.cert}" defaultNetstreamDriverKeyFile="${device.key}")`,
      ...rsyslogInput(port),
      `*.* action(type="omfwd" target="127.0.0.1" port="${target.port}" protocol="tcp" TCP_Framing="octet-counted"`,
      '  streamDriver="ossl" streamDriverMode="1" streamDriverAuthMode="x509/certvalid" template="rfc5424"',
      `  ${QUEUE})`,
    ];
    await listening(target.port);
    await withDaemon('rsyslog', lines, async () => {
      await listening(port);
      await sendTcp(port, '127.0.0.1', numbered('omfwdtls'));
      await expectAll('omfwdtls');
    });
  }, 180_000);

  it('rsyslog’s omrelp gets an answer for every frame', async () => {
    const target = await site.source('relp');
    const port = await freePort();
    const relp = `*.* action(type="omrelp" target="127.0.0.1" port="${target.port}" template="rfc5424" ${QUEUE})`;
    await listening(target.port);
    await withDaemon('rsyslog', ['module(load="omrelp")', ...rsyslogInput(port), relp], async () => {
      await listening(port);
      await sendTcp(port, '127.0.0.1', numbered('omrelpword'));
      await expectAll('omrelpword');
    });
  }, 180_000);

  it.each([
    ['network', (target: TestSource) => `syslog("127.0.0.1" port(${target.port}) transport("tcp"))`, 'syslog-tcp'],
    [
      'http',
      (target: TestSource) =>
        `http(url("http://127.0.0.1:${target.port}/ndjson") method("POST") headers("Authorization: Bearer ${target.token}", "Content-Type: application/x-ndjson") body("$MESSAGE") delimiter("\\n") batch-lines(500) batch-timeout(200))`,
      'ndjson',
    ],
  ] as const)(
    'syslog-ng’s %s',
    async (name, destination, kind) => {
      const target = await site.source(kind);
      const port = await freePort();
      const word = `syslogng${name}`;
      const lines = [
        '@version: 3.35',
        'options { stats-freq(0); };',
        `source s { network(ip("127.0.0.1") port(${port}) flags(no-parse) log-fetch-limit(1000)); };`,
        `destination d { ${destination(target)}; };`,
        'log { source(s); destination(d); flags(flow-control); };',
      ];
      if (kind === 'syslog-tcp') await listening(target.port);
      await withDaemon('syslog-ng', lines, async () => {
        await listening(port);
        await sendTcp(port, '127.0.0.1', numbered(word));
        await expectAll(word);
      });
    },
    180_000,
  );

  it('curl with a body in zstd', async () => {
    const body = path.join(folder, 'lines.zst');
    const documents = numbered('curlzstd').map((message) => JSON.stringify({ message }));
    await writeFile(body, await promisify(zstdCompress)(documents.join('\n')));
    const headers = [
      `Authorization: Bearer ${source.token}`,
      'Content-Encoding: zstd',
      'Content-Type: application/x-ndjson',
    ];
    const url = `http://127.0.0.1:${source.port}/ndjson`;
    const sent = headers.flatMap((header) => ['-H', header]);
    const { stdout } = await run(required('CURL_PATH'), ['-sS', ...sent, '--data-binary', `@${body}`, url]);
    expect(JSON.parse(stdout)).toEqual({ accepted: 10_000, unparsed: 0 });
    await expectAll('curlzstd');
  }, 180_000);
});

describe('the _bulk port', () => {
  it('takes ten thousand lines from rsyslog’s omelasticsearch, none lost and none twice', async () => {
    const port = await freePort();
    const lines = [
      'module(load="imtcp")',
      'module(load="omelasticsearch")',
      `input(type="imtcp" port="${port}" address="127.0.0.1")`,
      `*.* action(type="omelasticsearch" server="127.0.0.1" serverport="${source.port}" usehttps="off" bulkmode="on"`,
      `  searchIndex="plant" uid="rsyslog" pwd="${source.token}" ${QUEUE})`,
    ];
    await withDaemon('rsyslog', lines, async () => {
      await listening(port);
      await sendTcp(port, '127.0.0.1', numbered('omes'));
      await expectAll('omes');
    });
  }, 180_000);

  it('works with the official JavaScript client’s bulk helper, unchanged', async () => {
    const client = new Client({ node: `http://127.0.0.1:${source.port}`, auth: { apiKey: source.token } });
    const documents = Array.from({ length: 500 }, (_, n) => ({
      '@timestamp': new Date().toISOString(),
      message: `jshelper line${n}end`,
    }));
    const stats = await client.helpers.bulk({
      datasource: documents,
      onDocument: () => ({ create: { _index: 'plant' } }),
    });
    await client.close();
    expect(stats).toMatchObject({ total: 500, successful: 500, failed: 0 });
    const found = await eventually(
      () => search('jshelper'),
      (events) => events.length >= 500,
    );
    expect(new Set(found.map(({ event }) => event.id)).size).toBe(500);
  });

  it('works with Python’s bulk helper, unchanged', async () => {
    const script = [
      'from elasticsearch import Elasticsearch, helpers',
      'import sys',
      'client = Elasticsearch(sys.argv[1], api_key=sys.argv[2])',
      'assert client.info()["tagline"] == "You Know, for Search"',
      'documents = ({"_index": "plant", "_id": f"py-{n}", "message": f"pyhelper line{n}end"} for n in range(500))',
      'print(helpers.bulk(client, documents))',
    ];
    const python = await pythonWith('elasticsearch');
    const { stdout } = await run(python, ['-c', script.join('\n'), `http://127.0.0.1:${source.port}`, source.token]);
    expect(stdout.trim()).toBe('(500, [])');
    const found = await eventually(
      () => search('pyhelper'),
      (events) => events.length >= 500,
    );
    expect(new Set(found.map(({ event }) => event.id)).size).toBe(500);
  }, 180_000);

  it('counts a document once that a client sends twice under its own id', async () => {
    const client = new Client({ node: `http://127.0.0.1:${source.port}`, auth: { apiKey: source.token } });
    const operations = [{ index: { _index: 'plant', _id: 'same' } }, { message: 'twiceword' }];
    for (let times = 0; times < 2; times++) expect((await client.bulk({ operations })).errors).toBe(false);
    await client.bulk({ operations: [{ index: { _index: 'plant' } }, { message: 'twiceword last' }] });
    await client.close();
    const found = await eventually(
      () => search('twiceword'),
      (events) => events.some(({ event }) => event.original.includes('last')),
    );
    expect(found).toHaveLength(2);
  });
});

describe('OTLP/HTTP', () => {
  it('takes ten thousand records from OpenTelemetry’s exporter for Python, none lost and none twice', async () => {
    const script = [
      'import logging, sys',
      'from opentelemetry._logs import set_logger_provider',
      'from opentelemetry.exporter.otlp.proto.http import Compression',
      'from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter',
      'from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler',
      'from opentelemetry.sdk._logs.export import BatchLogRecordProcessor',
      'from opentelemetry.sdk.resources import Resource',
      'provider = LoggerProvider(resource=Resource.create({"service.name": "historian", "host.name": "hist-01"}))',
      'exporter = OTLPLogExporter(endpoint=sys.argv[1], headers={"Authorization": "Bearer " + sys.argv[2]}, compression=Compression.Gzip)',
      'provider.add_log_record_processor(BatchLogRecordProcessor(exporter, max_queue_size=20000))',
      'log = logging.getLogger("plant")',
      'log.setLevel(logging.INFO)',
      'log.propagate = False',
      'log.addHandler(LoggingHandler(logger_provider=provider))',
      'for n in range(10000): log.warning(f"otelword line{n}end", extra={"user.name": "op"})',
      'provider.shutdown()',
    ];
    const python = await pythonWith('opentelemetry');
    const endpoint = `http://127.0.0.1:${source.port}/v1/logs`;
    const { stderr } = await run(python, ['-c', script.join('\n'), endpoint, source.token]);
    expect(stderr).not.toMatch(/Failed|Exception/);
    const found = await expectAll('otelword');
    expect(found[0]).toMatchObject({
      message: expect.stringMatching(/^otelword line\d+end$/),
      event: { dataset: 'otlp.log' },
      log: { level: 'warn' },
      host: { name: 'hist-01' },
      service: { name: 'historian' },
      user: { name: 'op' },
    });
  }, 300_000);
});
