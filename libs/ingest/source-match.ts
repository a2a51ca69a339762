import ipaddr from 'ipaddr.js';

interface Sender {
  senderAddresses: readonly string[];
}

/** An address as sockets give it, without the mapping of IPv4 into IPv6. */
export function plainSender(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

/** The source that the sender belongs to: the one with the narrowest network around its address. */
export function sourceOf<T extends Sender>(sources: readonly T[], address: string): T | undefined {
  if (!ipaddr.isValid(address)) return undefined;
  const sender = ipaddr.process(address);
  let best: T | undefined;
  let bestBits = -1;
  for (const source of sources) {
    const bits = source.senderAddresses.length === 0 ? 0 : widestMatch(source.senderAddresses, sender);
    if (bits > bestBits) [best, bestBits] = [source, bits];
  }
  return best;
}

function widestMatch(networks: readonly string[], sender: ipaddr.IPv4 | ipaddr.IPv6): number {
  let most = -1;
  for (const text of networks) {
    const [network, bits] = ipaddr.parseCIDR(text);
    if (network.kind() === sender.kind() && sender.match(network, bits)) most = Math.max(most, bits);
  }
  return most;
}
