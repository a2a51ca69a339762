import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMember, distinct, encodeMember, type WindowMember } from './member-code.js';

const member = fc.record(
  {
    rule: fc.string(),
    id: fc.string(),
    order: fc.string(),
    time: fc.integer(),
    value: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((it) => it + 0),
    ),
    inner: fc.dictionary(
      // The ids of correlations, of which this is none.
      fc.string().filter((id) => id !== '__proto__'),
      fc.record({ key: fc.option(fc.string()), value: fc.oneof(fc.string(), fc.integer()) }, { requiredKeys: [] }),
      { noNullPrototype: true },
    ),
    weight: fc.nat(),
    assetId: fc.option(fc.string()),
  },
  { requiredKeys: ['rule', 'id', 'order', 'time', 'weight', 'assetId'] },
);

describe('a member of a window', () => {
  it('comes back as it was stored', () => {
    fc.assert(
      fc.property(member, (it) => {
        expect(decodeMember(encodeMember(it), it.time)).toEqual(it);
      }),
    );
  });

  it('counts once for its event and rule, whatever is known of its asset', () => {
    const one: WindowMember = { rule: 'r', id: 'e', order: '1', time: 5, weight: 1, assetId: null };
    expect(distinct([one, { ...one, assetId: 'a' }, { ...one, rule: 's' }])).toEqual([
      { ...one, assetId: 'a' },
      { ...one, rule: 's' },
    ]);
  });
});
