export const CHANNEL_KINDS = ['webhook', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** What somebody has to be told. */
export interface Message {
  /** One delivery ever per tenant and key: letters, digits, `.`, `-` and `_`. */
  key: string;
  channelId: string;
  subject: string;
  text: string;
  /** For programs; goes into a webhook's body. */
  data: object;
}

/** One message on its way out of one channel. */
export interface Outgoing extends Omit<Message, 'channelId'> {
  deliveryId: string;
  createdAt: Date;
  /** The moment of this attempt. */
  at: Date;
  /** URL or e-mail address. */
  target: string;
  secret: string | null;
}

/** Subjects are one line: control characters would forge mail headers and log lines. */
export function oneLine(text: string, length: number): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, length);
}

/** Stable over every attempt, so that a mail that was sent twice is shown once. */
export function messageId(key: string): string {
  return `<${key}@plantwatch>`;
}
