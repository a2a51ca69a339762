import { describe, expect, it } from 'vitest';
import { parseSigma } from './parse.js';
import { replay, type Seen } from './replay.js';
import { compileRuleset } from './ruleset.js';

const rules = `title: door
id: door
logsource: { product: p }
detection: { s: { kind: door }, condition: s }
plantwatch: { group_by: [host], dedup: 10m }
---
title: knock
id: knock
logsource: { product: p }
detection: { s: { kind: knock }, condition: s }
---
title: knocking
id: knocking
correlation: { type: value_count, rules: [knock], group-by: [host], timespan: 1m, condition: { field: hand, gte: 2 } }
---
title: entry
id: entry
correlation: { type: temporal_ordered, rules: [knocking, door], group-by: [host], timespan: 5m, generate: true }
`;
const { documents } = parseSigma(rules, 'f.yml');
const ruleset = compileRuleset(documents);

let arrived = 0;
const at = (seconds: number, event: object): Seen => {
  const order = String(arrived++).padStart(6, '0');
  return { event, id: order, order, time: seconds * 1000 };
};
const raised = (...history: Seen[]) => replay(ruleset, history).map(({ id, members }) => `${id} ${members.length}`);

describe('a replay', () => {
  it('joins the matches of a group that lie close', () => {
    const door = (seconds: number, host?: string) => at(seconds, { kind: 'door', host });
    expect(raised(door(0, 'a'), door(600, 'a'), door(1201, 'a'), door(5, 'b'))).toEqual(['door 2', 'door 1', 'door 1']);
  });

  it('raises a single-event rule though a field of its group is missing', () => {
    expect(raised(at(0, { kind: 'door' }))).toEqual(['door 1']);
  });

  it('gives chained correlations what they count', () => {
    const history = [
      at(0, { kind: 'knock', host: 'a', hand: 'left' }),
      at(1, { kind: 'knock', host: 'a', hand: 'right' }),
      at(2, { kind: 'door', host: 'a' }),
    ];
    expect(raised(...history).toSorted()).toEqual(['door 1', 'entry 3', 'knocking 2']);
    expect(raised(...history.toReversed()).toSorted()).toEqual(['door 1', 'entry 3', 'knocking 2']);
  });

  it('leaves out of a correlation what lacks a field of its group', () => {
    expect(raised(at(0, { kind: 'knock', hand: 'left' }), at(1, { kind: 'knock', hand: 'right' }))).toEqual([]);
  });
});
