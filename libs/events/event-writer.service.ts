import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OperationalError } from '#platform/errors.js';
import type { Bulk } from './bulk.js';
import type { BulkItems } from './bulk-items.js';
import { bulkOutcome, type WriteResult } from './bulk-outcome.js';
import { EventBulkRepository } from './event-bulk.repository.js';

const ATTEMPTS = 5;
const FIRST_PAUSE = 200;

/** Keeps events. Writing the same documents again changes nothing. */
@Injectable()
export class EventWriter {
  constructor(private readonly repository: EventBulkRepository) {}

  /** @throws OperationalError when Elasticsearch is away or stays busy; what was written by then stays written */
  async write(bulk: Bulk): Promise<WriteResult> {
    const result: WriteResult = { indexed: 0, duplicates: [], rejected: [] };
    for (const request of bulk.requests()) await this.send(request, result);
    return result;
  }

  private async send(request: readonly BulkItems[], result: WriteResult): Promise<void> {
    let rest = request;
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new OperationalError('Elasticsearch is too busy for all events.');
      if (attempt > 0) await setTimeout(FIRST_PAUSE * 2 ** attempt * (0.5 + Math.random()));
      const answer = await this.repository.create(rest);
      if (answer === null) return this.sendApart(rest, result);
      const { indexed, duplicates, rejected, again } = bulkOutcome(rest, answer);
      result.indexed += indexed;
      result.duplicates.push(...duplicates);
      result.rejected.push(...rejected);
      rest = again;
    }
  }

  /** One bad document must not take its batch mates with it. */
  private async sendApart(request: readonly BulkItems[], result: WriteResult): Promise<void> {
    for (const part of request) {
      const { index, ids } = part;
      if (request.length > 1) await this.send([part], result);
      else if (ids.length > 1) {
        const positions = [...ids.keys()];
        const middle = Math.ceil(ids.length / 2);
        await this.send([part.pick(positions.slice(0, middle))], result);
        await this.send([part.pick(positions.slice(middle))], result);
      } else {
        const reason = 'Elasticsearch accepts no request with this document.';
        result.rejected.push(...ids.map((id) => ({ id, index, reason })));
      }
    }
  }
}
