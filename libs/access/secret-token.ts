import { createHash } from 'node:crypto';

export const SESSION_COOKIE = 'plantwatch_session';

/** Tokens carry 256 random bits, so a plain SHA-256 is enough to keep them by. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function formatToken(prefix: string, secret: Buffer): string {
  return `${prefix}_${secret.toString('base64url')}`;
}

/** The token of an `Authorization: Bearer` header (RFC 6750), or undefined. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([\w~+/.-]{16,200}=*)$/i.exec(header ?? '')?.[1];
}

/** One cookie of a Cookie header (RFC 6265), or undefined. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}
