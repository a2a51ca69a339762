import { expect, it } from 'vitest';
import { sourceToken } from './source-credentials.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

it('finds the token however the shipper spells it', () => {
  expect(sourceToken('Bearer pws_a')).toBe('pws_a');
  expect(sourceToken('ApiKey pws_a')).toBe('pws_a');
  expect(sourceToken(`ApiKey ${base64('id:pws_a')}`)).toBe('pws_a');
  expect(sourceToken(`Basic ${base64('rsyslog:pws_a')}`)).toBe('pws_a');
  for (const header of [undefined, '', 'Bearer', 'Digest x', `Bearer ${'x'.repeat(501)}`])
    expect(sourceToken(header)).toBeUndefined();
});
