import { describe, expect, it } from 'vitest';
import { bsdTime, freshAuthLines, freshCiscoLines, freshRows } from './fresh-times.js';

const now = new Date('2026-03-05T04:05:06.789Z');

describe('replayed logs', () => {
  it('carry the day padded by a space, as RFC 3164 wants', () => {
    expect(bsdTime(now)).toBe('Mar  5 04:05:06');
  });

  it('end now and keep the rest of the line', () => {
    const lines = freshAuthLines(
      ['Feb 22 16:45:20 slave22 sshd[1]: a', 'Feb 22 16:45:22 slave22 sshd[1]: b'],
      now,
      1000,
    );
    expect(lines).toEqual(['<86>Mar  5 04:05:05 slave22 sshd[1]: a', '<86>Mar  5 04:05:06 slave22 sshd[1]: b']);
  });

  it('keep Cisco’s milliseconds', () => {
    const [line] = freshCiscoLines(['<189>1: sw: Nov 23 02:11:07.123 UTC: %SYS-5-CONFIG_I: x'], now, 1);
    expect(line).toBe('<189>1: sw: Mar  5 04:05:06.789 UTC: %SYS-5-CONFIG_I: x');
  });

  it('move Zeek’s and Windows’ times', () => {
    expect(freshRows(['{"ts":1,"uid":"C"}'], now, 1)).toEqual([`{"ts":${now.getTime() / 1000},"uid":"C"}`]);
    expect(freshRows(['{"EventID":1102,"TimeCreated":"x"}'], now, 1)[0]).toContain('"2026-03-05 04:05:06.789"');
  });
});
