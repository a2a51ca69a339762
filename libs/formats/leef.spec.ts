import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

interface Vector {
  id: string;
  input: string;
  expected: Record<string, unknown>;
}

const VECTORS: Vector[] = readFileSync('test/fixtures/ecs/cef/leef.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });

describe('LEEF', () => {
  it.each(VECTORS)('$id is read as its suite reads it', ({ input, expected }) => {
    const { leef } = read(input);
    expect({
      leef_version: leef?.version,
      vendor: leef?.device.vendor,
      product: leef?.device.product,
      product_version: leef?.device.version,
      event_id: leef?.event_id,
      delimiter: leef?.delimiter,
      attributes: leef?.attributes,
    }).toEqual(expected);
  });

  it.each([
    ['LEEF:1.0|V|P|1|E|a=1\tb=two words', '\t'],
    ['LEEF:2.0|V|P|1|E|^|a=1^b=two words', '^'],
    ['LEEF:2.0|V|P|1|E|x5E|a=1^b=two words', '^'],
    ['LEEF:2.0|V|P|1|E|0x7c|a=1|b=two words', '|'],
    ['LEEF:2.0|V|P|1|E|x09|a=1\tb=two words', '\t'],
    ['LEEF:2.0|V|P|1|E||a=1\tb=two words', '\t'],
    ['LEEF:2.0|V|P|1|E|a=1\tb=two words', '\t'],
    ['LEEF:1.0|V|P|1|E|a=1\\tb=two words', '\t'],
    ['LEEF:2.0|V|P|1|E| |a=1 b=two words', ' '],
    ['LEEF:1.0|V|P|1|E|a=1 b=two words', '\t'],
  ])('tells attributes apart in %s', (raw, delimiter) =>
    expect(read(raw).leef).toMatchObject({ delimiter, attributes: { a: '1', b: 'two words' } }),
  );

  it('puts the predefined attributes into ECS', () => {
    const event = read(
      'LEEF:1.0|Check Point|VPN-1 & FireWall-1|1.0|Drop|cat=VPN-1 & FireWall-1\tdevTime=1741944413\tsrcPort=80\tdst=10.0.0.2\t' +
        'srcPostNAT=192.0.2.1\tsrc=10.0.0.1\tdstPort=502\tproto=6\tusrName=bob\tsev=5\taction=Drop\tpolicy=p1\turl=http://h/',
    );
    expect(event).toMatchObject({
      '@timestamp': '2025-03-14T09:26:53.000Z',
      source: { ip: '10.0.0.1', port: 80, nat: { ip: '192.0.2.1' } },
      destination: { ip: '10.0.0.2', port: 502 },
      network: { transport: 'tcp', iana_number: '6' },
      user: { name: 'bob' },
      event: { code: 'Drop', severity: 5, type: ['connection', 'denied'] },
      rule: { name: 'p1' },
      observer: { vendor: 'Check Point', type: 'firewall' },
    });
  });
});
