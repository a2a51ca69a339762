import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AssetDirectory } from '#customers/asset-directory.service.js';
import type { TenantMatch } from '#detection/detection-intake.service.js';
import { Matcher } from '#detection/matcher.service.js';
import type { Memory } from '#ecs/parser.js';
import { decodeLine, isParserName, normalise } from '#formats/normalise.js';
import { remember } from '#formats/memory.js';
import { Bulk } from '#events/bulk.js';
import { targetOf, type Target } from '#events/index-name.js';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { TenantScopes } from '#tenancy/tenant-scopes.service.js';
import type { DeadLine } from './dead-letters.service.js';
import { enrich, type Origin } from './enrich.js';
import { eventId } from './event-id.js';
import { smoothed } from './ledger.js';
import { Ledger } from './ledger.service.js';
import { SourceRegistry } from './source-registry.service.js';
import type { SpoolEntry } from './spool-record.js';

export interface Built {
  entries: readonly SpoolEntry[];
  bulk: Bulk;
  matches: TenantMatch[];
  /** What our own code could not make an event of. */
  failed: DeadLine[];
}

/** Lines between two pauses in which sockets are served. */
const LINES_AT_ONCE = 500;

interface Place {
  entry: SpoolEntry;
  origin: Origin;
  target: Target;
  built: Built;
}

/** Lines become documents and matches: parse, enrich, match, serialise once. */
@Injectable()
export class EventBuilder {
  /** By source: what its lines said about later ones. Lost with the process, which parsers bear. */
  private readonly memories = new Map<string, Memory>();

  constructor(
    private readonly registry: SourceRegistry,
    private readonly scopes: TenantScopes,
    private readonly directory: AssetDirectory,
    private readonly matcher: Matcher,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @param indices concrete index by tenant */
  async build(entries: readonly SpoolEntry[], indices: Readonly<Record<string, string>>): Promise<Built> {
    const built: Built = { entries, bulk: new Bulk(), matches: [], failed: [] };
    const ingested = this.clock.now().toISOString();
    let lines = 0;
    for (const entry of entries) {
      lines += entry.lines.length;
      if (lines >= LINES_AT_ONCE) {
        lines = 0;
        await breathe();
      }
      const scope = await this.scopes.open(entry.tenantId);
      const assets = await this.directory.index(scope);
      const source = this.registry.get(entry.sourceId);
      const origin: Origin = {
        sourceId: entry.sourceId,
        siteId: source?.siteId,
        assetId: source?.assetId ?? null,
        collector: this.config.values.COLLECTOR_ID,
        sender: entry.sender,
        assets,
      };
      const target = targetOf(scope.tenant, indices[entry.tenantId] ?? '');
      this.buildEntry({ entry, origin, target, built }, ingested);
    }
    return built;
  }

  private buildEntry({ entry, origin, target, built }: Place, ingested: string): void {
    const { tenantId, sourceId, receivedAt } = entry;
    const source = this.registry.get(sourceId);
    const tally = this.ledger.of(tenantId, sourceId);
    const timeZone = source?.timeZone ?? 'Etc/UTC';
    const parser = source?.parser && isParserName(source.parser) ? { parser: source.parser } : {};
    let sequence = entry.sequence;
    for (const line of entry.lines) {
      const id = eventId(line, origin.collector, sequence);
      try {
        const memory = this.memories.get(sourceId);
        const event = normalise({ ...decodeLine(line.raw), receivedAt, timeZone, memory, ...parser });
        this.keep(sourceId, remember(memory, event), memory);
        event.event.id = id;
        event.event.ingested = ingested;
        if (line.truncated) (event.tags ??= []).push('truncated');
        enrich(event, origin, sequence);
        tally.skewMs = smoothed(tally.skewMs, event.plantwatch?.skew_ms ?? 0);
        const json = JSON.stringify(event);
        for (const match of this.matcher.match(event, tenantId)) built.matches.push({ tenantId, match });
        built.bulk.add(target, id, json);
      } catch (error) {
        // A fault of ours must not hold up the lines behind it.
        const reason = `not processed: ${error instanceof Error ? error.message : String(error)}`;
        built.failed.push({ line, id, delivery: entry, reason });
      }
      sequence++;
    }
  }

  private keep(sourceId: string, memory: Memory | undefined, before: Memory | undefined): void {
    if (memory !== undefined && memory !== before) this.memories.set(sourceId, memory);
  }
}
