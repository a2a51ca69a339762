import { describe, expect, it } from 'vitest';
import { AssetIndex, type AssetVersion } from './asset-index.js';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 4, 1, 12);
const north = { id: 'north', name: 'North plant' };
const south = { id: 'south', name: 'South plant' };
const zones = new Map([
  ['cell-1', { id: 'cell-1', name: 'Cell 1', site: north }],
  ['cell-2', { id: 'cell-2', name: 'Cell 2', site: south }],
]);

function version(fields: Partial<AssetVersion>): AssetVersion {
  const place = { zoneId: 'cell-1', addresses: ['10.0.0.7'], hostnames: ['plc7.north.local'] };
  const type = { role: 'plc', componentType: 'embedded_device', criticality: 3 } as const;
  return { assetId: 'a', name: 'PLC-7', ...type, ...place, validFrom: null, validTo: null, ...fields };
}

describe('the asset index', () => {
  it('finds an asset by address, by host name and by its own name, whatever the case', () => {
    const index = new AssetIndex([version({})], zones);
    expect(index.byAddress('10.0.0.7', NOON)).toMatchObject({ id: 'a', zone: { name: 'Cell 1' }, site: north });
    expect(index.byName('PLC7.NORTH.local', NOON)?.id).toBe('a');
    expect(index.byName('plc-7', NOON)?.id).toBe('a');
    expect(index.byAddress('10.0.0.8', NOON)).toBeUndefined();
  });

  it('knows every spelling of an IPv6 address', () => {
    const index = new AssetIndex([version({ addresses: ['2001:db8::7', '10.0.0.7'] })], zones);
    expect(index.byAddress('2001:DB8:0:0:0:0:0:7', NOON)?.id).toBe('a');
    expect(index.byAddress('::ffff:10.0.0.7', NOON)?.id).toBe('a');
  });

  it('gives an address to whoever had it at the time', () => {
    const before = version({ assetId: 'old', validTo: NOON });
    const after = version({ assetId: 'new', validFrom: NOON });
    const index = new AssetIndex([before, after], zones);
    expect(index.byAddress('10.0.0.7', NOON - 1)?.id).toBe('old');
    expect(index.byAddress('10.0.0.7', NOON)?.id).toBe('new');
  });

  it('reads an event with the role that the asset had then', () => {
    const index = new AssetIndex([version({ role: 'server', validTo: NOON }), version({ validFrom: NOON })], zones);
    expect(index.byId('a', NOON - DAY)?.role).toBe('server');
    expect(index.byId('a', NOON + DAY)?.role).toBe('plc');
    expect(index.byId('a')?.role).toBe('plc');
  });

  it('names nobody when two assets share an address, unless the site tells them apart', () => {
    const index = new AssetIndex([version({}), version({ assetId: 'b', zoneId: 'cell-2' })], zones);
    expect(index.byAddress('10.0.0.7', NOON)).toBeUndefined();
    expect(index.byAddress('10.0.0.7', NOON, 'south')?.id).toBe('b');
    expect(index.byAddress('10.0.0.7', NOON, 'west')).toBeUndefined();
  });

  it('keeps an asset without a zone, and forgets one that left the plant', () => {
    const index = new AssetIndex([version({ zoneId: null, validTo: NOON })], zones);
    expect(index.byAddress('10.0.0.7', NOON - 1)).toMatchObject({ zone: null, site: null });
    expect(index.byAddress('10.0.0.7', NOON)).toBeUndefined();
    expect(index.byId('a')?.name).toBe('PLC-7');
  });
});
