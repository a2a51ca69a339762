/**
 * The token in an `Authorization` header, however the shipper spells it: `Bearer TOKEN`, `ApiKey TOKEN`,
 * `ApiKey base64(id:TOKEN)`, `Basic base64(user:TOKEN)`.
 */
export function sourceToken(header: string | undefined): string | undefined {
  const [, scheme = '', value = ''] = /^(\w+) +(\S{1,500})$/.exec(header ?? '') ?? [];
  const kind = scheme.toLowerCase();
  if (kind === 'bearer') return value;
  if (kind === 'apikey') return value.startsWith('pws_') ? value : afterColon(value);
  return kind === 'basic' ? afterColon(value) : undefined;
}

function afterColon(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
}
