import { describe, expect, it } from 'vitest';
import { overall } from './verdict.js';

describe('the overall verdict', () => {
  it('is met only when every part is', () => {
    expect(overall(['met', 'met'])).toBe('met');
    expect(overall(['met', 'no_evidence', 'met'])).toBe('no_evidence');
  });

  it('is not met by a single contradiction', () => {
    expect(overall(['met', 'no_evidence', 'not_met'])).toBe('not_met');
  });

  it('is unknown when there is nothing to judge', () => {
    expect(overall([])).toBe('no_evidence');
  });
});
