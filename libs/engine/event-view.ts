import { foldText } from '#sigma/wildcard.js';
import { WHOLE_EVENT, type FieldNode, type FieldTable } from './field-table.js';

const maxDepth = 40;

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

function collectLeaves(value: unknown, into: string[], depth: number): void {
  if (typeof value === 'string') into.push(value);
  else if (typeof value === 'number' || typeof value === 'boolean') into.push(String(value));
  else if (typeof value === 'object' && value !== null && depth < maxDepth) {
    // Walking an array by its keys would make a text of each index.
    if (Array.isArray(value)) for (const inner of value) collectLeaves(inner, into, depth + 1);
    else for (const key in value) collectLeaves((value as Record<string, unknown>)[key], into, depth + 1);
  }
}

/**
 * One event as compiled rules see it. Looking at an event walks it once and keeps, for each field that some rule asks for,
 * its scalar values as texts: arrays count element by element, also those of objects.
 */
export class EventView {
  /** Grows with each event: what was noted under another number is of an earlier event. */
  epoch = 0;
  /** Some rule looks for a Greek sigma, which has two small forms. */
  seeksSigma = false;
  /** All texts are gathered while walking, which is cheaper than a second walk when every event is asked for them. */
  gathers = false;
  /** Slots that have a text in this event: the first `filledCount`. */
  readonly filled: number[] = [];
  filledCount = 0;
  private event: object = {};
  private seenAt = new Int32Array(0);
  private valuedAt = new Int32Array(0);
  private filledAt = new Int32Array(0);
  private foldedAt = new Int32Array(0);
  private readonly first: string[] = [];
  private readonly more: (string[] | null)[] = [];
  private readonly folds: string[] = [];
  private leavesAt = 0;
  private leaves: string[] = [];

  constructor(private readonly fields: FieldTable) {}

  /** The text in lower case, as {@link foldText} has it wherever that makes a difference. */
  fold(text: string): string {
    const lower = text.toLowerCase();
    // Only the dotted capital I grows, and only a search for a sigma can tell the two small ones apart.
    return lower.length === text.length && !this.seeksSigma ? lower : foldText(text);
  }

  look(event: object): void {
    if (this.seenAt.length < this.fields.size) this.grow();
    this.event = event;
    this.epoch++;
    this.filledCount = 0;
    if (this.gathers) {
      this.leaves = [];
      this.leavesAt = this.epoch;
    }
    this.walk(event, this.fields.root, 0);
  }

  /** Whether the event has the field, whatever its value. */
  exists(slot: number): boolean {
    return this.seenAt[slot] === this.epoch;
  }

  /** Whether the field is absent, null, or an array of nothing else: it has no value. */
  isNull(slot: number): boolean {
    return this.valuedAt[slot] !== this.epoch;
  }

  hasText(slot: number): boolean {
    return slot === WHOLE_EVENT ? this.wholeEvent().length > 0 : this.filledAt[slot] === this.epoch;
  }

  /** Whether one of the field's texts holds. */
  some(slot: number, holds: (text: string) => boolean): boolean {
    if (slot === WHOLE_EVENT) return this.wholeEvent().some(holds);
    if (this.filledAt[slot] !== this.epoch) return false;
    return holds(this.first[slot]!) || (this.more[slot]?.some(holds) ?? false);
  }

  /** Whether one of the field's texts holds, in lower case. */
  someFolded(slot: number, holds: (text: string) => boolean): boolean {
    if (slot === WHOLE_EVENT) return this.wholeEvent().some((text) => holds(this.fold(text)));
    if (this.filledAt[slot] !== this.epoch) return false;
    return holds(this.folded(slot)) || (this.more[slot]?.some((text) => holds(this.fold(text))) ?? false);
  }

  /** The field's first text in lower case; of a slot that has a text. */
  folded(slot: number): string {
    if (this.foldedAt[slot] !== this.epoch) {
      this.foldedAt[slot] = this.epoch;
      this.folds[slot] = this.fold(this.first[slot]!);
    }
    return this.folds[slot]!;
  }

  /** The field's texts after the first; null when there is only one. */
  others(slot: number): readonly string[] | null {
    return this.more[slot]!;
  }

  /** All texts of the event. */
  wholeEvent(): readonly string[] {
    if (this.leavesAt !== this.epoch) {
      this.leaves = [];
      for (const key in this.event) collectLeaves((this.event as Record<string, unknown>)[key], this.leaves, 0);
      this.leavesAt = this.epoch;
    }
    return this.leaves;
  }

  private walk(object: object, node: FieldNode, depth: number): void {
    for (const key in object) {
      const inner = node.inner.get(key);
      if (inner !== undefined) this.note(inner, (object as Record<string, unknown>)[key], depth);
      else if (this.gathers) collectLeaves((object as Record<string, unknown>)[key], this.leaves, depth);
    }
  }

  private note(node: FieldNode, value: unknown, depth: number): void {
    const { slot } = node;
    const text = textOf(value);
    if (text !== undefined && this.gathers) this.leaves.push(text);
    if (slot >= 0 && value !== undefined) {
      this.seenAt[slot] = this.epoch;
      if (text !== undefined) return this.add(slot, text);
      if (value !== null && !Array.isArray(value)) this.valuedAt[slot] = this.epoch;
    }
    if (typeof value !== 'object' || value === null || depth >= maxDepth) return;
    if (!Array.isArray(value)) {
      if (node.inner.size > 0) this.walk(value, node, depth + 1);
      else if (this.gathers) collectLeaves(value, this.leaves, depth);
    } else {
      for (const element of value) this.note(node, element, depth + 1);
    }
  }

  private add(slot: number, text: string): void {
    this.valuedAt[slot] = this.epoch;
    if (this.filledAt[slot] !== this.epoch) {
      this.filledAt[slot] = this.epoch;
      this.filled[this.filledCount++] = slot;
      this.first[slot] = text;
      if (this.more[slot] !== null) this.more[slot] = null;
    } else {
      (this.more[slot] ??= []).push(text);
    }
  }

  private grow(): void {
    const size = this.fields.size * 2;
    const enlarge = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const larger = new Int32Array(size);
      larger.set(old);
      return larger;
    };
    this.seenAt = enlarge(this.seenAt);
    this.valuedAt = enlarge(this.valuedAt);
    this.filledAt = enlarge(this.filledAt);
    this.foldedAt = enlarge(this.foldedAt);
    while (this.first.length < size) {
      this.first.push('');
      this.more.push(null);
      this.folds.push('');
    }
  }
}
