import { expect, it } from 'vitest';
import { formatSecret, signedHeaders } from './webhook-signature.js';

// The test vector of the Standard Webhooks reference libraries.
const vector = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' },
};

it('signs as the reference libraries do', () => {
  expect(signedHeaders(vector.secret, vector.message)).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

it('signs anew for each attempt, under the same id', () => {
  const again = signedHeaders(vector.secret, { ...vector.message, at: new Date(1_614_265_331_000) });
  expect(again['webhook-id']).toBe(vector.message.id);
  expect(again['webhook-signature']).not.toBe(signedHeaders(vector.secret, vector.message)['webhook-signature']);
});

it('writes secrets in the form that the reference libraries read', () => {
  expect(formatSecret(Buffer.alloc(24, 1))).toBe('whsec_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB');
});
