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
    version({ assetId: 'plc', addresses: ['10.0.0.9'], macs: ['00-1D-9C-C7-B0-70'], serialNumbers: ['FG100D3G16'] }),
    version({ assetId: 'gateway', addresses: ['203.0.113.7'] }),
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

  it('knows a device by its serial number and by its hardware address', () => {
    const bySerial = event(
      '<189>date=2026-11-20 time=10:00:00 devname="x" devid="FG100D3G16" logid="0100032001" type="event" subtype="system"',
    );
    enrich(bySerial, origin, 1);
    expect(bySerial.plantwatch?.asset?.id).toBe('plc');
    const byMac = {
      ...event('what is this'),
      source: { mac: '00-1D-9C-C7-B0-70' },
      host: { mac: ['00-1D-9C-C7-B0-70'] },
    };
    enrich(byMac, origin, 1);
    expect(byMac.plantwatch).toMatchObject({ asset: { id: 'plc' }, source_asset: { id: 'plc' } });
  });

  it.each([
    ['10.0.0.9', '192.168.1.1', 'internal'],
    ['10.0.0.9', '198.51.100.1', 'outbound'],
    ['198.51.100.1', 'fd00::1', 'inbound'],
    ['198.51.100.1', '203.0.113.7', 'inbound'],
    ['198.51.100.1', '198.51.100.2', 'external'],
  ])('says which way a connection from %s to %s goes, seen from the plant', (from, to, direction) => {
    const told = { ...event('what is this'), source: { ip: from }, destination: { ip: to } };
    enrich(told, origin, 1);
    expect(told).toMatchObject({ network: { direction } });
    const said = { ...told, network: { direction: 'ingress', transport: 'tcp' } };
    enrich(said, origin, 1);
    expect(said.network).toEqual({ direction: 'ingress', transport: 'tcp' });
  });
});
