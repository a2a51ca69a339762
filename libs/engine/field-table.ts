/** The slot of the whole event's text, for keyword searches. */
export const WHOLE_EVENT = 0;

/** A place in events: the slot of the field that is there, or -1, and what stands below it. */
export type FieldNode = { slot: number; inner: Map<string, FieldNode> };

/** The fields that rules ask for, numbered, and where they stand in an event: nested, or under a key that holds the dots. */
export class FieldTable {
  readonly root: FieldNode = { slot: -1, inner: new Map() };
  private readonly slots = new Map<string, number>();
  private readonly nodes = new Map<string, FieldNode>([['', this.root]]);

  /** How many slots there are, {@link WHOLE_EVENT} among them. */
  get size(): number {
    return this.slots.size + 1;
  }

  /** @param name a field by its dotted path, or null for the whole event */
  slot(name: string | null): number {
    if (name === null) return WHOLE_EVENT;
    const known = this.slots.get(name);
    if (known !== undefined) return known;
    const slot = this.size;
    this.slots.set(name, slot);
    this.place(name.split('.')).slot = slot;
    return slot;
  }

  private place(path: readonly string[]): FieldNode {
    const name = path.join('.');
    const known = this.nodes.get(name);
    if (known) return known;
    const node: FieldNode = { slot: -1, inner: new Map() };
    this.nodes.set(name, node);
    for (let at = 0; at < path.length; at++) {
      const above = at === 0 ? this.root : this.place(path.slice(0, at));
      above.inner.set(path.slice(at).join('.'), node);
    }
    return node;
  }
}
