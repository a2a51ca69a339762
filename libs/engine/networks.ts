import ipaddr from 'ipaddr.js';

/** An IPv4 network as the numbers of its first address and its mask. */
type Network = { first: number; mask: number };

/** The address as a number of 32 bits (signed), or null when the text is not four decimal parts. */
function readIPv4(text: string): number | null {
  if (text.length < 7 || text.length > 15) return null;
  let address = 0;
  let part = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46) {
      if (part < 0 || ++dots > 3) return null;
      address = (address << 8) | part;
      part = -1;
    } else {
      // A leading zero would be octal to some readers: such a text is no address.
      if (code < 48 || code > 57 || part === 0) return null;
      part = Math.max(part, 0) * 10 + code - 48;
      if (part > 255) return null;
    }
  }
  return part < 0 || dots !== 3 ? null : (address << 8) | part;
}

function networkOf(range: string): Network | { address: ipaddr.IPv6; bits: number } {
  const [address, bits] = ipaddr.parseCIDR(range);
  const mapped = address.kind() === 'ipv6' && (address as ipaddr.IPv6).isIPv4MappedAddress() && bits >= 96;
  if (address.kind() === 'ipv6' && !mapped) return { address: address as ipaddr.IPv6, bits };
  const text = mapped ? (address as ipaddr.IPv6).toIPv4Address().toString() : address.toString();
  const length = mapped ? bits - 96 : bits;
  const mask = length === 0 ? 0 : -1 << (32 - length);
  return { first: readIPv4(text)! & mask, mask };
}

/** @param ranges networks in CIDR notation @returns whether a text is an address in one of them; mapped IPv4 counts as IPv4 */
export function inNetworks(ranges: readonly string[]): (text: string) => boolean {
  const networks = ranges.map(networkOf);
  const four = networks.filter((network) => 'first' in network);
  const six = networks.filter((network) => 'address' in network);
  const inFour = (address: number) => four.some(({ first, mask }) => (address & mask) === first);
  return (text) => {
    const address = readIPv4(text);
    if (address !== null) return inFour(address);
    if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return false;
    const long = ipaddr.process(text);
    if (long.kind() === 'ipv4') return inFour(readIPv4(long.toString())!);
    return six.some((network) => long.match(network.address, network.bits));
  };
}
