import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { Observable, Subject, filter } from 'rxjs';
import { JobQueues } from './job-queues.js';

export interface LiveMessage {
  topic: string;
  /** Who may see it; whoever subscribes filters by this. */
  owner: string;
  id: string;
  data: Record<string, unknown>;
}

const CHANNEL = 'plantwatch:live';

/** News for whoever is looking now, over every process; lost when nobody listens. */
@Injectable()
export class LiveFeed implements OnApplicationShutdown {
  private readonly messages = new Subject<LiveMessage>();
  private subscriber: Redis | undefined;

  constructor(private readonly queues: JobQueues) {}

  async publish(message: LiveMessage): Promise<void> {
    await this.queues.connection.publish(CHANNEL, JSON.stringify(message));
  }

  subscribe(topic: string, owners: ReadonlySet<string>): Observable<LiveMessage> {
    this.subscriber ??= this.listen();
    return this.messages.pipe(filter((message) => message.topic === topic && owners.has(message.owner)));
  }

  private listen(): Redis {
    const redis = this.queues.connection.duplicate();
    redis.on('message', (_channel, text: string) => this.messages.next(JSON.parse(text) as LiveMessage));
    void redis.subscribe(CHANNEL);
    return redis;
  }

  onApplicationShutdown(): void {
    this.subscriber?.disconnect();
  }
}
