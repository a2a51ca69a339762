/** One event on its way into an index. */
export interface EventDocument {
  /** Concrete index name, from `EventIndices`. */
  index: string;
  id: string;
  /** The event, serialised once, as UTF-8. */
  json: Buffer;
}

export interface RejectedDocument {
  id: string;
  index: string;
  reason: string;
}

export interface WriteResult {
  indexed: number;
  /** Ids of those that had been written before. */
  duplicates: string[];
  /** Elasticsearch will never take them as they are. */
  rejected: RejectedDocument[];
}
