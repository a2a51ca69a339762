/** A field's scalar values as text: one, several (arrays count element by element), or none. */
export type Content = string | readonly string[] | undefined;

/** The slot of the whole event's text, for keyword searches. */
const wholeEvent = -1;

const maxDepth = 40;

/** Reading and then looking is far cheaper than Object.hasOwn; what is inherited are functions and the prototype itself. */
function readKey(value: object, key: string): unknown {
  const inner: unknown = (value as Record<string, unknown>)[key];
  if (inner === undefined || typeof inner === 'function') return undefined;
  return key === '__proto__' && !Object.hasOwn(value, key) ? undefined : inner;
}

function readPath(node: unknown, path: readonly string[], from: number): unknown {
  let value = node;
  for (let at = from; at < path.length; at++) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) return readEach(value, path, at);
    value = readKey(value, path[at]!);
  }
  return value;
}

function readEach(elements: readonly unknown[], path: readonly string[], from: number): unknown {
  const found = elements.map((element) => readPath(element, path, from)).filter((it) => it !== undefined);
  return found.length > 0 ? found.flat() : undefined;
}

/** A field of a nested event by its dotted path; a key that itself holds the dots counts too. */
export function readField(event: object, name: string, path: readonly string[] = name.split('.')): unknown {
  const nested = readPath(event, path, 0);
  return nested === undefined && path.length > 1 ? readKey(event, name) : nested;
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function toContent(value: unknown): Content {
  if (!Array.isArray(value)) return toText(value);
  const texts = value.flatMap((element) => toText(element) ?? []);
  return texts.length > 0 ? texts : undefined;
}

/** Every scalar of the event as text, for keyword searches. */
function* leaves(value: unknown, depth = 0): Generator<string> {
  const text = toText(value);
  if (text !== undefined) yield text;
  if (typeof value !== 'object' || value === null || depth > maxDepth) return;
  for (const inner of Object.values(value)) yield* leaves(inner, depth + 1);
}

const foldContent = (content: Content): Content =>
  typeof content === 'string' ? content.toLowerCase() : content?.map((one) => one.toLowerCase());

/** Whether any of the texts holds. */
export function anyText(content: Content, holds: (text: string) => boolean): boolean {
  if (typeof content === 'string') return holds(content);
  return content !== undefined && content.some(holds);
}

/**
 * One event as compiled rules see it: each field is fetched and folded to lower case at most once per event, however many
 * rules ask. Compiling asks for slots; matching points the view at one event after the other.
 */
export class EventView {
  /** Grows with each event. */
  epoch = 0;
  private event: object = {};
  private readonly slots = new Map<string, number>();
  private readonly names: string[] = [];
  private readonly paths: string[][] = [];
  private readonly read: number[] = [];
  private readonly folded: number[] = [];
  private readonly values: unknown[] = [];
  private readonly contents: Content[] = [];
  private readonly folds: Content[] = [];
  private allRead = 0;
  private all: { text: string[]; folded: string[] } = { text: [], folded: [] };

  slot(name: string | null): number {
    if (name === null) return wholeEvent;
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const slot = this.names.length;
    this.slots.set(name, slot);
    this.names.push(name);
    this.paths.push(name.split('.'));
    this.read.push(0);
    this.folded.push(0);
    return slot;
  }

  look(event: object): void {
    this.event = event;
    this.epoch++;
  }

  /** The field as it stands in the event; undefined when the event has no such field. */
  value(slot: number): unknown {
    if (this.read[slot] !== this.epoch) this.fetch(slot);
    return this.values[slot];
  }

  text(slot: number): Content {
    if (slot === wholeEvent) return this.leaves().text;
    if (this.read[slot] !== this.epoch) this.fetch(slot);
    return this.contents[slot];
  }

  lower(slot: number): Content {
    if (slot === wholeEvent) return this.leaves().folded;
    if (this.folded[slot] !== this.epoch) {
      this.folds[slot] = foldContent(this.text(slot));
      this.folded[slot] = this.epoch;
    }
    return this.folds[slot];
  }

  private fetch(slot: number): void {
    const value = readField(this.event, this.names[slot]!, this.paths[slot]);
    this.values[slot] = value;
    this.contents[slot] = toContent(value);
    this.read[slot] = this.epoch;
  }

  private leaves(): { text: string[]; folded: string[] } {
    if (this.allRead !== this.epoch) {
      const text = [...leaves(this.event)];
      this.all = { text, folded: text.map((one) => one.toLowerCase()) };
      this.allRead = this.epoch;
    }
    return this.all;
  }
}
