import { describe, expect, it } from 'vitest';
import { SEVERITIES, atLeast, riskScore } from './severity.js';

describe('the risk score', () => {
  it('grows with the level and with the asset, and stays within 0 to 100', () => {
    for (const criticality of [1, 2, 3, 4]) {
      const scores = SEVERITIES.map((severity) => riskScore(severity, [criticality]));
      expect(scores).toEqual(scores.toSorted((a, b) => a - b));
      expect(new Set(scores).size).toBe(scores.length);
    }
    for (const severity of SEVERITIES) {
      const scores = [1, 2, 3, 4].map((criticality) => riskScore(severity, [criticality]));
      expect(scores).toEqual(scores.toSorted((a, b) => a - b));
    }
    expect(riskScore('critical', [4])).toBe(100);
    expect(riskScore('informational', [1])).toBe(4);
  });

  it('goes by the most critical asset, and takes none for an ordinary one', () => {
    expect(riskScore('high', [1, 4, 2])).toBe(riskScore('high', [4]));
    expect(riskScore('high', [])).toBe(riskScore('high', [2]));
  });
});

it('compares severities', () => {
  expect(atLeast('high', 'medium')).toBe(true);
  expect(atLeast('medium', 'medium')).toBe(true);
  expect(atLeast('low', 'medium')).toBe(false);
});
