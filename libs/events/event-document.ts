/** One event on its way into an index. */
export interface EventDocument {
  /** Concrete index name, from `EventIndices`. */
  index: string;
  id: string;
  /** The event, serialised once. */
  json: string;
}

export interface RejectedDocument {
  id: string;
  index: string;
  reason: string;
}

export interface WriteResult {
  indexed: number;
  /** Had been written before, by the same identity. */
  duplicates: number;
  /** Elasticsearch will never take them as they are. */
  rejected: RejectedDocument[];
}
