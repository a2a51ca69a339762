import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { SyslogFramer } from '#ecs/framing.js';
import { Config } from '#platform/config.js';
import { IntakeStatus } from './intake-status.service.js';
import { Intake } from './intake.service.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import type { SpoolLine } from './spool-record.js';
import { plainSender } from './source-match.js';
import { SourceRegistry } from './source-registry.service.js';

/** How long a sender may say nothing, in milliseconds. */
const IDLE_MS = 30 * 60_000;
const FULL_PAUSE_MS = 250;

/** Syslog over TCP (RFC 6587). The sender is read no faster than the disk takes its lines. */
@Injectable()
export class SyslogTcpListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly servers = new Map<number, Server>();
  private readonly sockets = new Set<Socket>();
  /** Ports that could not be opened; tried again with each look at the sources. */
  private readonly failing = new Set<number>();

  constructor(
    private readonly registry: SourceRegistry,
    private readonly intake: Intake,
    private readonly ledger: Ledger,
    private readonly status: IntakeStatus,
    private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.has('collector')) this.registry.watch((sources) => this.reconcile(sources));
  }

  onApplicationShutdown(): void {
    for (const server of this.servers.values()) server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private reconcile(sources: readonly LogSourceContext[]): void {
    const wanted = new Set(
      sources.flatMap(({ kind, listenPort }) => (kind === 'syslog-tcp' && listenPort ? [listenPort] : [])),
    );
    for (const [port, server] of this.servers) {
      if (wanted.has(port)) continue;
      server.close();
      this.servers.delete(port);
    }
    for (const port of this.failing) if (!wanted.has(port)) this.recover(port);
    for (const port of wanted) if (!this.servers.has(port)) this.listen(port);
  }

  private recover(port: number): void {
    this.failing.delete(port);
    this.status.works(topic(port));
  }

  private listen(port: number): void {
    // The sender's end of sending must not end our side before its lines are on disk.
    const server = createServer({ allowHalfOpen: true }, (socket) => this.serve(socket, port));
    server.on('error', (error) => {
      this.status.problem(topic(port), error.message);
      this.failing.add(port);
      this.servers.delete(port);
    });
    server.listen(port, this.config.values.HOST, () => this.recover(port));
    this.servers.set(port, server);
  }

  private serve(socket: Socket, port: number): void {
    const address = plainSender(socket.remoteAddress ?? '');
    const source = this.registry.bySender('syslog-tcp', port, address);
    socket.on('error', () => socket.destroy());
    if (!source) {
      this.ledger.refuse({ protocol: 'syslog-tcp', port, address, reason: 'unknown sender' });
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const framer = new SyslogFramer(LIMITS.line);
    const take = (split: (emit: (frame: Buffer, truncated: boolean) => void) => void): Promise<void> => {
      const lines: SpoolLine[] = [];
      split((raw, truncated) => lines.push({ raw, truncated, id: undefined }));
      return lines.length > 0 ? this.keep(source, address, lines) : Promise.resolve();
    };
    socket.on('data', (chunk: Buffer) => {
      if (!this.registry.get(source.id)) {
        socket.destroy();
        return;
      }
      socket.pause();
      take((emit) => framer.push(chunk, emit)).then(
        () => socket.resume(),
        () => socket.destroy(),
      );
    });
    socket.on('end', () => {
      take((emit) => framer.end(emit)).then(
        () => socket.end(),
        () => socket.destroy(),
      );
    });
  }

  /** While the spool is full the sender waits. */
  private async keep(source: LogSourceContext, address: string, lines: SpoolLine[]): Promise<void> {
    for (;;) {
      try {
        await this.intake.accept(source, address, lines);
        return;
      } catch (error) {
        if (!this.intake.isFull(error)) throw error;
        await pause(FULL_PAUSE_MS);
      }
    }
  }
}

function topic(port: number): string {
  return `syslog-tcp port ${port}`;
}
