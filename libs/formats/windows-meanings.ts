import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';
import { categoriesOf, typesOf } from '#ecs/event-words.js';
import type { Data } from './windows-fields.js';

export type Reader = (event: EcsEvent, data: Data) => void;

/** What one kind of Windows event says in ECS. */
export interface Meaning {
  readonly action: string;
  readonly category: readonly EventCategory[] | undefined;
  readonly type: readonly EventType[] | undefined;
  readonly outcome: Outcome | undefined;
  readonly read: Reader | undefined;
}

/**
 * Reads a table of rows `ID[,ID…] action category type [reader] [outcome]`, several values joined by `+`, `-` for none.
 * An outcome is given where the event's own keywords do not tell it.
 */
export function meaningsOf(table: string, readers: Readonly<Record<string, Reader>>): ReadonlyMap<number, Meaning> {
  return new Map(
    table
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [ids = '', action = '', category = '', type = '', reader = '', outcome = ''] = row.trim().split(' ');
        const meaning: Meaning = {
          action,
          category: categoriesOf(category),
          type: typesOf(type),
          outcome: outcome === 'success' || outcome === 'failure' ? outcome : undefined,
          read: Object.hasOwn(readers, reader) ? readers[reader] : undefined,
        };
        return ids.split(',').map((id): [number, Meaning] => [Number(id), meaning]);
      }),
  );
}
