import { describe, expect, it } from 'vitest';
import { endpointsOf, senderNetwork } from './source-endpoint.js';

describe('what a log source claims', () => {
  it('is its port for any sender', () => {
    expect(endpointsOf({ kind: 'syslog-udp', listenPort: 5514, senderAddresses: [], clientCertificate: null })).toEqual(
      [
        { ports: '[5514,5515)', sender: '0.0.0.0/0' },
        { ports: '[5514,5515)', sender: '::/0' },
      ],
    );
  });

  it('is every port of its transport when only the sender tells it', () => {
    const senderAddresses = ['10.1.0.0/16'];
    expect(
      endpointsOf({ kind: 'syslog-udp', listenPort: null, senderAddresses, clientCertificate: null })[0]?.ports,
    ).toBe('[0,65536)');
    expect(
      endpointsOf({ kind: 'syslog-tcp', listenPort: null, senderAddresses, clientCertificate: null })[0]?.ports,
    ).toBe('[65536,131072)');
  });

  it('counts a network inside another of its own once', () => {
    const senderAddresses = ['10.1.2.3/32', '10.1.0.0/16', '10.1.0.0/16', '2001:db8::/32'];
    const senders = endpointsOf({ kind: 'syslog-tcp', listenPort: 6514, senderAddresses, clientCertificate: null }).map(
      ({ sender }) => sender,
    );
    expect(senders).toEqual(['10.1.0.0/16', '2001:db8::/32']);
  });

  it('is nothing when a token tells it', () => {
    expect(endpointsOf({ kind: 'bulk', listenPort: null, senderAddresses: [], clientCertificate: null })).toEqual([]);
    expect(() => endpointsOf({ kind: 'bulk', listenPort: 9, senderAddresses: [], clientCertificate: null })).toThrow(
      /^listenPort/,
    );
    expect(() =>
      endpointsOf({ kind: 'ndjson', listenPort: null, senderAddresses: ['10.0.0.0/8'], clientCertificate: null }),
    ).toThrow(/^senderAddresses/);
  });

  it('is nothing when a certificate tells it, which takes TLS and a port', () => {
    const told = { listenPort: 6514, senderAddresses: [], clientCertificate: 'plc7.example.org' };
    expect(endpointsOf({ kind: 'syslog-tls', ...told })).toEqual([]);
    expect(() => endpointsOf({ kind: 'syslog-tcp', ...told })).toThrow(/^clientCertificate/);
    expect(() => endpointsOf({ kind: 'syslog-tls', ...told, listenPort: null })).toThrow(/^listenPort/);
    expect(() => endpointsOf({ kind: 'syslog-tls', ...told, senderAddresses: ['::/0'] })).toThrow(/^senderAddresses/);
  });

  it('shares the ports of TCP, whatever is spoken over it', () => {
    const ports = (['syslog-tcp', 'syslog-tls', 'relp'] as const).map(
      (kind) => endpointsOf({ kind, listenPort: 601, senderAddresses: [], clientCertificate: null })[0]?.ports,
    );
    expect(new Set(ports).size).toBe(1);
  });

  it('cannot be nothing for syslog', () => {
    expect(() =>
      endpointsOf({ kind: 'syslog-udp', listenPort: null, senderAddresses: [], clientCertificate: null }),
    ).toThrow(/^listenPort/);
  });
});

describe('a sender', () => {
  it.each([
    ['10.1.2.3', '10.1.2.3/32'],
    ['::ffff:10.1.2.3', '10.1.2.3/32'],
    ['10.1.0.0/16', '10.1.0.0/16'],
    ['2001:DB8:0::/48', '2001:db8::/48'],
    ['fe80::1', 'fe80::1/128'],
  ])('%s is %s', (text, network) => expect(senderNetwork(text)).toBe(network));

  it.each(['plc7', '10.1.2.3/16', '10.1.0.0/33', '10.1.2', '', '10.0.0.0/8 '])('is not %j', (text) => {
    expect(senderNetwork(text)).toBeUndefined();
  });
});
