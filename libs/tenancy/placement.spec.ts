import { expect, it } from 'vitest';
import { isCrowded } from './placement.js';

it.each([
  [599, 1, false],
  [600, 1, true],
  [600, 2, false],
  [1200, 2, true],
])('%i shards on %i nodes: crowded is %s', (shards, nodes, crowded) => {
  expect(isCrowded(shards, nodes)).toBe(crowded);
});
