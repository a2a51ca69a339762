/** Text checks for addresses. Elasticsearch refuses a whole event for one bad `ip` value, so nothing else gets there. */

export function isIp(text: string): boolean {
  if (text.length < 2 || text.length > 45) return false;
  return text.includes(':') ? isIpv6(text) : isIpv4(text, 0);
}

const PRIVATE =
  /^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;

/** Of a plant's own or the machine's: RFC 1918, 4193 (unique local), loopback and link-local. */
export function isPrivate(ip: string): boolean {
  return PRIVATE.test(ip);
}

/** A port, or undefined. */
export function portOf(text: string): number | undefined {
  if (text.length === 0 || text.length > 5) return undefined;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}

function isIpv4(text: string, from: number): boolean {
  let part = -1;
  let parts = 0;
  for (let i = from; i <= text.length; i++) {
    const digit = i < text.length ? text.charCodeAt(i) - 48 : -2;
    if (digit >= 0 && digit <= 9) {
      // A leading zero is octal to some readers.
      if (part === 0) return false;
      part = part < 0 ? digit : part * 10 + digit;
    } else {
      if (digit !== -2 || part < 0 || part > 255) return false;
      parts++;
      part = -1;
    }
  }
  return parts === 4;
}

function isIpv6(text: string): boolean {
  const gap = text.indexOf('::');
  if (gap === -1) return groups(text) === 8;
  if (text.includes('::', gap + 1)) return false;
  const head = gap === 0 ? 0 : groups(text.slice(0, gap));
  const tail = gap + 2 === text.length ? 0 : groups(text.slice(gap + 2));
  return head >= 0 && tail >= 0 && head + tail < 8;
}

/** How many 16-bit groups the text has, or NaN; a dotted IPv4 ending counts as two. */
function groups(text: string): number {
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const dotted = last.includes('.');
  if (dotted && !isIpv4(last, 0)) return NaN;
  const plain = dotted ? parts.slice(0, -1) : parts;
  return plain.every(isGroup) ? plain.length + (dotted ? 2 : 0) : NaN;
}

function isGroup(text: string): boolean {
  return /^[0-9a-fA-F]{1,4}$/.test(text);
}
