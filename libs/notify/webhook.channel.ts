import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { Config } from '#platform/config.js';
import { OperationalError } from '#platform/errors.js';
import { addressRefusal, targetRefusal } from './address-guard.js';
import type { Outgoing } from './outgoing.js';
import { signedHeaders } from './webhook-signature.js';

const TIMEOUT_MS = 15_000;
/** Enough to free the connection politely; nobody reads the answer. */
const ANSWER_BYTES = 65_536;

type Looked = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** POST of a signed JSON body (Standard Webhooks). Follows no redirect and shows nobody the answer. */
@Injectable()
export class WebhookChannel implements OnApplicationShutdown {
  private readonly allowLoopback: boolean;
  private readonly agent: Agent;

  constructor(config: Config) {
    this.allowLoopback = config.values.WEBHOOK_ALLOW_LOOPBACK;
    const guarded = (host: string, options: LookupOptions, looked: Looked): void => this.lookup(host, options, looked);
    this.agent = new Agent({ connect: { lookup: guarded, timeout: TIMEOUT_MS }, allowH2: false });
  }

  /** @throws OperationalError unless the receiver answers 2xx in time. */
  async deliver(outgoing: Outgoing): Promise<null> {
    const { deliveryId: id, at, target, secret } = outgoing;
    const refusal = targetRefusal(target, this.allowLoopback);
    if (refusal) throw new OperationalError(`The target ${refusal}.`);
    const body = bodyOf(outgoing);
    const response = await request(target, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signedHeaders(secret ?? '', { id, at, body }) },
      body,
      dispatcher: this.agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body.dump({ limit: ANSWER_BYTES });
    const status = response.statusCode;
    if (status < 200 || status > 299) throw new OperationalError(`The receiver answered ${status}.`);
    return null;
  }

  /** The guard sits here, on the address that is connected to: a name may change its mind between check and use. */
  private lookup(host: string, options: LookupOptions, looked: Looked): void {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return looked(error, []);
      const [first] = addresses;
      const refused = addresses.find(({ address }) => addressRefusal(address, this.allowLoopback));
      if (!first || refused)
        return looked(new OperationalError(`${host} leads to an address that we do not send to.`), []);
      return options.all ? looked(null, addresses) : looked(null, first.address, first.family);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

function bodyOf({ createdAt, subject, text, data }: Outgoing): string {
  return JSON.stringify({ type: 'notification', timestamp: createdAt.toISOString(), data: { subject, text, ...data } });
}
