import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket, type TlsOptions } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { Config } from '#platform/config.js';
import { ConnectionCount } from './connection-count.js';
import { IntakeStatus } from './intake-status.service.js';
import { Intake } from './intake.service.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { OpenPorts, type PortEvents } from './open-ports.js';
import { certificateNames } from './peer-certificate.js';
import { plainSender } from './source-match.js';
import { SourceRegistry } from './source-registry.service.js';
import type { SpoolLine } from './spool-record.js';
import { RelpSession, SyslogSession, type StreamSession } from './stream-session.js';

type StreamKind = 'syslog-tcp' | 'syslog-tls' | 'relp';
const KINDS: readonly StreamKind[] = ['syslog-tcp', 'syslog-tls', 'relp'];

const FULL_PAUSE_MS = 250;
const HANDSHAKE_MS = 10_000;

interface Connection {
  socket: Socket;
  source: LogSourceContext;
  address: string;
  session: StreamSession;
}

/**
 * Syslog over TCP (RFC 6587), over TLS (RFC 5425; a client's certificate may tell its source) and RELP. The sender is
 * read no faster than the disk takes its lines.
 */
@Injectable()
export class SyslogStreamListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ports = new Map(KINDS.map((kind) => [kind, this.portsOf(kind)]));
  private readonly sockets = new Set<Socket>();
  private readonly count = new ConnectionCount();
  /** Undefined when there is no certificate. */
  private readonly tls: TlsOptions | undefined;

  constructor(
    private readonly registry: SourceRegistry,
    private readonly intake: Intake,
    private readonly ledger: Ledger,
    private readonly status: IntakeStatus,
    private readonly config: Config,
  ) {
    this.tls = tlsOptions(config);
  }

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.registry.watch((sources) => this.reconcile(sources));
  }

  onApplicationShutdown(): void {
    for (const ports of this.ports.values()) ports.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private reconcile(sources: readonly LogSourceContext[]): void {
    for (const [kind, ports] of this.ports) {
      const own = sources.filter((source) => source.kind === kind);
      ports.want(new Set(own.flatMap(({ listenPort }) => listenPort ?? [])));
    }
  }

  private portsOf(kind: StreamKind): OpenPorts {
    const topic = (port: number): string => `${kind} port ${port}`;
    return new OpenPorts((port, events) => this.listen(kind, port, events), {
      problem: (port, reason) => this.status.problem(topic(port), reason),
      works: (port) => this.status.works(topic(port)),
    });
  }

  private listen(kind: StreamKind, port: number, events: PortEvents): { close: () => unknown } {
    // The sender's end of sending must not end our side before its lines are on disk.
    const options = { allowHalfOpen: true };
    const serve = (socket: Socket): void => this.serve(socket, kind, port);
    if (kind === 'syslog-tls' && !this.tls) {
      setImmediate(() => events.failed(new Error('There is no certificate: set SYSLOG_TLS_CERT and SYSLOG_TLS_KEY.')));
      return { close: () => undefined };
    }
    const server =
      kind === 'syslog-tls' ? createTlsServer({ ...options, ...this.tls }, serve) : createServer(options, serve);
    server.on('tlsClientError', ({ message }, socket) => {
      const address = plainSender(socket.remoteAddress ?? '');
      this.ledger.refuse({ protocol: kind, port, address, reason: `TLS: ${message.slice(0, 120)}` });
    });
    // Also counts those that have not said who they are.
    server.maxConnections = LIMITS.connections;
    server.on('drop', (dropped) => {
      const address = plainSender(dropped?.remoteAddress ?? '');
      this.ledger.refuse({ protocol: kind, port, address, reason: 'too many connections' });
    });
    server.on('error', events.failed);
    const { HOST: host, COLLECTORS_SHARE_PORTS: reusePort } = this.config.values;
    server.listen({ port, host, reusePort }, events.listening);
    return server;
  }

  private serve(socket: Socket, kind: StreamKind, port: number): void {
    const address = plainSender(socket.remoteAddress ?? '');
    socket.on('error', () => socket.destroy());
    const certificates =
      socket instanceof TLSSocket ? certificateNames(socket.getPeerCertificate(), socket.authorized) : [];
    const source = this.registry.byCertificate(port, certificates) ?? this.registry.bySender(kind, port, address);
    const reason = source ? this.count.admit(source.id) : 'unknown sender';
    if (!source || reason !== undefined) {
      this.ledger.refuse({ protocol: kind, port, address, reason: reason ?? '' });
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    const session = kind === 'relp' ? new RelpSession() : new SyslogSession();
    this.follow({ socket, source, address, session });
  }

  private follow(connection: Connection): void {
    const { socket, source, session } = connection;
    let held = 0;
    const hold = (): boolean => {
      const change = session.heldBytes - held;
      held = session.heldBytes;
      return this.count.hold(change);
    };
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.count.leave(source.id);
      this.count.hold(-held);
      held = 0;
    });
    socket.setTimeout(LIMITS.idleMs, () => socket.destroy());
    // The end of a paused stream is told before its last chunk is on disk: one thing after the other.
    let work = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      socket.pause();
      work = work.then(() => this.take(connection, chunk, hold));
      work.then(
        () => socket.resume(),
        () => socket.destroy(),
      );
    });
    socket.on('end', () => {
      work = work.then(() => this.keep(connection, session.end()));
      work.then(
        () => socket.end(),
        () => socket.destroy(),
      );
    });
  }

  private async take(connection: Connection, chunk: Buffer, hold: () => boolean): Promise<void> {
    const { socket, source, session } = connection;
    if (!this.registry.get(source.id)) throw new Error('The source is gone.');
    const { lines, answer, closed } = session.push(chunk);
    if (hold()) {
      const rest = session.cut();
      if (!rest) throw new Error('Too much is held for unfinished frames.');
      lines.push(...rest);
      hold();
    }
    await this.keep(connection, lines);
    if (answer !== '' && socket.writable) socket.write(answer);
    if (closed) socket.end();
  }

  /** While there is no room the sender waits. */
  private async keep({ socket, source, address }: Connection, lines: SpoolLine[]): Promise<void> {
    if (lines.length === 0) return;
    for (;;) {
      try {
        await this.intake.accept(source, address, lines);
        return;
      } catch (error) {
        if (!this.intake.isFull(error)) throw error;
        await pause(FULL_PAUSE_MS);
        if (!socket.destroyed) continue;
        this.intake.dropped(source, lines.length);
        throw error;
      }
    }
  }
}

/** A client without a certificate, or with its own, is judged by who it is. @throws Error when a file cannot be read */
function tlsOptions({ values }: Config): TlsOptions | undefined {
  const { SYSLOG_TLS_CERT: cert, SYSLOG_TLS_KEY: key, SYSLOG_TLS_CLIENT_CA: ca } = values;
  if (cert === undefined || key === undefined) return undefined;
  return {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    minVersion: 'TLSv1.2',
    handshakeTimeout: HANDSHAKE_MS,
    requestCert: true,
    rejectUnauthorized: false,
  };
}
