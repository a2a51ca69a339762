/** The levels of Sigma rules are our severities, mildest first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

const BASE: Record<Severity, number> = { informational: 5, low: 25, medium: 50, high: 75, critical: 90 };
/** By the criticality of an asset, 1 (low) to 4 (the plant stops or people are in danger). */
const WEIGHT: Record<number, number> = { 1: 0.8, 2: 1, 3: 1.1, 4: 1.25 };

/**
 * A number to sort the queue by, 0 to 100: the rule's level, weighted by the most critical asset that is touched.
 * An alert on no known asset counts as one on an ordinary asset.
 */
export function riskScore(severity: Severity, criticalities: readonly number[]): number {
  const worst = criticalities.length > 0 ? Math.max(...criticalities) : 2;
  return Math.min(100, Math.round(BASE[severity] * (WEIGHT[worst] ?? 1)));
}

export function atLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}
