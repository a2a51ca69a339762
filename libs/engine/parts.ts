/** A text in lower case to be found in a field: anywhere, or only where the field's text starts or ends (or both). */
export type Part = { text: string; start: boolean; end: boolean };

/** What is told when a part is found. */
export type Pattern = Part & { id: number };

/** A part with everything that is told when it is found. */
export type Entry = Part & { ids: number[] };

/** Told the id of a pattern when it is found, at least once, until it has heard `enough`. */
export type Hits = { readonly enough: boolean; hit(id: number): void };

/** How many characters in a row are looked at as one number. */
export const GRAM = 4;

export function tell({ ids }: Entry, hits: Hits): void {
  for (let at = 0; at < ids.length; at++) hits.hit(ids[at]!);
}

/** Whether the part stands in a text in lower case. */
export function standsIn(text: string, { text: part, start, end }: Part): boolean {
  if (start) return end ? text === part : text.startsWith(part);
  return end ? text.endsWith(part) : text.includes(part);
}
