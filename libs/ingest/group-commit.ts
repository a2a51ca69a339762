interface Group<T> {
  items: T[];
  done: PromiseWithResolvers<void>;
}

/**
 * What is added while a commit runs is committed together, next. Adding costs no promise of its own: all of a group
 * wait for the same one.
 */
export class GroupCommit<T> {
  private group = emptyGroup<T>();
  private running = false;

  constructor(private readonly commit: (items: T[]) => Promise<void>) {}

  /** Resolves when the items are committed; rejects when their group could not be. */
  add(...items: T[]): Promise<void> {
    const { group } = this;
    group.items.push(...items);
    if (!this.running) void this.run();
    return group.done.promise;
  }

  private async run(): Promise<void> {
    this.running = true;
    // What is added in this same turn joins the first group.
    await Promise.resolve();
    while (this.group.items.length > 0) {
      const { items, done } = this.group;
      this.group = emptyGroup();
      await this.commit(items).then(done.resolve, done.reject);
    }
    this.running = false;
  }
}

function emptyGroup<T>(): Group<T> {
  return { items: [], done: Promise.withResolvers() };
}
