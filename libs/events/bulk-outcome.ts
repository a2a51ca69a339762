import type { BulkItems } from './bulk-items.js';

/** What Elasticsearch may say of an item that a later attempt can change. */
const LATER = new Set([429, 500, 502, 503, 504]);

export interface BulkItem {
  status: number;
  error?: { type?: string; reason?: string; caused_by?: { reason?: string } };
}

export interface WriteResult {
  indexed: number;
  /** Ids of those that had been written before; one that is twice in the request is one of them. */
  duplicates: string[];
  /** Elasticsearch will never take them as they are. */
  rejected: RejectedDocument[];
}

export interface RejectedDocument {
  id: string;
  index: string;
  reason: string;
}

/** What became of each document, and those to send again; Elasticsearch's items answer the documents in order. */
export function bulkOutcome(
  request: readonly BulkItems[],
  answer: readonly BulkItem[],
): WriteResult & { again: BulkItems[] } {
  const outcome: ReturnType<typeof bulkOutcome> = { indexed: 0, duplicates: [], rejected: [], again: [] };
  let at = 0;
  for (const part of request) {
    const later: number[] = [];
    for (const [position, id] of part.ids.entries()) {
      const item = answer[at++];
      if (!item || LATER.has(item.status)) later.push(position);
      else if (item.status < 300) outcome.indexed += 1;
      else if (item.status === 409) outcome.duplicates.push(id);
      else outcome.rejected.push({ id, index: part.index, reason: reason(item) });
    }
    if (later.length > 0) outcome.again.push(part.pick(later));
  }
  return outcome;
}

function reason({ status, error }: BulkItem): string {
  const cause = error?.caused_by?.reason;
  return `${error?.type ?? `status ${status}`}: ${error?.reason ?? ''}${cause ? ` (${cause})` : ''}`;
}
