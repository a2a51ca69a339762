import { Injectable, type OnModuleInit } from '@nestjs/common';
import { KnownParsers } from '#customers/known-parsers.service.js';
import { LogSources } from '#customers/log-sources.service.js';
import type { EcsEvent } from '#ecs/event.js';
import { EventSearch } from '#events/event-search.service.js';
import { isParserName } from '#formats/normalise.js';
import { PARSER_NAMES } from '#formats/parsers.js';
import { Clock } from '#platform/clock.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { tryLines, type TriedLine } from './parser-trial.js';
import type { SamplesQuery, Trial } from './parsers.schema.js';

const HOUR = 3_600_000;

interface Sample extends TriedLine {
  tags: readonly string[];
}

export interface Samples {
  items: Sample[];
  pinned: string | null;
  parsers: { name: string; count: number; last: string }[];
  unparsed: number;
  mismatched: number;
}

/** What parsers make of lines: of pasted ones, and of those that a source has sent. */
@Injectable()
export class LogSamples implements OnModuleInit {
  constructor(
    private readonly sources: LogSources,
    private readonly events: EventSearch,
    private readonly known: KnownParsers,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.known.declare(PARSER_NAMES);
  }

  try({ lines, timeZone, receivedAt, parser }: Trial): { items: TriedLine[] } {
    const at = receivedAt === undefined ? this.clock.now() : new Date(receivedAt);
    const pinned = parser !== undefined && isParserName(parser) ? { parser } : {};
    return { items: tryLines(lines, { receivedAt: at.getTime(), timeZone, ...pinned }) };
  }

  async of(scope: TenantScope, id: string, { limit, hours }: SamplesQuery): Promise<Samples> {
    const source = await this.sources.register.get(scope, id);
    const to = this.clock.now();
    const from = new Date(to.getTime() - hours * HOUR);
    const { events, parsers, tags } = await this.events.sourceSample(scope, id, { from, to, limit });
    const marked = (tag: string): number => tags.find(({ name }) => name === tag)?.count ?? 0;
    return {
      items: events.map((event) => sampleOf(event, source.timeZone)),
      pinned: source.parser,
      parsers: parsers.toSorted((a, b) => b.count - a.count),
      unparsed: marked('unparsed'),
      mismatched: marked('parser_mismatch'),
    };
  }
}

/** The stored event beside its line; what else would take the line is found by reading it once more. */
function sampleOf(event: EcsEvent, timeZone: string): Sample {
  const raw = event.event.original;
  const [again] = tryLines([raw], { receivedAt: Date.parse(event.event.created), timeZone });
  const parser = event.plantwatch?.parser ?? null;
  return { raw, parser, conflicts: again?.conflicts ?? [], tags: event.tags ?? [], event };
}
