import ipaddr from 'ipaddr.js';
import { invalid } from '#platform/errors.js';

export const SOURCE_KINDS = ['syslog-udp', 'syslog-tcp', 'syslog-tls', 'relp', 'ndjson', 'bulk'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export interface SourceAddress {
  kind: SourceKind;
  /** Null: every port on which syslog of this transport arrives. */
  listenPort: number | null;
  senderAddresses: readonly string[];
  /** Tells a source of syslog over TLS, wherever it sends from. */
  clientCertificate: string | null;
}

export interface Endpoint {
  /** A PostgreSQL int4range; UDP and TCP ports lie side by side, so that one range type tells both apart. */
  ports: string;
  sender: string;
}

const PORTS = 65_536;
/** All that is spoken over TCP shares its ports. */
const FIRST = { 'syslog-udp': 0, 'syslog-tcp': PORTS, 'syslog-tls': PORTS, relp: PORTS };
const ANY_SENDER = ['0.0.0.0/0', '::/0'];

/**
 * What a source claims for itself, so that no line has two sources.
 * @returns nothing for a source that a token identifies
 * @throws UserError 400 when nothing could tell the source, or what tells it does not fit its kind
 */
export function endpointsOf({ kind, listenPort, senderAddresses, clientCertificate }: SourceAddress): Endpoint[] {
  if (clientCertificate !== null) {
    if (kind !== 'syslog-tls') throw invalid('clientCertificate', 'is for syslog-tls');
    if (senderAddresses.length) throw invalid('senderAddresses', 'is not needed: the certificate tells the source');
    if (listenPort === null) throw invalid('listenPort', 'is required');
    return [];
  }
  if (carriesToken(kind)) {
    if (listenPort !== null) throw invalid('listenPort', `is for syslog; ${kind} sources are told by their token`);
    if (senderAddresses.length)
      throw invalid('senderAddresses', `is for syslog; ${kind} sources are told by their token`);
    return [];
  }
  if (listenPort === null && senderAddresses.length === 0) {
    throw invalid('listenPort', 'is required unless senderAddresses tell the source');
  }
  const from = FIRST[kind] + (listenPort ?? 0);
  const ports = `[${from},${from + (listenPort === null ? PORTS : 1)})`;
  return (senderAddresses.length ? widest(senderAddresses) : ANY_SENDER).map((sender) => ({ ports, sender }));
}

export function carriesToken(kind: SourceKind): kind is 'ndjson' | 'bulk' {
  return kind === 'ndjson' || kind === 'bulk';
}

/** Without the networks that lie inside another of them. */
function widest(networks: readonly string[]): string[] {
  return [...new Set(networks)].filter(
    (network, _at, all) => !all.some((other) => other !== network && contains(other, network)),
  );
}

function contains(outer: string, inner: string): boolean {
  const [network, bits] = ipaddr.parseCIDR(outer);
  const [address, innerBits] = ipaddr.parseCIDR(inner);
  return network.kind() === address.kind() && bits <= innerBits && address.match(network, bits);
}

/** An address or network as one spelling in CIDR form: `10.1.2.3` is `10.1.2.3/32`. Undefined when it is neither. */
export function senderNetwork(text: string): string | undefined {
  if (isAddress(text)) {
    const address = ipaddr.process(text);
    return `${address.toString()}/${address.kind() === 'ipv4' ? 32 : 128}`;
  }
  if (!isAddress(text.split('/', 1)[0] ?? '') || !ipaddr.isValidCIDR(text)) return undefined;
  const [address, bits] = ipaddr.parseCIDR(text);
  const family = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  const network = family.networkAddressFromCIDR(text).toString();
  return network === address.toString() ? `${network}/${bits}` : undefined;
}

/** As people write it: four decimal parts (RFC 6943, section 3.1.1), or IPv6 without a zone. */
export function isAddress(text: string): boolean {
  if (text.includes('%')) return false;
  return text.includes(':') ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
}
