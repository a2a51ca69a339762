import { isIPv4, isIPv6 } from 'node:net';

/** The 32 or 128 bits of an address as text of 0 and 1; null for what is no address. */
function bitsOf(text: string): string | null {
  if (isIPv4(text))
    return text
      .split('.')
      .map((part) => inBinary(Number(part), 8))
      .join('');
  if (!isIPv6(text)) return null;
  const dotted = /(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  const tail = dotted ? bitsOf(dotted)! : '';
  const [head = '', rest] = (dotted ? text.slice(0, -dotted.length).replace(/([^:]):$/, '$1') : text).split('::');
  const left = groups(head);
  const right = groups(rest ?? '') + tail;
  return left + '0'.repeat(128 - left.length - right.length) + right;
}

const inBinary = (value: number, width: number) => value.toString(2).padStart(width, '0');

function groups(text: string): string {
  return text
    .split(':')
    .filter(Boolean)
    .map((group) => inBinary(Number.parseInt(group, 16), 16))
    .join('');
}

const mapped = '0'.repeat(80) + '1'.repeat(16);
const unmapped = (bits: string) => (bits.startsWith(mapped) ? bits.slice(mapped.length) : bits);

/** Whether the address lies in the network; an IPv4 address (or network) written as IPv6 (::ffff:10.0.0.1) is IPv4. */
export function inNetwork(text: string, network: string): boolean {
  const [base = '', prefix] = network.split('/');
  const [written, found] = [bitsOf(base)!, bitsOf(text)];
  if (found === null) return false;
  const [wanted, address] = [unmapped(written), unmapped(found)];
  const free = prefix === undefined ? 0 : written.length - Number(prefix);
  return address.length === wanted.length && address.startsWith(wanted.slice(0, wanted.length - free));
}
