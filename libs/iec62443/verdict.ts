/** `no_evidence` is neither good nor bad: nothing was seen that could tell, and it is never shown as a pass. */
export const VERDICTS = ['not_met', 'no_evidence', 'met'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One contradiction outweighs any support, and one gap outweighs any number of passes; about nothing, nothing is known. */
export function overall(verdicts: Iterable<Verdict>): Verdict {
  const seen = new Set(verdicts);
  if (seen.size === 0) return 'no_evidence';
  return VERDICTS.find((verdict) => seen.has(verdict)) ?? 'no_evidence';
}
