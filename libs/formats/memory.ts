import type { EcsEvent } from '#ecs/event.js';
import type { Memory } from '#ecs/parser.js';
import { rememberHeading } from './zeek-heading.js';

const NOTHING: Memory = { headings: [], parser: undefined };

/**
 * What is known of a source after the event, for its next line: `memory = remember(memory, event)`. The same object when
 * nothing is new. What becomes of a line depends on the headings alone; the parser says only which one to ask first.
 */
export function remember(memory: Memory = NOTHING, event: EcsEvent): Memory {
  const headings = rememberHeading(memory.headings, event);
  const parser = event.plantwatch?.parser;
  return headings === memory.headings && parser === memory.parser ? memory : { headings, parser };
}
