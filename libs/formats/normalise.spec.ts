import { describe, expect, it } from 'vitest';
import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import { normalise, type RawInput } from './normalise.js';

const read = (raw: string, more: Partial<RawInput> = {}) =>
  normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'Europe/Berlin', ...more });

describe('a pinned parser', () => {
  it('is tried where recognition would not look for it', () => {
    const raw = '<86>Nov 23 10:00:00 h odd-name: Failed password for root from 10.0.0.9 port 22 ssh2';
    expect(read(raw).event.outcome).toBeUndefined();
    expect(read(raw, { parser: 'sshd' })).toMatchObject({
      event: { outcome: 'failure' },
      plantwatch: { parser: 'sshd' },
    });
  });

  it('gives way to the others when the line is not its own, and says so', () => {
    const event = read('<86>Nov 23 10:00:00 h sshd[1]: Failed password for root from 10.0.0.9 port 22 ssh2', {
      parser: 'zeek',
    });
    expect(event).toMatchObject({ event: { outcome: 'failure' }, tags: expect.arrayContaining(['parser_mismatch']) });
  });
});

describe('the mapped fields', () => {
  it('are at most 150, and none is a part of another', () => {
    const paths = Object.keys(MAPPED_FIELDS);
    expect(paths.length).toBeLessThanOrEqual(150);
    for (const path of paths) expect(paths.filter((other) => other.startsWith(`${path}.`))).toEqual([]);
  });
});
