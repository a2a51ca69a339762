import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OperationalError } from '#platform/errors.js';
import { bulkOutcome, bulkRequests } from './bulk-request.js';
import { EventBulkRepository } from './event-bulk.repository.js';
import type { EventDocument, WriteResult } from './event-document.js';

const ATTEMPTS = 5;
const FIRST_PAUSE = 200;

/** Keeps events. Writing the same documents again changes nothing. */
@Injectable()
export class EventWriter {
  constructor(private readonly bulk: EventBulkRepository) {}

  /** @throws OperationalError when Elasticsearch is away or stays busy; what was written by then stays written */
  async write(documents: readonly EventDocument[]): Promise<WriteResult> {
    const result: WriteResult = { indexed: 0, duplicates: [], rejected: [] };
    for (const request of bulkRequests(documents)) await this.send(request, result);
    return result;
  }

  private async send(documents: readonly EventDocument[], result: WriteResult): Promise<void> {
    let rest = documents;
    for (let attempt = 0; rest.length > 0; attempt++) {
      if (attempt === ATTEMPTS) throw new OperationalError(`Elasticsearch is too busy for ${rest.length} events.`);
      if (attempt > 0) await setTimeout(FIRST_PAUSE * 2 ** attempt * (0.5 + Math.random()));
      const items = await this.bulk.create(rest);
      if (items === null) return this.sendHalves(rest, result);
      const { indexed, duplicates, rejected, again } = bulkOutcome(rest, items);
      result.indexed += indexed;
      result.duplicates.push(...duplicates);
      result.rejected.push(...rejected);
      rest = again;
    }
  }

  /** One bad document must not take its batch mates with it. */
  private async sendHalves(documents: readonly EventDocument[], result: WriteResult): Promise<void> {
    const [first] = documents;
    if (documents.length === 1 && first) {
      result.rejected.push({
        id: first.id,
        index: first.index,
        reason: 'Elasticsearch accepts no request with this document.',
      });
      return;
    }
    const middle = Math.ceil(documents.length / 2);
    await this.send(documents.slice(0, middle), result);
    await this.send(documents.slice(middle), result);
  }
}
