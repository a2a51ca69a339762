import { describe, expect, it } from 'vitest';
import { isExpired, isFull, type Generation } from './rollover.js';

const DAY = 86_400_000;
const young: Generation = { createdAt: 0, closedAt: null, documents: 10, bytes: 1000 };

describe('roll-over', () => {
  it('waits while the generation is small and young', () => {
    expect(isFull(young, 365, 29 * DAY)).toBe(false);
  });

  it('comes at 30 GB or 30 days', () => {
    expect(isFull({ ...young, bytes: 30 * 2 ** 30 }, 365, 1)).toBe(true);
    expect(isFull(young, 365, 30 * DAY)).toBe(true);
  });

  it('comes earlier when little is retained', () => {
    expect(isFull(young, 20, 5 * DAY)).toBe(true);
    expect(isFull(young, 1, DAY)).toBe(true);
  });

  it('never replaces an empty generation', () => {
    expect(isFull({ ...young, documents: 0 }, 30, 365 * DAY)).toBe(false);
  });
});

describe('retention', () => {
  it('counts from the closing of a generation', () => {
    expect(isExpired({ ...young, closedAt: DAY }, 30, 30 * DAY)).toBe(false);
    expect(isExpired({ ...young, closedAt: DAY }, 30, 31 * DAY)).toBe(true);
  });

  it('never drops the generation that is written', () => {
    expect(isExpired(young, 1, 1000 * DAY)).toBe(false);
  });
});
