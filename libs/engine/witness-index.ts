import type { EventView } from './event-view.js';
import type { Expression } from '#sigma/expression.js';
import { compileExpression, type Predicate } from './matcher.js';
import { chooseWitnesses } from './witness.js';

/** Something to find when `expression` holds. */
export type Entry<T> = { item: T; expression: Expression };

type Candidate<T> = { item: T; holds: Predicate; triedAt: number };
type Slot<T> = { slot: number; byValue: Map<string, Candidate<T>[]>; present: Candidate<T>[] };

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Finds what holds for an event by trying only what has a witness in it. */
export class WitnessIndex<T> {
  private readonly slots: Slot<T>[];
  private readonly others: Candidate<T>[] = [];

  constructor(
    private readonly view: EventView,
    entries: readonly Entry<T>[],
  ) {
    const witnesses = chooseWitnesses(entries.map(({ expression }) => expression));
    const bySlot = new Map<number, Slot<T>>();
    for (const [at, { item, expression }] of entries.entries()) {
      const candidate = { item, holds: compileExpression(expression, view), triedAt: 0 };
      const chosen = witnesses[at];
      if (!chosen) this.others.push(candidate);
      for (const { field, value } of chosen ?? []) {
        const slot = view.slot(field);
        const { byValue, present } = getOrAdd(bySlot, slot, () => ({ slot, byValue: new Map(), present: [] }));
        (value === null ? present : getOrAdd(byValue, value, () => [])).push(candidate);
      }
    }
    this.slots = [...bySlot.values()];
  }

  /** Visits each item that holds for the event the view looks at, once. */
  find(visit: (item: T) => void): void {
    for (const { slot, byValue, present } of this.slots) {
      const content = this.view.lower(slot);
      if (content === undefined) continue;
      if (typeof content === 'string') this.tryAll(byValue.get(content), visit);
      else for (const one of content) this.tryAll(byValue.get(one), visit);
      this.tryAll(present, visit);
    }
    this.tryAll(this.others, visit);
  }

  private tryAll(candidates: Candidate<T>[] | undefined, visit: (item: T) => void): void {
    if (!candidates) return;
    for (const candidate of candidates) {
      if (candidate.triedAt === this.view.epoch) continue;
      candidate.triedAt = this.view.epoch;
      if (candidate.holds(this.view)) visit(candidate.item);
    }
  }
}
