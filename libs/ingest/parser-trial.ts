import type { EcsEvent } from '#ecs/event.js';
import type { Memory } from '#ecs/parser.js';
import { remember } from '#formats/memory.js';
import { normalise, type RawInput } from '#formats/normalise.js';
import type { ParserName } from '#formats/parsers.js';

export interface TriedLine {
  raw: string;
  /** The parser that read it last; null when none understands it. */
  parser: string | null;
  /** Other parsers that have the line for their own. */
  conflicts: ParserName[];
  event: EcsEvent;
}

/** Reads lines as those of one source, one after the other, without keeping them. */
export function tryLines(lines: readonly string[], source: Omit<RawInput, 'raw' | 'memory' | 'claims'>): TriedLine[] {
  let memory: Memory | undefined;
  return lines.map((raw) => {
    const claims = new Set<ParserName>();
    const event = normalise({ ...source, raw, memory, claims });
    memory = remember(memory, event);
    const parser = event.plantwatch?.parser ?? null;
    return { raw, parser, conflicts: conflictsOf(claims, parser), event };
  });
}

/** Parsers, besides the one that read the line, that have it for their own; none where only one does. */
function conflictsOf(claims: ReadonlySet<ParserName>, parser: string | null): ParserName[] {
  return claims.size < 2 ? [] : [...claims].filter((name) => name !== parser);
}
