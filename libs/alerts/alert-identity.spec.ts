import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertId, joinSpan, seriesId, spanOf, unionSpan, type Span } from './alert-identity.js';
import type { AlertFinding } from './finding.js';

const tenant = '0199c0de-0000-7000-8000-000000000001';

function aFinding(change: Partial<AlertFinding> = {}): AlertFinding {
  return {
    rule: { id: 'r1', title: 'Repeated failed access', level: 'medium', techniques: ['T0859'], description: '' },
    group: { 'source.ip': '10.0.0.7' },
    groupKey: '10.0.0.7',
    joinGap: 60_000,
    events: [
      { id: 'c1-1', time: 1_000 },
      { id: 'c1-2', time: 31_000 },
    ],
    assetIds: [],
    summary: '',
    ...change,
  };
}

describe('the identity of an alert', () => {
  it('is 32 hexadecimal digits that depend on tenant, rule, group and first event alone', () => {
    const id = alertId(tenant, aFinding());
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const more = [...aFinding().events, { id: 'c1-3', time: 40_000 }];
    expect(alertId(tenant, aFinding({ events: more, summary: 'else', assetIds: ['a'], joinGap: 1 }))).toBe(id);
    const others = [
      alertId('0199c0de-0000-7000-8000-000000000002', aFinding()),
      alertId(tenant, aFinding({ rule: { ...aFinding().rule, id: 'r2' } })),
      alertId(tenant, aFinding({ groupKey: '10.0.0.8' })),
      alertId(tenant, aFinding({ events: more.slice(1) })),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('keeps the parts apart, whatever they contain', () => {
    const one = aFinding({ rule: { ...aFinding().rule, id: 'r' }, groupKey: '1,x' });
    const other = aFinding({ rule: { ...aFinding().rule, id: 'r,1' }, groupKey: 'x' });
    expect(seriesId(tenant, one)).not.toBe(seriesId(tenant, other));
  });

  it('is of one series with what the same rule finds in the same group', () => {
    expect(seriesId(tenant, aFinding({ events: [{ id: 'c1-9', time: 9 }] }))).toBe(seriesId(tenant, aFinding()));
  });

  it('is none without an event', () => {
    expect(() => alertId(tenant, aFinding({ events: [] }))).toThrow('without an event');
  });
});

describe('joining', () => {
  // As the query for an alert to join does.
  const overlaps = (one: Span, other: Span): boolean => one.last >= other.first && one.first <= other.last;
  const at = (time: number): AlertFinding => aFinding({ events: [{ id: 'x', time }] });

  it('happens up to the gap before and after, and not beyond', () => {
    const alert = spanOf(aFinding());
    for (const time of [-59_000, 1_000, 20_000, 31_000, 91_000]) expect(overlaps(alert, joinSpan(at(time)))).toBe(true);
    for (const time of [-59_001, 91_001]) expect(overlaps(alert, joinSpan(at(time)))).toBe(false);
  });

  it('gives the same spans in whichever order close findings arrive', () => {
    const times = fc.array(
      fc.integer({ min: 0, max: 40 }).map((step) => step * 1_000),
      { minLength: 2, maxLength: 6 },
    );
    fc.assert(
      fc.property(times, (sample) => {
        const union = (order: number[]) => order.map((time) => spanOf(at(time))).reduce(unionSpan);
        expect(union(sample)).toEqual(union(sample.toReversed()));
        expect(union(sample)).toEqual({ first: new Date(Math.min(...sample)), last: new Date(Math.max(...sample)) });
      }),
    );
  });
});
