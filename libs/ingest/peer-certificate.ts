import type { PeerCertificate } from 'node:tls';

/**
 * What a client's certificate may be known by (RFC 5425, section 5.2): its SHA-256 fingerprint, and the DNS names of one
 * that a known authority has signed.
 */
export function certificateNames(certificate: Partial<PeerCertificate>, trusted: boolean): string[] {
  const { fingerprint256, subjectaltname = '' } = certificate;
  if (fingerprint256 === undefined) return [];
  const names = trusted ? [...subjectaltname.matchAll(/\bDNS:([^,"\s]+)/g)].map(([, name = '']) => name) : [];
  return [fingerprint256, ...names].map((name) => name.toLowerCase());
}
