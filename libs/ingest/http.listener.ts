import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { Config } from '#platform/config.js';
import { BulkBodyError, bulkItems, type BulkItem } from './bulk-body.js';
import { spoolLine } from './deliveries.js';
import { elasticsearchError, handshake } from './elasticsearch-handshake.js';
import { namedId } from './event-id.js';
import { BodyError } from './body-error.js';
import { BodyReader } from './body-reader.service.js';
import { Intake } from './intake.service.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { documentsOf, isDocument } from './ndjson-body.js';
import { otlpLines, PROTOBUF } from './otlp-body.js';
import { sourceToken } from './source-credentials.js';
import { plainSender } from './source-match.js';
import { SourceRegistry } from './source-registry.service.js';

const OTLP = '/v1/logs';
const NDJSON = new Set(['/', '/ndjson', '/api/v1/logs']);
const BULK = /^(?:\/([^/_][^/]*))?\/_bulk$/;
/** How long a sender may take, in milliseconds: for a request's head, for all of it, and how often it is looked at. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 2000 };
const RETRY_AFTER_SECONDS = '5';
const COMPATIBLE = 'application/vnd.elasticsearch+json;compatible-with=8';

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  sender: string;
}

/** NDJSON, an Elasticsearch-compatible `_bulk` and OTLP/HTTP logs, answered when the lines are on disk. */
@Injectable()
export class HttpListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('ingest');
  private server: Server | undefined;

  constructor(
    private readonly registry: SourceRegistry,
    private readonly intake: Intake,
    private readonly ledger: Ledger,
    private readonly bodies: BodyReader,
    private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.has('collector')) return;
    const { COLLECTOR_HTTP_PORT: port, HOST: host, COLLECTORS_SHARE_PORTS: reusePort } = this.config.values;
    const server = createServer(PATIENCE, (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
      const sender = plainSender(request.socket.remoteAddress ?? '');
      void this.serve({ request, response, path, sender });
    });
    server.maxConnections = LIMITS.connections;
    server.on('drop', (dropped) => {
      const address = plainSender(dropped?.remoteAddress ?? '');
      this.ledger.refuse({ protocol: 'http', port, address, reason: 'too many connections' });
    });
    this.server = server;
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen({ port, host, reusePort }, resolve),
    );
  }

  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async serve(exchange: Exchange): Promise<void> {
    try {
      await this.answer(exchange);
    } catch (error) {
      this.fail(exchange, error);
    }
  }

  private async answer(exchange: Exchange): Promise<void> {
    const { request, path } = exchange;
    const posts = request.method === 'POST' || request.method === 'PUT';
    const bulk = BULK.exec(path);
    const takes = posts && (bulk !== null || (request.method === 'POST' && (NDJSON.has(path) || path === OTLP)));
    if (!takes) {
      request.resume();
      const { status, body } = handshake(request.method ?? 'GET', path);
      send(exchange, status, body);
      return;
    }
    const source = await this.source(exchange);
    if (!source) return;
    await this.bodies.use(request, (body) => {
      if (path === OTLP) return this.otlp(exchange, source, body);
      return bulk
        ? this.bulk(exchange, source, bulkItems(body, bulk[1] ?? 'plantwatch'))
        : this.ndjson(exchange, source, body);
    });
  }

  private async source(exchange: Exchange): Promise<LogSourceContext | null> {
    const token = sourceToken(exchange.request.headers.authorization);
    const source = token === undefined ? null : await this.registry.byToken(token);
    if (source) return source;
    const reason = token === undefined ? 'no token' : 'unknown token';
    this.ledger.refuse({
      protocol: 'http',
      port: this.config.values.COLLECTOR_HTTP_PORT,
      address: exchange.sender,
      reason,
    });
    exchange.response.setHeader('WWW-Authenticate', 'Bearer realm="plantwatch"');
    send(
      exchange,
      401,
      elasticsearchError(401, 'security_exception', `The request has ${reason}: send the source's token.`),
    );
    exchange.request.resume();
    return null;
  }

  private async ndjson(exchange: Exchange, source: LogSourceContext, body: Buffer): Promise<void> {
    const key = exchange.request.headers['idempotency-key'];
    const documents = documentsOf(body, exchange.request.headers['content-type']);
    const lines = documents.map((document, n) =>
      spoolLine(document, typeof key === 'string' ? namedId(source.id, `${key}#${n}`) : undefined),
    );
    if (lines.length > 0) await this.intake.accept(source, exchange.sender, lines);
    const unparsed = documents.filter((document) => !isDocument(document)).length;
    send(exchange, 200, { accepted: lines.length, unparsed });
  }

  /** An empty answer says that all of it was taken (OTLP/HTTP, "Full Success"). */
  private async otlp(exchange: Exchange, source: LogSourceContext, body: Buffer): Promise<void> {
    const type = exchange.request.headers['content-type'];
    const lines = otlpLines(body, type).map((line) => spoolLine(line, undefined));
    if (lines.length > 0) await this.intake.accept(source, exchange.sender, lines);
    if (!type?.startsWith(PROTOBUF)) return send(exchange, 200, {});
    exchange.response.writeHead(200, { 'Content-Type': PROTOBUF, 'Content-Length': 0 }).end();
  }

  private async bulk(exchange: Exchange, source: LogSourceContext, items: BulkItem[]): Promise<void> {
    const started = performance.now();
    const lines = items.flatMap(({ document, id }) =>
      document ? [spoolLine(document, id === undefined ? undefined : namedId(source.id, id))] : [],
    );
    const ids = lines.length > 0 ? (await this.intake.accept(source, exchange.sender, lines)).ids() : [];
    let taken = 0;
    const answers = items.map((item) => (item.document ? created(item, ids[taken++] ?? '') : refused(item)));
    send(exchange, 200, {
      took: Math.round(performance.now() - started),
      errors: taken < items.length,
      items: answers,
    });
  }

  private fail(exchange: Exchange, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (exchange.response.headersSent || exchange.response.destroyed) return;
    if (error instanceof BulkBodyError)
      send(exchange, 400, elasticsearchError(400, 'illegal_argument_exception', reason));
    else if (error instanceof BodyError)
      send(exchange, error.status, elasticsearchError(error.status, 'illegal_argument_exception', reason));
    else if (this.intake.isFull(error)) {
      exchange.response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
      send(exchange, 429, elasticsearchError(429, 'es_rejected_execution_exception', reason));
    } else {
      this.log.error(`A request could not be kept: ${reason}`);
      send(exchange, 503, elasticsearchError(503, 'unavailable', 'The lines could not be kept; send them again.'));
    }
  }
}

function send({ request, response }: Exchange, status: number, body: object | string): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const compatible = request.headers.accept?.includes('vnd.elasticsearch+json') ?? false;
  const json = compatible ? COMPATIBLE : 'application/json';
  response.writeHead(status, {
    'X-Elastic-Product': 'Elasticsearch',
    'Content-Type': typeof body === 'string' ? 'text/plain' : json,
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function created({ action, index }: BulkItem, id: string): object {
  const shards = { total: 1, successful: 1, failed: 0 };
  return {
    [action]: {
      _index: index,
      _id: id,
      _version: 1,
      result: 'created',
      _shards: shards,
      _seq_no: 0,
      _primary_term: 1,
      status: 201,
    },
  };
}

function refused({ action, index, id }: BulkItem): object {
  const error = {
    type: 'illegal_argument_exception',
    reason: `Logs are evidence: ${action} is not for them, only create and index.`,
  };
  return { [action]: { _index: index, _id: id ?? null, status: 400, error } };
}
