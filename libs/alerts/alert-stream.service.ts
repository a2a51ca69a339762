import { Injectable, type MessageEvent } from '@nestjs/common';
import { map, merge, timer, type Observable } from 'rxjs';
import { LiveFeed } from '#platform/live-feed.js';
import type { TenantReach } from '#tenancy/tenant-scope.js';
import { ALERTS_TOPIC } from './alert-views.service.js';

/** Often enough for proxies to keep the connection open. */
const HEARTBEAT_MS = 15_000;

/** Alerts as they change, for whoever looks now; a `heartbeat` event shows that the line is alive. */
@Injectable()
export class AlertStream {
  constructor(private readonly feed: LiveFeed) {}

  of(reach: TenantReach): Observable<MessageEvent> {
    const changes = this.feed
      .subscribe(ALERTS_TOPIC, new Set(reach.tenantIds))
      .pipe(map(({ id, data }): MessageEvent => ({ id, data })));
    const heartbeats = timer(0, HEARTBEAT_MS).pipe(map((): MessageEvent => ({ type: 'heartbeat', data: {} })));
    return merge(changes, heartbeats);
  }
}
