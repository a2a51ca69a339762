import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

interface Vector {
  id: string;
  valid: boolean;
  input: string;
  expected: {
    cef_version: string;
    device_vendor: string;
    device_product: string;
    device_version: string;
    device_event_class_id: string;
    name: string;
    severity: string;
    extensions?: Record<string, string>;
    extensions_at_least?: number;
  };
}

const VECTORS: Vector[] = readFileSync('test/fixtures/ecs/cef/cef.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });
const withKeys = (extension: string) => read(`CEF:0|Maker|Product|1|100|title|5|${extension}`);

describe('CEF', () => {
  it.each(VECTORS.filter(({ valid }) => valid))('$id is read as its suite reads it', ({ input, expected }) => {
    const { cef } = read(input);
    expect({
      cef_version: cef?.version,
      device_vendor: cef?.device.vendor,
      device_product: cef?.device.product,
      device_version: cef?.device.version,
      device_event_class_id: cef?.device.event_class_id,
      name: cef?.name,
      severity: cef?.severity,
    }).toEqual({
      cef_version: expected.cef_version,
      device_vendor: expected.device_vendor,
      device_product: expected.device_product,
      device_version: expected.device_version,
      device_event_class_id: expected.device_event_class_id,
      name: expected.name,
      severity: expected.severity,
    });
    expect(cef?.extensions).toEqual(expected.extensions ?? cef?.extensions);
    expect(Object.keys(cef?.extensions ?? {}).length).toBeGreaterThanOrEqual(expected.extensions_at_least ?? 0);
  });

  it.each(VECTORS.filter(({ valid }) => !valid))('$id is not taken for well-formed CEF', ({ input }) => {
    const event = read(input);
    expect(event.cef === undefined || event.error !== undefined).toBe(true);
    expect(event.cef?.extensions ?? {}).toEqual({});
  });

  it.each([
    ['a=1 b=two words c=3', { a: '1', b: 'two words', c: '3' }],
    ['a=x\\=y\\\\z\\nn\\rr\\|p', { a: 'x=y\\z\nn\rr\\|p' }],
    ['url=http://h/?q=1&r=2 next=3', { url: 'http://h/?q=1&r=2', next: '3' }],
    ['a= b=1', { a: '', b: '1' }],
    ['ad.Key[0]=v ad.other-key=w', { 'ad.Key[0]': 'v', 'ad.other-key': 'w' }],
    ['__proto__=x constructor=y', { constructor: 'y' }],
    ['a=ends in a backslash\\ b=1', { a: 'ends in a backslash\\', b: '1' }],
  ])('reads the extension %s', (extension, expected) => expect(withKeys(extension).cef?.extensions).toEqual(expected));

  it('puts the dictionary into ECS', () => {
    expect(
      withKeys(
        'src=10.0.0.1 spt=1024 smac=00:0c:29:28:dd:c5 suser=bob suid=7 sntdom=PLANT shost=ews1 sourceTranslatedAddress=192.0.2.1 ' +
          'dst=10.0.0.2 dpt=502 dmac=000c.2928.ddc6 duser=plc dhost=plc1 in=10 out=20 proto=TCP app=Modbus act=blocked outcome=failure ' +
          'reason=policy fname=a.acd fsize=9 fileHash=d41d8cd98f00b204e9800998ecf8427e request=http://h/ requestMethod=GET ' +
          'dvc=10.0.0.9 dvchost=sensor1 deviceDirection=1 rt=1741944413589 cs1=Line 1 cs1Label=policy_name msg=what happened',
      ),
    ).toMatchObject({
      '@timestamp': '2025-03-14T09:26:53.589Z',
      message: 'what happened',
      event: {
        code: '100',
        severity: 5,
        action: 'blocked',
        outcome: 'failure',
        reason: 'policy',
        type: ['connection', 'denied'],
      },
      source: {
        ip: '10.0.0.1',
        port: 1024,
        mac: '00-0C-29-28-DD-C5',
        domain: 'ews1',
        bytes: 10,
        user: { name: 'bob', id: '7', domain: 'PLANT' },
        nat: { ip: '192.0.2.1' },
      },
      destination: { ip: '10.0.0.2', port: 502, mac: '00-0C-29-28-DD-C6', domain: 'plc1', bytes: 20 },
      user: { name: 'bob', target: { name: 'plc' } },
      network: { transport: 'tcp', protocol: 'modbus', direction: 'outbound' },
      file: { name: 'a.acd', size: 9, hash: { md5: 'd41d8cd98f00b204e9800998ecf8427e' } },
      url: { original: 'http://h/' },
      http: { request: { method: 'GET' } },
      observer: { vendor: 'Maker', product: 'Product', version: '1', name: 'sensor1', ip: ['10.0.0.9'] },
      host: { name: 'sensor1' },
      rule: { name: 'Line 1' },
      plantwatch: { audit_category: 'access_control' },
    });
  });

  it('leaves out what a field cannot hold', () => {
    const event = withKeys('src=$src_ip spt=99999 smac=none dst=N/A dpt=-1 in=many proto= cnt=1');
    expect(event.source).toBeUndefined();
    expect(event.destination).toBeUndefined();
    expect(event.cef?.extensions.src).toBe('$src_ip');
  });

  it('keeps the time of the header where the message has no whole one', () => {
    const inHeader = (rt: string) => read(`<14>Mar 14 09:26:53 h CEF:0|a|b|1|2|c|1|rt=${rt}`)['@timestamp'];
    expect(inHeader('2022-07-05 23:50:04')).toBe('2025-03-14T09:26:53.000Z');
    expect(inHeader('1741944413589')).toBe('2025-03-14T09:26:53.589Z');
    expect(inHeader('Mar 14 2025 10:26:53.589 +0100')).toBe('2025-03-14T09:26:53.589Z');
    expect(withKeys('rt=Mar 14 2025 12:26:53 dtz=Asia/Riyadh')['@timestamp']).toBe('2025-03-14T09:26:53.000Z');
  });
});
