import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

interface Vector {
  id: string;
  input: string;
  expected_ecs_subset: Record<string, unknown>;
}

const VECTORS: Vector[] = readFileSync('test/fixtures/ecs/device/firewall_ecs.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Where we differ from the patterns of Logstash, and why. */
const ARGUED: Record<string, { why: string; expected: Record<string, unknown> }> = {
  'fw-s010': {
    why: "numbers of a packet are no root fields of ECS and stand under the format's name; ECS says observer.name",
    expected: {
      observer: { name: 'IKCS-Web', ingress: { interface: { name: 'eth0' } }, egress: { interface: { name: 'eth1' } } },
      netfilter: { flow_label: '804001', ttl: 255, length: 527 },
    },
  },
};

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });
const asa = (text: string) => read(`<166>Mar 14 09:26:53 fw1 : %ASA-${text}`);

describe('Cisco ASA', () => {
  it.each(VECTORS)('$id agrees with the patterns of Logstash', ({ id, input, expected_ecs_subset }) => {
    const event = read(input);
    expect(event).toMatchObject(ARGUED[id]?.expected ?? expected_ecs_subset);
    expect(event.plantwatch?.parser).toMatch(/^(?:cisco-asa|netfilter)$/);
  });

  it.each([
    [
      '6-302013: Built inbound TCP connection 1234 for outside:192.0.2.1/40001 (192.0.2.1/40001)(PLANT\\bob) to inside:10.0.0.2/502 (203.0.113.2/502)',
      {
        event: { action: 'connection_built', type: ['connection', 'allowed', 'start'], code: 'ASA-6-302013' },
        source: { ip: '192.0.2.1', port: 40001, user: { name: 'PLANT\\bob' } },
        destination: { ip: '10.0.0.2', port: 502, nat: { ip: '203.0.113.2', port: 502 } },
        network: { transport: 'tcp', direction: 'inbound' },
        observer: { ingress: { interface: { name: 'outside' } }, egress: { interface: { name: 'inside' } } },
        cisco: { asa: { connection_id: '1234' } },
      },
    ],
    [
      '6-302013: Built outbound TCP connection 7 for outside:192.0.2.1/443 (192.0.2.1/443) to inside:10.0.0.2/40001 (203.0.113.2/40001)',
      { source: { ip: '10.0.0.2', nat: { ip: '203.0.113.2' } }, destination: { ip: '192.0.2.1', port: 443 } },
    ],
    [
      '6-302014: Teardown TCP connection 7 for outside:192.0.2.1/443 to inside:10.0.0.2/40001 duration 0:01:05 bytes 4711 TCP FINs',
      {
        event: { type: ['connection', 'end'], duration: 65_000_000_000, reason: 'TCP FINs' },
        network: { bytes: 4711 },
        destination: { ip: '10.0.0.2', port: 40001 },
      },
    ],
    [
      '6-302020: Built inbound ICMP connection for faddr 192.0.2.1/1 gaddr 203.0.113.2/8 laddr 10.0.0.2/8',
      {
        source: { ip: '10.0.0.2', nat: { ip: '203.0.113.2' } },
        destination: { ip: '192.0.2.1' },
        cisco: { asa: { icmp_seq: 1, icmp_type: 8 } },
      },
    ],
    [
      '6-106100: access-list OT_IN denied tcp inside/10.0.0.1(1234) -> plant/10.1.0.2(502) hit-cnt 3 300-second interval [0x1, 0x2]',
      {
        event: { type: ['connection', 'denied'], outcome: 'failure' },
        source: { ip: '10.0.0.1', port: 1234 },
        destination: { ip: '10.1.0.2', port: 502 },
        rule: { name: 'OT_IN' },
        cisco: { asa: { hit_count: 3 } },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      '4-106023: Deny udp src outside:2001:db8::1/53 dst inside:2001:db8::2/1024 by access-group "OUT" [0x0, 0x0]',
      {
        source: { ip: '2001:db8::1', port: 53 },
        destination: { ip: '2001:db8::2', port: 1024 },
        network: { transport: 'udp' },
      },
    ],
    [
      '2-106016: Deny IP spoof from (10.1.1.1) to 10.11.11.19 on interface TestInterface',
      { event: { category: ['intrusion_detection', 'network'] } },
    ],
    [
      '6-605004: Login denied from 10.0.0.5/40001 to inside:10.0.0.1/ssh for user "admin"',
      {
        event: { category: ['authentication'], action: 'login', outcome: 'failure' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5', port: 40001 },
        destination: { ip: '10.0.0.1', port: 22 },
      },
    ],
    [
      '6-113004: AAA user authentication Successful : server =  10.0.0.9 : user = bob',
      { event: { outcome: 'success' }, user: { name: 'bob' } },
    ],
    [
      '6-113005: AAA user authentication Rejected : reason = AAA failure : server = 10.0.0.9 : user = bob : user IP = 192.0.2.7',
      { event: { outcome: 'failure', reason: 'AAA failure' }, user: { name: 'bob' }, source: { ip: '192.0.2.7' } },
    ],
    [
      '4-113019: Group = VPN, Username = bob, IP = 192.0.2.7, Session disconnected. Session Type: SSL, Duration: 0h:01m:02s, Bytes xmt: 1, Bytes rcv: 2, Reason: User Requested',
      {
        event: { action: 'logout', reason: 'User Requested' },
        user: { name: 'bob' },
        group: { name: 'VPN' },
        source: { ip: '192.0.2.7' },
      },
    ],
    [
      "5-111010: User 'admin', running 'CLI' from IP 10.0.0.5, executed 'no logging host inside 10.0.0.9'",
      {
        event: { action: 'logging_disabled' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
        process: { command_line: 'no logging host inside 10.0.0.9' },
        plantwatch: { audit_category: 'audit_log' },
      },
    ],
    [
      "5-111008: User 'admin' executed the 'write memory' command.",
      { event: { type: ['change'] }, plantwatch: { audit_category: 'configuration_change' } },
    ],
    ["7-111009: User 'admin' executed cmd: show run", { event: { type: ['access'] } }],
    [
      '5-502101: New user added to local dbase: Uname: eve Priv: 15 Encpass: *****',
      { event: { type: ['user', 'creation'] }, user: { name: 'eve' } },
    ],
    [
      '1-104001: (Secondary) Switching to ACTIVE - HELLO not heard from mate.',
      { event: { action: 'failover', reason: 'HELLO not heard from mate.' } },
    ],
    [
      '6-315011: SSH session from 10.0.0.5 on interface inside for user "admin" terminated normally',
      { event: { action: 'logout' }, user: { name: 'admin' } },
    ],
    [
      '5-304001: 10.0.0.5 Accessed URL 192.0.2.1:/index.html',
      { url: { original: '/index.html' }, destination: { ip: '192.0.2.1' } },
    ],
  ])('%s', (text, expected) => expect(asa(text)).toMatchObject({ ...expected, host: { name: 'fw1' } }));

  it.each([
    [
      'IPSEC: Received an ESP packet (SPI= 0x1B, sequence number= 0x28B) from 192.0.2.1 (user= bob) to 10.0.0.2 that failed anti-replay checking.',
      {
        source: { ip: '192.0.2.1', user: { name: 'bob' } },
        destination: { ip: '10.0.0.2' },
        cisco: { asa: { ipsec: { protocol: 'ESP', spi: '0x1B', seq_num: '0x28B' } } },
      },
    ],
    [
      'IPSEC: An inbound LAN-to-LAN SA (SPI= 0xF8) between 192.0.2.1 and 10.0.0.2 (user= bob) has been created.',
      { source: { ip: '192.0.2.1' }, cisco: { asa: { outcome: 'created', ipsec: { tunnel_type: 'LAN-to-LAN' } } } },
    ],
    [
      '[ Scanning] drop rate-1 exceeded. Current burst rate is 10 per second, max configured rate is 9; Current average rate is 5 per second, max configured rate is 4; Cumulative total count is 100',
      {
        event: { kind: 'alert' },
        cisco: { asa: { burst: { object: 'Scanning', current_rate: 10, cumulative_count: 100 } } },
      },
    ],
    ['3 in use, 11 most used', { cisco: { asa: { connections: { in_use: 3, most_used: 11 } } } }],
    ["Resource 'conns' limit of 2 reached for system", { cisco: { asa: { resource: { name: 'conns', limit: 2 } } } }],
    [
      'Group = g1, IP = 192.0.2.1, Automatic NAT Detection Status: Remote end is NOT behind a NAT device',
      { source: { ip: '192.0.2.1' }, cisco: { asa: { source: { group: 'g1' } } } },
    ],
    [
      'Failed to locate egress interface for UDP from inside:10.0.0.1/7 to 10.9.0.1/8',
      {
        event: { reason: 'Failed to locate egress interface', type: ['connection', 'denied'] },
        source: { ip: '10.0.0.1', port: 7 },
      },
    ],
    ['Deny inbound UDP from 192.0.2.1/53 to 10.0.0.2/53 due to DNS Query', { event: { reason: 'DNS Query' } }],
    [
      'TCP access denied by ACL from 192.0.2.1/4000 to outside:10.0.0.2/22',
      { cisco: { asa: { outcome: 'denied by ACL' } }, destination: { port: 22 } },
    ],
    ['Deny inbound protocol 47 src outside:192.0.2.1 dst inside:10.0.0.2', { network: { transport: 'gre' } }],
  ])('without its head: %s', (raw, expected) =>
    expect(read(raw)).toMatchObject({ ...expected, plantwatch: { parser: 'cisco-asa' } }),
  );

  it.each([
    ['Deny of service is no firewall line', undefined],
    ['Built with care by src', undefined],
    ['%ASA-9-106023: x', undefined],
  ])('%s is not taken for one', (text) =>
    expect(read(`<166>Mar 14 09:26:53 fw1 : ${text}`).event.module).not.toBe('cisco'),
  );

  it('reads connection events of Firepower', () => {
    const pairs =
      'AccessControlRuleAction: Block, SrcIP: 10.0.0.1, DstIP: 10.1.0.2, SrcPort: 1234, DstPort: 502, Protocol: tcp, IngressZone: IT, EgressZone: OT, AccessControlRuleName: No IT, please, User: No Authentication Required, InitiatorBytes: 66';
    const expected = {
      event: { type: ['connection', 'denied'], dataset: 'cisco.ftd' },
      source: { ip: '10.0.0.1', port: 1234, bytes: 66 },
      destination: { ip: '10.1.0.2', port: 502 },
      rule: { name: 'No IT, please' },
      observer: { ingress: { zone: 'IT' }, egress: { zone: 'OT' } },
    };
    expect(read(`<166>Mar 14 09:26:53 fw1 : %FTD-6-430003: ${pairs}`)).toMatchObject(expected);
    const event = read(`<166>Mar 14 09:26:53 fmc1 SFIMS: ${pairs}`);
    expect(event).toMatchObject(expected);
    expect(event.user).toBeUndefined();
  });
});
