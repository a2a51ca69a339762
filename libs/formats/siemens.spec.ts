import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
const plc = (app: string, event: string, data = '-') =>
  at(`<133>1 2026-11-23T09:00:00.123Z PLC_1 ${app} - - ${data} ${event}`);

describe('Siemens controllers', () => {
  it.each([
    ['SE_NETWORK_SUCCESSFUL_LOGON', 'login', 'success', 'access_control'],
    ['SE_LOCAL_UNSUCCESSFUL_LOGON', 'login', 'failure', 'access_control'],
    ['SE_ACCESS_DENIED', 'access', 'failure', 'access_control'],
    ['SE_LOGOFF', 'logout', undefined, 'access_control'],
    ['SE_CFG_DATA_CHANGED', 'configuration_changed', undefined, 'configuration_change'],
    ['SE_USER_PROGRAM_CHANGED', 'program_download', undefined, 'configuration_change'],
    ['SE_OPMOD_CHANGED', 'mode_change', undefined, 'control_system'],
    ['SE_BACKUP_SUCCESSFULLY_DONE', 'backup_created', 'success', 'backup_restore'],
    ['SE_BACKUP_RESTORE_FAILED', 'backup_restored', 'failure', 'backup_restore'],
    ['SE_AUDIT_EVENTS_OVERWRITTEN', 'audit_records_lost', undefined, 'audit_log'],
    ['SE_DEVICE_STARTUP', 'restarted', undefined, 'control_system'],
  ])('%s is %s', (code, action, outcome, category) => {
    const event = plc('Webserver', code);
    expect(event).toMatchObject({
      event: { dataset: 'siemens.simatic', code, action },
      observer: { vendor: 'Siemens' },
      host: { name: 'PLC_1' },
      plantwatch: { parser: 'siemens', audit_category: category },
    });
    expect(event.event.outcome).toBe(outcome);
  });

  it('say who changed what in their structured data', () => {
    const data =
      '[event@4329 userName="op" oldState="STOP" newState="RUN" errReason="none given" MACaddress="28-63-36-AE-9C-A4"]';
    expect(plc('Operating-Mode-Mgt', 'SE_OPMOD_CHANGED', data)).toMatchObject({
      user: { name: 'op' },
      event: { reason: 'none given' },
      siemens: { oldState: 'STOP', newState: 'RUN' },
    });
  });

  it('may name the event as the id of the message, and one that is not known here', () => {
    const event = at('<133>1 2026-11-23T09:00:00Z PLC_1 UMAC - SE_ACCESS_PWD_CHANGED - user changed its password');
    expect(event).toMatchObject({ event: { code: 'SE_ACCESS_PWD_CHANGED', action: 'password_change' } });
    expect(plc('UMAC', 'SE_SOMETHING_NEW').event).toMatchObject({
      code: 'SE_SOMETHING_NEW',
      dataset: 'siemens.simatic',
    });
  });
});

describe('Siemens network components', () => {
  it.each([
    ['SSH: User admin has logged in from 192.168.0.1.', 'login', 'success', '192.168.0.1'],
    ['WBM: User admin failed to log in from 2001:db8::8.', 'login', 'failure', '2001:db8::8'],
    ['Console: User admin logged out.', 'logout', undefined, undefined],
    ['Console: Default user admin logged in from 192.168.0.1.', 'login_default_user', 'success', '192.168.0.1'],
    ['WBM: User admin changed own password.', 'password_change', 'success', undefined],
    [
      'Telnet: User admin account is locked for 44 minutes after 10 unsuccessful login attempts.',
      'login_blocked',
      undefined,
      undefined,
    ],
  ])('%s', (text, action, outcome, ip) => {
    const event = at(`<134>Nov 23 09:00:00 scalance-1 ${text}`);
    expect(event).toMatchObject({ event: { dataset: 'siemens.network', action }, user: { name: 'admin' } });
    expect([event.event.outcome, event.source?.ip]).toEqual([outcome, ip]);
  });
});
