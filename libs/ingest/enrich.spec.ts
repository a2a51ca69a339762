import { describe, expect, it } from 'vitest';
import { AssetIndex, type AssetVersion } from '#customers/asset-index.js';
import { normalise } from '#formats/normalise.js';
import { enrich, type Origin } from './enrich.js';

const MOVED = Date.parse('2026-11-01T00:00:00Z');
const zones = new Map([['z', { id: 'z', name: 'Control', site: { id: 's', name: 'Site' } }]]);

function version(facts: Partial<AssetVersion> & { assetId: string }): AssetVersion {
  const common = {
    componentType: 'embedded_device',
    criticality: 4,
    zoneId: 'z',
    validFrom: null,
    validTo: null,
  } as const;
  return { name: facts.assetId, role: 'plc', addresses: [], hostnames: [], ...common, ...facts };
}

const assets = new AssetIndex(
  [
    version({ assetId: 'plc', addresses: ['10.0.0.9'] }),
    version({
      assetId: 'ews',
      role: 'engineering_workstation',
      addresses: ['10.0.0.1'],
      hostnames: ['ews-01'],
      validFrom: MOVED,
    }),
    version({ assetId: 'ews', role: 'historian', addresses: ['10.0.0.1'], hostnames: ['ews-01'], validTo: MOVED }),
  ],
  zones,
);
const origin: Origin = { sourceId: 'src', siteId: 's', assetId: null, collector: 'c1', sender: '192.0.2.1', assets };

function event(raw: string) {
  return normalise({ raw, receivedAt: Date.parse('2026-11-23T00:00:00Z'), timeZone: 'Etc/UTC' });
}

describe('enrichment', () => {
  it('names the host’s asset, its zone and its role as of the event', () => {
    for (const [day, role] of [
      ['2026-10-01', 'historian'],
      ['2026-11-20', 'engineering_workstation'],
    ]) {
      const told = event(`<86>1 ${day}T00:00:00Z ews-01 sshd 1 - - Failed password for a from 10.0.0.9 port 1 ssh2`);
      enrich(told, origin, 7);
      expect(told.plantwatch).toMatchObject({
        asset: { id: 'ews', role },
        zone: { id: 'z', name: 'Control' },
        site: { id: 's' },
        source_asset: { id: 'plc', zone: 'Control' },
        source_id: 'src',
        sequence: 7,
      });
    }
  });

  it('falls back to the source’s own asset, then to the sender', () => {
    const unknown = event('what is this');
    enrich(unknown, { ...origin, assetId: 'plc' }, 1);
    expect(unknown.plantwatch?.asset?.id).toBe('plc');
    const bare = event('what is this');
    enrich(bare, { ...origin, sender: '10.0.0.1' }, 1);
    expect(bare.plantwatch?.asset?.id).toBe('ews');
  });
});
