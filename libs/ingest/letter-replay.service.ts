import { Injectable } from '@nestjs/common';
import { EventIndices } from '#events/event-indices.service.js';
import { conflict } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { DeadLetters } from './dead-letters.service.js';
import { EventBuilder } from './event-builder.service.js';
import { sequenceOf } from './event-id.js';
import { PipelineSinks } from './pipeline-sinks.service.js';

/** Dead letters once more, after a parser, a rule or a mapping was mended. */
@Injectable()
export class LetterReplay {
  constructor(
    private readonly letters: DeadLetters,
    private readonly indices: EventIndices,
    private readonly builder: EventBuilder,
    private readonly sinks: PipelineSinks,
  ) {}

  /**
   * The line becomes the event that it would have been, under its own id; again changes nothing.
   * @throws UserError 404; 409 with the reason when it is still not taken
   */
  async replay(scope: TenantScope, id: string): Promise<void> {
    const { tenantId, sourceId, eventId, raw, receivedAt, sender } = await this.letters.get(scope, id);
    const line = { raw, truncated: false, id: eventId };
    const entry = {
      tenantId,
      sourceId,
      receivedAt: receivedAt.getTime(),
      sender,
      sequence: sequenceOf(eventId),
      lines: [line],
    };
    const built = await this.builder.build([entry], { [tenantId]: await this.indices.writeIndex(scope) });
    const [reason] = [...built.failed.map((failure) => failure.reason), ...(await this.sinks.write(built))];
    if (reason !== undefined) throw conflict(`It is still not taken: ${reason}`);
    await this.sinks.detect(`replay.${id}`, built.matches);
    await this.letters.markReplayed(scope, id);
  }
}
