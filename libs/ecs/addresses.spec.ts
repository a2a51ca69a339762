import fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isIp, portOf } from './addresses.js';

describe('an address', () => {
  it('is one exactly when Node says so', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789abf.:g%'), maxLength: 24 });
    const check = (text: string): void => expect(isIp(text)).toBe(isIP(text) !== 0 && !text.includes('%'));
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), near), (text) => void check(text)),
      { numRuns: 2000 },
    );
  });

  it.each(['1.2.3.4', '::', '::1', 'fe80::1', '::ffff:10.0.0.1', '2001:db8:0:0:0:0:0:1'])('%s is one', (text) =>
    expect(isIp(text)).toBe(true),
  );
  it.each(['01.2.3.4', '1.2.3', '1.2.3.4.5', '256.1.1.1', ':::', '1::2::3', 'host', '', '1:2:3:4:5:6:7'])(
    '%s is none',
    (text) => expect(isIp(text)).toBe(false),
  );

  it.each([
    ['0', 0],
    ['65535', 65535],
    ['65536', undefined],
    ['-1', undefined],
    ['x', undefined],
    ['', undefined],
  ])('port %s is %s', (text, port) => expect(portOf(text)).toBe(port));
});
