import { describe, expect, it } from 'vitest';
import { climbChange, plan, type Policy } from './escalation.js';
import { STATUSES } from './triage.js';

const since = new Date('2026-11-23T06:00:00Z');
const policy: Policy = {
  id: 'p1',
  name: 'Night',
  minSeverity: 'medium',
  steps: [
    { afterSeconds: 900, channelIds: ['lead', 'lead', 'mail'], label: 'shift lead' },
    { afterSeconds: 0, channelIds: ['analyst'], label: 'analyst' },
  ],
};

describe('a climb', () => {
  it('has the steps of the policy in order of time, counted from the raising', () => {
    expect(plan(policy, { severity: 'high', since, stepsBefore: 0 })).toEqual([
      { step: 1, dueAt: since, label: 'analyst', channelIds: ['analyst'], policy: { id: 'p1', name: 'Night' } },
      {
        step: 2,
        dueAt: new Date('2026-11-23T06:15:00Z'),
        label: 'shift lead',
        channelIds: ['lead', 'mail'],
        policy: { id: 'p1', name: 'Night' },
      },
    ]);
  });

  it('has none when the alert is milder than the policy asks for', () => {
    expect(plan(policy, { severity: 'low', since, stepsBefore: 0 })).toEqual([]);
    expect(plan(policy, { severity: 'medium', since, stepsBefore: 0 })).toHaveLength(2);
  });

  it('counts on after a reopening', () => {
    expect(plan(policy, { severity: 'high', since, stepsBefore: 2 }).map(({ step }) => step)).toEqual([3, 4]);
  });

  it('does not change with the policy', () => {
    const steps = [{ afterSeconds: 1, channelIds: ['a'], label: 'x' }];
    const planned = plan({ ...policy, steps }, { severity: 'high', since, stepsBefore: 0 });
    steps[0]?.channelIds.push('b');
    expect(planned[0]?.channelIds).toEqual(['a']);
  });

  it('stops when an alert is no longer new, and starts again when it is new again', () => {
    for (const status of STATUSES) expect(climbChange(status, status)).toBe('none');
    for (const status of ['acknowledged', 'in_progress', 'closed'] as const) {
      expect(climbChange('new', status)).toBe('stop');
      expect(climbChange(status, 'new')).toBe('restart');
    }
    expect(climbChange('acknowledged', 'in_progress')).toBe('none');
  });
});
