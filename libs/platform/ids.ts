import { v7 } from 'uuid';

/** A UUID that sorts by time of making (RFC 9562, version 7). */
export function newId(): string {
  return v7();
}
