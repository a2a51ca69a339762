/** Alerts that are remembered. */
const ALERTS = 50;

/**
 * Which events the last finding of an alert named. A flood names thousands again with each finding, and those that are
 * stored already need not be offered to the database once more. Forgetting costs only time.
 */
export class NamedEvents {
  /** The one that was used last is the last. */
  private readonly byAlert = new Map<string, ReadonlySet<string>>();

  /** Those that may not be stored yet. */
  fresh<E extends { id: string }>(alertId: string, events: readonly E[]): readonly E[] {
    const named = this.byAlert.get(alertId);
    return named ? events.filter(({ id }) => !named.has(id)) : events;
  }

  /** After the transaction that has stored all of them. */
  remember(alertId: string, events: readonly { id: string }[]): void {
    this.byAlert.delete(alertId);
    this.byAlert.set(alertId, new Set(events.map(({ id }) => id)));
    const [oldest] = this.byAlert.keys();
    if (this.byAlert.size > ALERTS && oldest !== undefined) this.byAlert.delete(oldest);
  }
}
