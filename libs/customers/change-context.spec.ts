import { describe, expect, it } from 'vitest';
import { justify, refusedDecision, type PlannedChange } from './change-context.js';

const asset = { id: 'plc', zoneId: 'cell', siteId: 'north' };
const at = (hour: number): Date => new Date(Date.UTC(2026, 4, 1, hour));

function change(fields: Partial<PlannedChange>): PlannedChange {
  const scope = { assetIds: [], zoneId: null, siteId: null };
  const text = { id: '1', reference: 'MW-1', reason: 'firmware' };
  return { kind: 'maintenance_window', ...text, ...scope, startsAt: at(8), endsAt: at(10), ...fields };
}

describe('a planned change', () => {
  it.each([
    ['its asset', { assetIds: ['other', 'plc'] }],
    ['its zone', { zoneId: 'cell' }],
    ['its whole site', { siteId: 'north' }],
  ])('justifies by %s', (_scope, scope) => {
    expect(justify([change(scope)], asset, at(9))).toEqual({
      kind: 'maintenance_window',
      id: '1',
      reference: 'MW-1',
      reason: 'firmware',
    });
  });

  it('justifies nothing elsewhere', () => {
    const elsewhere = [change({ assetIds: ['other'] }), change({ zoneId: 'other' }), change({ siteId: 'south' })];
    expect(justify(elsewhere, asset, at(9))).toBeNull();
  });

  it('does not take an asset without a place for one that is everywhere', () => {
    expect(justify([change({ assetIds: ['other'] })], { id: 'plc', zoneId: null, siteId: null }, at(9))).toBeNull();
  });

  it('holds from its first moment until just before its last', () => {
    const window = [change({ assetIds: ['plc'] })];
    expect(justify(window, asset, at(8))).not.toBeNull();
    expect(justify(window, asset, new Date(at(10).getTime() - 1))).not.toBeNull();
    expect(justify(window, asset, at(10))).toBeNull();
    expect(justify(window, asset, new Date(at(8).getTime() - 1))).toBeNull();
  });

  it('prefers the ticket to the window, and then the older', () => {
    const covering = { assetIds: ['plc'] };
    const changes = [
      change(covering),
      change({ ...covering, kind: 'change_ticket', id: '3' }),
      change({ ...covering, kind: 'change_ticket', id: '2' }),
    ];
    expect(justify(changes, asset, at(9))).toMatchObject({ kind: 'change_ticket', id: '2' });
  });
});

describe('deciding a ticket', () => {
  it('takes a second person', () => {
    expect(refusedDecision({ state: 'draft', createdBy: 'ann' }, 'ann')?.status).toBe(409);
    expect(refusedDecision({ state: 'draft', createdBy: 'ann' }, 'bob')).toBeUndefined();
  });

  it('happens once', () => {
    expect(refusedDecision({ state: 'rejected', createdBy: 'ann' }, 'bob')?.message).toContain('rejected already');
  });
});
