/** Insertions, deletions, replacements and swaps of neighbours that make one word of the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same, swap));
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}

/** The known name that was probably meant, or null. */
export function nearest(word: string, known: readonly string[]): string | null {
  const lower = word.slice(0, 64).toLowerCase().replaceAll('_', '-');
  const ranked = known
    .map((name) => ({ name, away: distance(lower, name.toLowerCase().replaceAll('_', '-')) }))
    .toSorted((one, other) => one.away - other.away);
  const best = ranked[0];
  return best && best.away <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}
