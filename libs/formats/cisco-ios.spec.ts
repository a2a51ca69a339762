import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const ios = (message: string) =>
  normalise({
    raw: `<189>29: edge1: Mar 14 09:26:53.123: ${message}`,
    receivedAt: Date.parse('2025-03-14T09:30:00Z'),
    timeZone: 'UTC',
  });

describe('Cisco IOS', () => {
  it.each([
    [
      '%SYS-5-CONFIG_I: Configured from console by admin on vty0 (10.0.0.1)',
      {
        event: { category: ['configuration'], type: ['change'], code: 'SYS-5-CONFIG_I' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.1' },
      },
    ],
    [
      '%MGBL-SYS-5-CONFIG_I : Configured from console by core on vty0 (10.0.1.100)',
      { event: { action: 'configuration_changed' }, user: { name: 'core' }, source: { ip: '10.0.1.100' } },
    ],
    [
      '%VSHD-5-VSHD_SYSLOG_CONFIG_I: Configured from vty by admin on 10.0.0.1@pts/0',
      { user: { name: 'admin' }, source: { ip: '10.0.0.1' } },
    ],
    ['%SYS-5-CONFIG_I: Configured from 10.0.0.5 by snmp', { user: { name: 'snmp' }, source: { ip: '10.0.0.5' } }],
    [
      '%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: admin] [Source: 10.0.0.1] [localport: 22] [Reason: Login Authentication Failed] at 09:26:53 UTC Fri Mar 14 2025',
      {
        event: { category: ['authentication'], outcome: 'failure', reason: 'Login Authentication Failed' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.1' },
        destination: { port: 22 },
      },
    ],
    [
      '%SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: admin] [Source: 10.0.0.1] [localport: 22] at 09:26:53 UTC Fri Mar 14 2025',
      { event: { action: 'login', outcome: 'success' }, user: { name: 'admin' } },
    ],
    [
      '%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:no logging host 10.0.0.9',
      {
        event: { action: 'logging_disabled', category: ['configuration'] },
        process: { command_line: 'no logging host 10.0.0.9' },
        user: { name: 'admin' },
        plantwatch: { audit_category: 'audit_log' },
      },
    ],
    [
      '%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:clear logging',
      { event: { action: 'audit_log_cleared' } },
    ],
    [
      '%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:interface Vlan1',
      { event: { action: 'command', type: ['change'] }, plantwatch: { audit_category: 'configuration_change' } },
    ],
    [
      '%SYS-6-LOGGINGHOST_STARTSTOP: Logging to host 10.0.0.9 port 514 stopped - CLI initiated',
      { event: { action: 'logging_disabled' }, destination: { ip: '10.0.0.9' } },
    ],
    [
      '%SYS-5-RELOAD: Reload requested by admin on vty0 (10.0.0.1). Reload Reason: Reload command.',
      {
        event: { category: ['host'], action: 'reload' },
        user: { name: 'admin' },
        plantwatch: { audit_category: 'control_system' },
      },
    ],
    [
      '%SEC-6-IPACCESSLOGP: list 101 denied tcp 10.0.0.1(1234) -> 10.0.0.2(502), 1 packet',
      {
        event: { type: ['connection', 'denied'] },
        source: { ip: '10.0.0.1', port: 1234 },
        destination: { ip: '10.0.0.2', port: 502 },
        network: { transport: 'tcp' },
        cisco: { ios: { access_list: '101' } },
      },
    ],
    ['%SEC-6-IPACCESSLOGS: list 1 denied 10.0.0.1 1 packet', { source: { ip: '10.0.0.1' } }],
    [
      '%LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet0/1, changed state to down',
      { cisco: { ios: { interface: { name: 'GigabitEthernet0/1', state: 'down' } } } },
    ],
    [
      "%SSH-5-SSH2_USERAUTH: User 'admin' authentication for SSH2 Session from 10.0.0.1 (tty = 0) using crypto cipher 'aes', hmac 'sha' Failed",
      { event: { outcome: 'failure' }, user: { name: 'admin' }, source: { ip: '10.0.0.1' } },
    ],
    [
      '%SNMP-3-AUTHFAIL: Authentication failure for SNMP req from host 10.0.0.1',
      { event: { outcome: 'failure' }, source: { ip: '10.0.0.1' } },
    ],
    [
      '%SYSMGR-STANDBY-3-SHUTDOWN_START: The System Manager has started',
      {
        event: { code: 'SYSMGR-STANDBY-3-SHUTDOWN_START' },
        cisco: { ios: { facility: 'SYSMGR-STANDBY', mnemonic: 'SHUTDOWN_START' } },
      },
    ],
  ])('%s', (message, expected) => {
    expect(ios(message)).toMatchObject({
      ...expected,
      host: { name: 'edge1' },
      '@timestamp': '2025-03-14T09:26:53.123Z',
    });
    expect(ios(message).event.dataset).toBe('cisco.ios');
  });

  it('does not take a command of the user mode for a change', () => {
    const event = ios('%PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:!exec: enable');
    expect(event.event.type).toEqual(['info']);
    expect(event.plantwatch?.audit_category).toBeUndefined();
  });

  it('gives nobody a name who has none', () => {
    expect(ios('%SYS-5-CONFIG_I: Configured from console by console').user).toBeUndefined();
    expect(ios('%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: ] [Source: 10.0.0.1]').user).toBeUndefined();
  });

  it('tells a firewall from a switch', () => {
    expect(ios('%ASA-4-402119: IPSEC: Received an ESP packet').event.dataset).toBe('cisco.asa');
  });

  it.each(['100% of %OK', '%-5-X: a', '%A-9-B: a', '% A-1-B', '%AB1-CD: x'])('%s holds no mnemonic', (message) => {
    expect(ios(message).event.module).not.toBe('cisco');
  });
});
