import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });

describe('Moxa switches', () => {
  const moxa = (text: string, host = 'EDS-G512E') => read(`<14>Mar 14 09:26:53 ${host} ${text}`);
  it.each([
    ['Switch Cold Start', { action: 'restarted', category: ['host'] }, 'control_system'],
    ['Warm start', { action: 'restarted' }, 'control_system'],
    ['Configuration Change Activated', { action: 'configuration_changed' }, 'configuration_change'],
    ['Authentication Failure', { action: 'login', outcome: 'failure' }, 'access_control'],
    ['Login success, user: admin, from 10.0.0.5', { action: 'login', outcome: 'success' }, 'access_control'],
    ['Account setting changed', { action: 'password_change' }, 'access_control'],
    ['Power 1 Transition (On -> Off)', { action: 'power_changed' }, undefined],
    ['Comm. Redundancy Topology Changed', { action: 'topology_changed' }, undefined],
    ['Port 3 Link Off', { action: 'interface_state' }, undefined],
    ['Port 3 Traffic-Overload', { action: 'port_protected' }, undefined],
    ['Event log threshold reached', { action: 'audit_log_full' }, 'audit_log'],
  ])('%s', (text, expected, category) => {
    const event = moxa(text);
    expect(event).toMatchObject({
      event: { module: 'moxa', ...expected },
      observer: { vendor: 'Moxa', type: 'switch' },
    });
    expect(event.plantwatch?.audit_category).toBe(category);
  });

  it('finds port, user and address', () => {
    expect(moxa('Port 3 Link Off').moxa).toEqual({ port: '3' });
    expect(moxa('Login success, user: admin, from 10.0.0.5')).toMatchObject({
      user: { name: 'admin' },
      source: { ip: '10.0.0.5' },
    });
    expect(moxa('User logged in').user).toBeUndefined();
    expect(moxa('Cold start', 'Moxa_EtherDevice_Switch_0001').event.module).toBe('moxa');
  });
});

describe('Hirschmann switches', () => {
  it.each([
    [
      "<14>Mar 14 09:26:53 RS30-0001 TRAPMGR[trapTask]: traputil.c(721) 29331 %% NOTE 'startup-config' has changed.",
      {
        event: { action: 'configuration_changed', sequence: 29331 },
        hirschmann: { component: 'TRAPMGR', file: 'traputil.c' },
      },
    ],
    [
      '<14>Mar 14 09:26:53 RSP35-1 TRAPMGR[1]: traputil.c(636) 7 %% Link Down: Unit: 0 Slot: 1 Port: 4',
      { event: { action: 'interface_state' } },
    ],
    [
      '<13>Mar 14 09:26:53 BRS40-1 hm2ConfigurationSavedTrap',
      { event: { action: 'configuration_changed', code: 'hm2ConfigurationSavedTrap' } },
    ],
    [
      '<13>Mar 14 09:26:53 BRS40-1 hm2LogAuditStartNextSector',
      { event: { action: 'audit_log_full' }, plantwatch: { audit_category: 'audit_log' } },
    ],
    [
      '<13>Mar 14 09:26:53 GRS1042-1 Login failed [WEB:admin@10.0.0.5]',
      {
        event: { action: 'login', outcome: 'failure' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
        service: { name: 'web' },
      },
    ],
  ])('%s', (raw, expected) => {
    expect(read(raw)).toMatchObject(expected);
    expect(read(raw).observer?.vendor).toBe('Hirschmann');
  });

  it('does not call every FASTPATH switch a Hirschmann', () => {
    const event = read(
      '<166> Mar 14 09:26:53 core1 UNITMGR[emWeb]: unitmgr.c(6905) 29330 %% INFO Configuration propagation successful',
    );
    expect(event.event.dataset).toBe('fastpath.switch');
    expect(event.observer?.vendor).toBeUndefined();
  });
});

describe('APC', () => {
  it.each([
    [
      '<27>Mar 14 09:26:53 ups1 Detected an unauthorized user attempting to access the SNMP interface from 10.1.1.1 0x0004',
      { event: { code: '0x0004', category: ['authentication'], outcome: 'failure' }, source: { ip: '10.1.1.1' } },
    ],
    [
      "<27>Mar 14 09:26:53 ups1 System: Web user 'apc' logged in from 10.0.0.5. 0x0015",
      { event: { outcome: 'success' }, user: { name: 'apc' }, source: { ip: '10.0.0.5' } },
    ],
    [
      '<27>Mar 14 09:26:53 ups1 UPS: On battery power in response to an input power problem. 0x0109',
      { event: { action: 'power_lost' }, apc: { part: 'UPS' }, plantwatch: { audit_category: 'control_system' } },
    ],
    [
      '<27>Mar 14 09:26:53 ups1 System: SNMP configuration change. 0x0003',
      { plantwatch: { audit_category: 'configuration_change' } },
    ],
    ['<27>Mar 14 09:26:53 ups1 System: Warmstart. 0x0002', { event: { action: 'restarted' } }],
  ])('%s', (raw, expected) =>
    expect(read(raw)).toMatchObject({ ...expected, observer: { vendor: 'APC', type: 'ups' } }),
  );

  it('leaves other numbers alone', () =>
    expect(read('<27>Mar 14 09:26:53 h app: register dump 0x77AA').event.module).toBe('syslog'));
});

describe('keys and values of anybody', () => {
  it.each([
    [
      '<134>Mar 14 09:26:53 x app: src=10.0.0.1:1024 dst=10.1.0.2:502 proto=tcp action=deny user="bob"',
      {
        source: { ip: '10.0.0.1', port: 1024 },
        destination: { ip: '10.1.0.2', port: 502 },
        event: { type: ['connection', 'denied'] },
        user: { name: 'bob' },
      },
    ],
    ['a=1 b="two \\"words\\"" c=\'x y\'', { key_value: { a: '1', b: 'two "words"', c: 'x y' } }],
    [
      '<13>Mar 14 09:26:53 x y: event=logout;site=a b;who=eve;who_ip=10.0.0.7',
      { key_value: { site: 'a b' }, user: { name: 'eve' }, source: { ip: '10.0.0.7' } },
    ],
    [
      '2025-03-14 09:26:53\ta=1\tb=two words\tc=3',
      { key_value: { b: 'two words' }, '@timestamp': '2025-03-14T09:26:53.000Z' },
    ],
  ])('%s', (raw, expected) => expect(read(raw)).toMatchObject({ ...expected, plantwatch: { parser: 'key-value' } }));

  it.each(['<13>Mar 14 09:26:53 h app: the answer is x=1', '<13>Mar 14 09:26:53 h app: if a = b then c == d', 'x=1'])(
    '%s is a sentence',
    (raw) => expect(read(raw).key_value).toBeUndefined(),
  );
});

describe('Cisco ISE and UCM', () => {
  it.each([
    [
      '<181>Mar 14 09:26:53 ise1 CISE_Failed_Attempts 0000000001 2 0 2025-03-14 10:26:53.589 +01:00 0000008450 5400 NOTICE Failed-Attempt: Authentication failed, ConfigVersionId=1, UserName=bob, Protocol=Radius, FailureReason=22056 Subject not found, Calling-Station-ID=10.0.0.5',
      {
        '@timestamp': '2025-03-14T09:26:53.589Z',
        event: { code: '5400', outcome: 'failure', reason: '22056 Subject not found' },
        user: { name: 'bob' },
        source: { ip: '10.0.0.5' },
      },
    ],
    [
      '<189>17: Mar 14 09:26:53.589 UTC : %UC_AUDITLOG-5-AdministrativeEvent: %[ UserID =admin][ ClientAddress =10.0.0.5][ EventType =GeneralConfigurationUpdate][ EventStatus =Success][Node ID=cucm1]: Audit Event',
      {
        host: { name: 'cucm1' },
        user: { name: 'admin' },
        event: { code: 'UC_AUDITLOG-5-AdministrativeEvent', outcome: 'success' },
      },
    ],
  ])('%s', (raw, expected) => expect(read(raw)).toMatchObject(expected));
});
