import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

export interface Signable {
  id: string;
  /** Of this attempt. */
  at: Date;
  body: string;
}

/** The headers of the Standard Webhooks specification 1.0.0, symmetric scheme v1. */
export function signedHeaders(secret: string, { id, at, body }: Signable): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** @param random 24 to 64 bytes */
export function formatSecret(random: Buffer): string {
  return PREFIX + random.toString('base64');
}
