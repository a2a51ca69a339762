interface Listening {
  close: () => unknown;
}

/** What became of a port. */
export interface PortEvents {
  listening: () => void;
  failed: (error: Error) => void;
}

interface Tell {
  problem: (port: number, reason: string) => void;
  works: (port: number) => void;
}

/** Keeps open the ports that are wanted; those that could not be opened are tried again with each look. */
export class OpenPorts {
  private readonly open = new Map<number, Listening>();
  private readonly failing = new Set<number>();

  constructor(
    private readonly listen: (port: number, events: PortEvents) => Listening,
    private readonly tell: Tell,
  ) {}

  want(ports: ReadonlySet<number>): void {
    for (const [port, server] of this.open) {
      if (ports.has(port)) continue;
      server.close();
      this.open.delete(port);
    }
    for (const port of this.failing) if (!ports.has(port)) this.recover(port);
    for (const port of ports) if (!this.open.has(port)) this.open.set(port, this.listen(port, this.eventsOf(port)));
  }

  close(): void {
    for (const server of this.open.values()) server.close();
    this.open.clear();
  }

  private eventsOf(port: number): PortEvents {
    return {
      listening: () => this.recover(port),
      failed: (error) => {
        this.tell.problem(port, error.message);
        this.failing.add(port);
        this.open.delete(port);
      },
    };
  }

  private recover(port: number): void {
    this.failing.delete(port);
    this.tell.works(port);
  }
}
