import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { Config } from '#platform/config.js';
import { OperationalError } from '#platform/errors.js';
import { messageId, type Outgoing } from './outgoing.js';

const TIMEOUT_MS = 15_000;
const LIMITS = {
  connectionTimeout: TIMEOUT_MS,
  greetingTimeout: TIMEOUT_MS,
  socketTimeout: TIMEOUT_MS,
  dnsTimeout: TIMEOUT_MS,
};

/** Plain text over SMTP. */
@Injectable()
export class EmailChannel {
  constructor(private readonly config: Config) {}

  /** @returns the Message-ID. @throws Error when the mail server does not take it. */
  async deliver({ key, target, subject, text }: Outgoing): Promise<string> {
    const { SMTP_URL: url, SMTP_FROM: from } = this.config.values;
    if (!url) throw new OperationalError('No mail server is configured (SMTP_URL).');
    const transport = createTransport({ url, ...LIMITS, disableFileAccess: true, disableUrlAccess: true });
    const to = { name: '', address: target };
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transport.sendMail({ from, to, subject, text, messageId: messageId(key), headers });
    return messageId(key);
  }
}
