import ipaddr from 'ipaddr.js';

// Global unicast is what IANA has handed out; all else in IPv6 is special, also where it has no name yet.
const IPV6_PUBLIC = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Why nothing may be sent to this resolved address, so that a webhook cannot reach into our own network (SSRF).
 * @param address IPv4 or IPv6, also in its mapped forms
 * @returns undefined when it is a public address
 */
export function addressRefusal(address: string, allowLoopback: boolean): string | undefined {
  if (!ipaddr.isValid(address)) return 'is not an IP address';
  const ip = ipaddr.process(address);
  const range = ip.range();
  if (range === 'loopback' && allowLoopback) return undefined;
  if (range !== 'unicast') return `is in a range that we do not send to (${range})`;
  return ip.kind() === 'ipv4' || ip.match(IPV6_PUBLIC) ? undefined : 'is in a range that we do not send to (special)';
}

/**
 * Why a URL cannot be a webhook's target. Names are looked at again when they are resolved; a literal address never is,
 * so it is judged here. The URL parser has already turned octal, hexadecimal and dword forms into plain addresses.
 */
export function targetRefusal(target: string, allowLoopback: boolean): string | undefined {
  if (!URL.canParse(target)) return 'is not a URL';
  const url = new URL(target);
  if (!['http:', 'https:'].includes(url.protocol)) return 'must be an http or https URL';
  if (url.username !== '' || url.password !== '') return 'must not carry a user name or password';
  const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return ipaddr.isValid(literal) ? addressRefusal(literal, allowLoopback) : undefined;
}
