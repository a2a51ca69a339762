import { BulkItems } from './bulk-items.js';
import type { Target } from './index-name.js';

/** Measured: two to three megabytes a request are best; many indices in one request are several times slower. */
const LIMITS = { bytes: 2_500_000, indices: 20 };

/** Documents for any indices, on their way into requests of a good size. */
export class Bulk {
  private readonly parts: BulkItems[] = [];
  private readonly open = new Map<string, BulkItems>();

  constructor(private readonly limits = LIMITS) {}

  /** @param id ASCII @param json the event, serialised once */
  add({ index, routing }: Target, id: string, json: string): void {
    let items = this.open.get(index);
    if (!items || items.size + json.length > this.limits.bytes) {
      items = new BulkItems(index);
      this.open.set(index, items);
      this.parts.push(items);
    }
    items.add(id, json, routing);
  }

  requests(): BulkItems[][] {
    const requests: BulkItems[][] = [];
    let bytes = Infinity;
    for (const items of this.parts) {
      bytes += items.size;
      if (bytes > this.limits.bytes || requests.at(-1)?.length === this.limits.indices) {
        requests.push([]);
        bytes = items.size;
      }
      requests.at(-1)?.push(items);
    }
    return requests;
  }
}
