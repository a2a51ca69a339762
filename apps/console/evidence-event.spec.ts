import { expect, it } from 'vitest';
import { evidenceEvent } from './evidence-event.js';

it('an event becomes a row, whatever is missing', () => {
  const event = evidenceEvent({ '@timestamp': '2026-11-23T02:00:00.000Z', event: { id: 'c1-1', original: 'raw' } });
  expect(event).toMatchObject({ id: 'c1-1', original: 'raw', host: '', user: '', peers: '', received: null });
});

it('an event’s fields are listed by their dotted names, without what the row shows whole', () => {
  const event = evidenceEvent({
    '@timestamp': '2026-11-23T02:00:00.000Z',
    event: { id: 'c1-1', original: 'raw', created: '2026-11-23T02:00:01.000Z', category: ['network', 'session'] },
    message: 'Accepted',
    source: { ip: '10.0.0.1', user: { name: 'root' } },
    destination: { ip: '10.0.0.2' },
    plantwatch: { asset: { name: 'plc-1' } },
    zeek: { row: { list: [{ a: 1 }, null] } },
  });
  expect(event).toMatchObject({ host: 'plc-1', user: 'root', peers: '10.0.0.1 → 10.0.0.2', message: 'Accepted' });
  expect(event.fields).toContainEqual(['event.category', 'network, session']);
  expect(event.fields).toContainEqual(['zeek.row.list.0.a', '1']);
  expect(event.fields.map(([name]) => name)).not.toContain('event.original');
});
