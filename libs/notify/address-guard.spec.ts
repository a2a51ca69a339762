import { describe, expect, it } from 'vitest';
import { addressRefusal, targetRefusal } from './address-guard.js';

describe('an address that a webhook resolved to', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    'passes when public: %s',
    (address) => {
      expect(addressRefusal(address, false)).toBeUndefined();
    },
  );

  it.each([
    ['this host', '0.0.0.0'],
    ['loopback', '127.0.0.1'],
    ['the far end of loopback', '127.255.255.254'],
    ['private, class A', '10.0.0.1'],
    ['private, class B', '172.31.255.255'],
    ['private, class C', '192.168.1.1'],
    ['cloud metadata', '169.254.169.254'],
    ['carrier-grade NAT', '100.100.100.200'],
    ['protocol assignments', '192.0.0.192'],
    ['benchmarking', '198.18.0.1'],
    ['documentation', '203.0.113.5'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 unspecified', '::'],
    ['IPv6 loopback', '::1'],
    ['IPv4-mapped metadata', '::ffff:169.254.169.254'],
    ['IPv4-mapped loopback in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-compatible loopback', '::7f00:1'],
    ['IPv4-translated loopback', '::ffff:0:7f00:1'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['local NAT64', '64:ff9b:1::a9fe:a9fe'],
    ['6to4 of a private address', '2002:a00:1::'],
    ['Teredo', '2001:0:a00:1::'],
    ['unique local', 'fd00:ec2::254'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['IPv6 documentation', '2001:db8::1'],
    ['not handed out', '4000::1'],
    ['no address', 'localhost'],
    ['empty', ''],
  ])('is refused: %s (%s)', (_name, address) => {
    expect(addressRefusal(address, false)).toBeTypeOf('string');
  });

  it('may be loopback only where that is configured, and nothing else private with it', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(addressRefusal(address, true)).toBeUndefined();
    for (const address of ['10.0.0.1', '169.254.169.254', '0.0.0.0'])
      expect(addressRefusal(address, true)).toBeTypeOf('string');
  });
});

describe('the target of a webhook', () => {
  it.each([
    'https://hooks.example.com/a?b=c',
    'http://example.com:8080/',
    'https://8.8.8.8/x',
    'https://xn--mnchen-3ya.example/',
  ])('passes: %s', (target) => {
    expect(targetRefusal(target, false)).toBeUndefined();
  });

  it.each([
    ['octal', 'http://0177.0.0.1/'],
    ['dword', 'http://2130706433/'],
    ['hexadecimal', 'http://0x7f.1/'],
    ['short', 'http://127.1/'],
    ['full-width digits', 'http://\uff11\uff12\uff17.0.0.1/'],
    ['mapped', 'http://[::ffff:169.254.169.254]/latest/meta-data'],
    ['NAT64', 'http://[64:ff9b::a9fe:a9fe]/'],
    ['unspecified', 'http://0.0.0.0:3000/'],
    ['zero', 'http://0/'],
    ['loopback', 'https://[::1]:9200/'],
    ['user name', 'https://example.com@169.254.169.254/'],
    ['user name before a public name', 'https://admin:secret@example.com/'],
    ['gopher', 'gopher://example.com:70/_x'],
    ['file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,x'],
    ['port list', 'http://example.com:80,443/'],
    ['no URL', 'example.com'],
  ])('is refused: %s (%s)', (_name, target) => {
    expect(targetRefusal(target, false)).toBeTypeOf('string');
  });

  it('passes as a name that may hide a private address, which is judged when it is resolved', () => {
    expect(targetRefusal('http://localhost./', false)).toBeUndefined();
  });
});
