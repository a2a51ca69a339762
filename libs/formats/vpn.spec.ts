import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
const openvpn = (text: string) => `<29>Nov 23 09:00:00 gw openvpn[71]: ${text}`;
const wireguard = (text: string) => `<7>Nov 23 09:00:00 gw kernel: [  12.345] wireguard: wg0: ${text}`;
const REQUEST = {
  id: 'b9a3',
  operation: 'update',
  path: 'auth/userpass/login/op',
  remote_address: '203.0.113.9',
  remote_port: 51222,
};
const vault = (document: object) => JSON.stringify({ time: '2026-11-23T09:00:00.5Z', ...document });

describe('a VPN or a vault', () => {
  it.each<[string, object]>([
    [
      openvpn('203.0.113.9:51222 [op] Peer Connection Initiated with [AF_INET]203.0.113.9:51222'),
      {
        event: { action: 'vpn_login', outcome: 'success', dataset: 'openvpn.log' },
        user: { name: 'op' },
        source: { ip: '203.0.113.9', port: 51222 },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      openvpn('203.0.113.9:51222 TLS Auth Error: Auth Username/Password verification failed for peer'),
      { event: { action: 'vpn_login', outcome: 'failure' }, source: { ip: '203.0.113.9' } },
    ],
    [
      openvpn('203.0.113.9:1 VERIFY ERROR: depth=0, error=certificate has expired: CN=op, serial=3'),
      { event: { action: 'vpn_certificate_refused', reason: 'certificate has expired', outcome: 'failure' } },
    ],
    [
      openvpn('op/203.0.113.9:51222 SIGTERM[soft,remote-exit] received, client-instance exiting'),
      { event: { action: 'vpn_session_ended', type: ['end'] }, user: { name: 'op' } },
    ],
    [
      wireguard('Receiving handshake initiation from peer 3 (203.0.113.9:51820)'),
      {
        event: { action: 'vpn_handshake_received', category: ['network'] },
        source: { ip: '203.0.113.9', port: 51820 },
        wireguard: { peer: '3' },
      },
    ],
    [
      wireguard('Handshake for peer 3 (203.0.113.9:51820) did not complete after 5 seconds, retrying (try 2)'),
      { event: { action: 'vpn_handshake_failed', outcome: 'failure' } },
    ],
    [
      vault({
        type: 'response',
        request: REQUEST,
        response: { auth: { metadata: { username: 'op' }, entity_id: 'e1' } },
      }),
      {
        '@timestamp': '2026-11-23T09:00:00.500Z',
        event: { action: 'login', outcome: 'success', category: ['authentication', 'session'], dataset: 'vault.audit' },
        user: { name: 'op', id: 'e1' },
        source: { ip: '203.0.113.9', port: 51222 },
      },
    ],
    [
      vault({ type: 'response', request: REQUEST, error: 'invalid username or password' }),
      { event: { action: 'login', outcome: 'failure', reason: 'invalid username or password' }, user: { name: 'op' } },
    ],
    [
      vault({
        type: 'response',
        auth: { display_name: 'token-ci' },
        request: { operation: 'read', path: 'secret/data/plc' },
        error: '1 error occurred:\n\t* permission denied\n\n',
      }),
      {
        event: { action: 'secret_read', type: ['access'], outcome: 'failure' },
        user: { name: 'token-ci' },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      vault({ type: 'request', auth: {}, request: { operation: 'delete', path: 'sys/audit/file' } }),
      { event: { action: 'logging_disabled' }, plantwatch: { audit_category: 'audit_log' } },
    ],
  ])('%s', (line, expected) => expect(at(line)).toMatchObject(expected));
});

describe('accounts of Linux', () => {
  it.each<[string, object]>([
    [
      "<86>Nov 23 09:00:00 h usermod[1]: add 'op' to group 'sudo'",
      { event: { action: 'user_change' }, user: { name: 'op' }, group: { name: 'sudo' } },
    ],
    [
      '<86>Nov 23 09:00:00 h gpasswd[1]: user op added by root to group wheel',
      {
        event: { action: 'group_member_added' },
        user: { name: 'root', target: { name: 'op' } },
        group: { name: 'wheel' },
      },
    ],
    [
      "<86>Nov 23 09:00:00 h userdel[1]: delete 'op' from group 'wheel'",
      { event: { action: 'user_change' }, user: { name: 'op' }, group: { name: 'wheel' } },
    ],
  ])('%s', (line, expected) => expect(at(line)).toMatchObject(expected));
});
