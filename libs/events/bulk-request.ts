import type { EventDocument, RejectedDocument } from './event-document.js';

/** Measured: two to three megabytes a request are best; many indices in one request are several times slower. */
const LIMITS = { bytes: 2_500_000, indices: 20 };

/** Bytes of an item besides its names and its document. */
const HEAD = '{"create":{"_index":"","_id":""}}\n\n'.length;
const NEWLINE = 10;

/** What Elasticsearch may say of an item that a later attempt can change. */
const LATER = new Set([429, 500, 502, 503, 504]);

export interface BulkItem {
  status: number;
  error?: { type?: string; reason?: string; caused_by?: { reason?: string } };
}

export interface BulkOutcome {
  indexed: number;
  duplicates: string[];
  rejected: RejectedDocument[];
  again: EventDocument[];
}

/** Documents grouped by index, in requests of a good size. */
export function bulkRequests(documents: readonly EventDocument[], limits = LIMITS): EventDocument[][] {
  const byIndex = Map.groupBy(documents, (document) => document.index);
  const requests: EventDocument[][] = [];
  let request: EventDocument[] = [];
  let indices = 0;
  let bytes = 0;
  const close = (): void => {
    if (request.length > 0) requests.push(request);
    request = [];
    indices = 0;
    bytes = 0;
  };
  for (const group of byIndex.values()) {
    if (indices === limits.indices) close();
    indices += 1;
    for (const document of group) {
      if (bytes > 0 && bytes + document.json.length > limits.bytes) {
        close();
        indices = 1;
      }
      request.push(document);
      bytes += document.json.length;
    }
  }
  close();
  return requests;
}

/** The body of a `_bulk` request: `create` only, so that what is there already stays as it is. */
export function bulkBody(documents: readonly EventDocument[]): Buffer {
  const size = documents.reduce((sum, { index, id, json }) => sum + HEAD + index.length + id.length + json.length, 0);
  const body = Buffer.allocUnsafe(size);
  let at = 0;
  for (const { index, id, json } of documents) {
    // Names of indices and ids are ASCII.
    at += body.write(`{"create":{"_index":"${index}","_id":"${id}"}}\n`, at, 'latin1');
    at += json.copy(body, at);
    body[at++] = NEWLINE;
  }
  return body;
}

/** What became of each document; items answer documents in order. */
export function bulkOutcome(documents: readonly EventDocument[], items: readonly BulkItem[]): BulkOutcome {
  const outcome: BulkOutcome = { indexed: 0, duplicates: [], rejected: [], again: [] };
  for (const [at, document] of documents.entries()) {
    const item = items[at];
    if (!item || LATER.has(item.status)) outcome.again.push(document);
    else if (item.status < 300) outcome.indexed += 1;
    else if (item.status === 409) outcome.duplicates.push(document.id);
    else outcome.rejected.push({ id: document.id, index: document.index, reason: reason(item) });
  }
  return outcome;
}

function reason({ status, error }: BulkItem): string {
  const cause = error?.caused_by?.reason;
  return `${error?.type ?? `status ${status}`}: ${error?.reason ?? ''}${cause ? ` (${cause})` : ''}`;
}
