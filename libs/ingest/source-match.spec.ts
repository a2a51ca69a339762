import { describe, expect, it } from 'vitest';
import { plainSender, sourceOf } from './source-match.js';

const any = { name: 'any', senderAddresses: [] };
const wide = { name: 'wide', senderAddresses: ['10.0.0.0/8'] };
const narrow = { name: 'narrow', senderAddresses: ['10.1.0.0/16', 'fd00::/8'] };

describe('the source of a sender', () => {
  it('is the one with the narrowest network', () => {
    expect(sourceOf([any, wide, narrow], '10.1.2.3')).toBe(narrow);
    expect(sourceOf([narrow, wide, any], '10.2.2.3')).toBe(wide);
    expect(sourceOf([narrow, wide, any], '192.0.2.1')).toBe(any);
  });

  it('is none when no network holds the address', () => {
    expect(sourceOf([wide, narrow], '192.0.2.1')).toBeUndefined();
    expect(sourceOf([], '192.0.2.1')).toBeUndefined();
    expect(sourceOf([any], '')).toBeUndefined();
  });

  it('is found for IPv6, and for IPv4 that comes mapped into it', () => {
    expect(sourceOf([wide, narrow], 'fd12::1')).toBe(narrow);
    expect(sourceOf([wide], '::ffff:10.9.9.9')).toBe(wide);
    expect(plainSender('::ffff:10.9.9.9')).toBe('10.9.9.9');
  });
});
