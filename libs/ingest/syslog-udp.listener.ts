import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LogSourceContext } from '#customers/log-sources.service.js';
import { Config } from '#platform/config.js';
import { spoolLine } from './deliveries.js';
import { IntakeStatus } from './intake-status.service.js';
import { Intake } from './intake.service.js';
import { Ledger } from './ledger.service.js';
import { LIMITS } from './limits.js';
import { OpenPorts, type PortEvents } from './open-ports.js';
import type { SpoolLine } from './spool-record.js';
import { plainSender } from './source-match.js';
import { SourceRegistry } from './source-registry.service.js';

interface Waiting {
  source: LogSourceContext;
  address: string;
  lines: SpoolLine[];
}

const RECEIVE_BUFFER = 8 * 2 ** 20;

/** Syslog over UDP (RFC 5426): one message a datagram. What finds no room is dropped and counted. */
@Injectable()
export class SyslogUdpListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ports = new OpenPorts((port, events) => this.listen(port, events), {
    problem: (port, reason) => this.status.problem(topic(port), reason),
    works: (port) => this.status.works(topic(port)),
  });
  private waiting = new Map<string, Waiting>();
  private waitingBytes = 0;

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
    this.ports.close();
  }

  private reconcile(sources: readonly LogSourceContext[]): void {
    const own = sources.filter(({ kind }) => kind === 'syslog-udp');
    this.ports.want(new Set(own.flatMap(({ listenPort }) => listenPort ?? [])));
  }

  private listen(port: number, events: PortEvents): Socket {
    const { HOST, COLLECTORS_SHARE_PORTS: reusePort } = this.config.values;
    const socket = createSocket({ type: isIPv6(HOST) ? 'udp6' : 'udp4', reusePort });
    socket.on('error', (error) => {
      events.failed(error);
      socket.close();
    });
    socket.on('message', (datagram, { address }) => this.receive(datagram, port, plainSender(address)));
    socket.bind(port, HOST, () => {
      socket.setRecvBufferSize(RECEIVE_BUFFER);
      events.listening();
    });
    return socket;
  }

  private receive(datagram: Buffer, port: number, address: string): void {
    const source = this.registry.bySender('syslog-udp', port, address);
    if (!source) {
      this.ledger.refuse({ protocol: 'syslog-udp', port, address, reason: 'unknown sender' });
      return;
    }
    if (this.waitingBytes + datagram.length > LIMITS.datagrams) {
      this.intake.dropped(source, 1);
      return;
    }
    if (this.waiting.size === 0) setImmediate(() => this.flush());
    this.waitingBytes += datagram.length;
    const key = `${source.id} ${address}`;
    const known = this.waiting.get(key);
    const line = spoolLine(withoutLineEnd(datagram));
    if (known) known.lines.push(line);
    else this.waiting.set(key, { source, address, lines: [line] });
  }

  private flush(): void {
    const { waiting } = this;
    this.waiting = new Map();
    for (const { source, address, lines } of waiting.values()) {
      const bytes = lines.reduce((sum, { raw }) => sum + raw.length, 0);
      this.intake
        .accept(source, address, lines)
        .catch(() => this.intake.dropped(source, lines.length))
        .finally(() => (this.waitingBytes -= bytes))
        .catch(() => undefined);
    }
  }
}

function withoutLineEnd(datagram: Buffer): Buffer {
  let end = datagram.length;
  while (end > 0 && (datagram[end - 1] === 0x0a || datagram[end - 1] === 0x0d)) end--;
  return datagram.subarray(0, end);
}

function topic(port: number): string {
  return `syslog-udp port ${port}`;
}
