import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { compileCatalogue } from './catalogue.js';

const RULES = `
title: Failed access
name: failed
logsource: { category: authentication }
detection:
  selection: { event.outcome: failure }
  condition: selection
---
title: Root used
id: root
logsource: { category: authentication }
detection:
  selection: { user.name: root }
  condition: selection
plantwatch: { group_by: [host.name, user.name], asset: plantwatch.destination_asset.id }
---
title: Repeated failed access
id: repeated
correlation:
  type: event_count
  rules: [failed]
  group-by: [source.ip]
  timespan: 5m
  condition: { gte: 6 }
---
title: One address, many users
id: spray
correlation:
  type: value_count
  rules: [failed]
  group-by: [source.ip]
  timespan: 5m
  condition: { gte: 3, field: user.name }
`;

const { matching, errors, alerting } = compileCatalogue([{ path: 'rules.yml', text: RULES }], null);

function anEvent(fields: Partial<EcsEvent> = {}): EcsEvent {
  return {
    '@timestamp': '2026-11-23T10:00:00.000Z',
    event: { original: 'x', id: 'c1-1', created: '', kind: 'event', dataset: 'sshd', outcome: 'failure' },
    message: 'Failed password for root',
    user: { name: 'root' },
    source: { ip: '192.0.2.7' },
    ...fields,
  };
}

describe('one event against all rules', () => {
  it('feeds every correlation over a rule, and the rules that alert themselves', () => {
    expect(errors).toEqual([]);
    expect([...alerting.keys()]).toEqual(['root', 'repeated', 'spray']);
    const matches = matching.match(anEvent());
    expect(matches.map(({ ruleId, baseId }) => [ruleId, baseId])).toEqual([
      ['repeated', 'failed'],
      ['spray', 'failed'],
      ['root', 'root'],
    ]);
    expect(matches[0]).toEqual({
      ruleId: 'repeated',
      baseId: 'failed',
      eventId: 'c1-1',
      time: Date.parse('2026-11-23T10:00:00Z'),
      order: 'c1-1',
      group: { 'source.ip': '192.0.2.7' },
      groupKey: '["192.0.2.7"]',
      value: null,
      weight: 1,
      assetId: null,
      summary: 'Failed password for root',
    });
    expect(matches[1]?.value).toBe('["root"]');
  });

  it('belongs to no group of a correlation when it lacks the field', () => {
    const matches = matching.match(anEvent({ source: {} }));
    expect(matches.map(({ ruleId }) => ruleId)).toEqual(['root']);
  });

  it('still alerts by itself when it lacks a field of the group', () => {
    const [root] = matching.match(anEvent({ source: {} }));
    expect(root).toMatchObject({ group: { 'user.name': 'root' }, groupKey: '[null,"root"]' });
  });

  it('names the asset by the field that the rule names', () => {
    const event = anEvent({ plantwatch: { destination_asset: { id: 'plc-7' }, collector: 'c1', sequence: 12 } });
    const root = matching.match(event).find(({ ruleId }) => ruleId === 'root');
    expect(root).toMatchObject({ assetId: 'plc-7', order: 'c1.0000000000000012' });
  });

  it('is told apart by long values without carrying them', () => {
    const keyOf = (name: string) =>
      matching.match(anEvent({ user: { name } })).find((it) => it.ruleId === 'spray')?.value;
    const long = 'x'.repeat(100_000);
    expect(String(keyOf(long)).length).toBeLessThan(400);
    expect(keyOf(`${long}1`)).not.toBe(keyOf(`${long}2`));
  });

  it('keeps nothing of an id that the database refuses', () => {
    const event = anEvent();
    event.event.id = 'a\0b\ud800';
    expect(matching.match(event)[0]?.eventId).toBe('a\ufffdb\ufffd');
  });

  it('stands for itself at least, whatever a device says of repetitions', () => {
    const weightOf = (repeated: number) => matching.match(anEvent({ plantwatch: { repeated } }))[0]?.weight;
    expect([weightOf(0), weightOf(5)]).toEqual([1, 5]);
  });

  it('matches nothing when no rule holds', () => {
    expect(
      matching.match(anEvent({ user: {}, event: { original: '', id: 'x', created: '', kind: 'event', dataset: 'x' } })),
    ).toEqual([]);
  });
});

describe('what correlations read of an event', () => {
  const rules = `
title: Transfer
name: transfer
logsource: { category: network }
detection: { selection: { event.outcome: failure }, condition: selection }
---
title: Upload
name: upload
logsource: { category: network }
detection: { selection: { event.outcome: failure }, condition: selection }
---
title: Much sent
id: sent
correlation:
  type: value_sum
  rules: [transfer, upload]
  group-by: [source.ip]
  timespan: 1h
  aliases: { sent: { transfer: source.bytes, upload: destination.bytes } }
  condition: { field: sent, gt: 1000000 }
---
title: Often by one user
name: often
correlation:
  type: value_count
  rules: [transfer]
  group-by: [source.ip, user.name]
  timespan: 5m
  condition: { field: destination.ip, gte: 3 }
---
title: Often by many users
id: spread
correlation:
  type: value_count
  rules: [often]
  group-by: [source.ip]
  timespan: 1h
  condition: { field: user.name, gte: 5 }
`;
  const catalogue = compileCatalogue([{ path: 'rules.yml', text: rules }], null);
  const matchesOf = (fields: Partial<EcsEvent>) => catalogue.matching.match(anEvent(fields));

  it('is a number where they calculate, from the field of each rule', () => {
    expect(catalogue.errors).toEqual([]);
    const event = { source: { ip: '192.0.2.7', bytes: 1200 }, destination: { ip: '192.0.2.8', bytes: 7 } };
    const sent = matchesOf(event).filter(({ ruleId }) => ruleId === 'sent');
    expect(sent.map(({ baseId, value }) => [baseId, value])).toEqual([
      ['transfer', 1200],
      ['upload', 7],
    ]);
  });

  it('is nothing where the field is missing', () => {
    expect(matchesOf({}).find(({ ruleId }) => ruleId === 'sent')).toMatchObject({ value: null });
  });

  it('is told apart for the outermost and the one inside, with the finer group', () => {
    const spread = matchesOf({ destination: { ip: '192.0.2.8' } }).find(({ ruleId }) => ruleId === 'spread');
    expect(spread).toMatchObject({
      groupKey: '["192.0.2.7"]',
      value: '["root"]',
      inner: { often: { key: '["192.0.2.7","root"]', value: '["192.0.2.8"]' } },
    });
  });

  it('lacks the inner group where the event does', () => {
    const spread = matchesOf({ user: {} }).find(({ ruleId }) => ruleId === 'spread');
    expect(spread).toMatchObject({ value: null, inner: { often: { key: null } } });
  });
});
