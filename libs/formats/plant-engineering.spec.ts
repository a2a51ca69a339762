import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) =>
  normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'Europe/Berlin' });

describe("FactoryTalk's audit sentences", () => {
  it.each([
    ['Successful login of user [SRV1\\ADMINISTRATOR] on directory [Network]', 'login', 'access_control'],
    ['Failed login of user [SRV1\\eve] on directory [Network]', 'login', 'access_control'],
    ['Logout of user [SRV1\\ADMINISTRATOR]', 'logout', 'access_control'],
    ['Added user [JSmith] to directory [Network/System]', 'user_created', 'access_control'],
    ['Removed user [BBilly] from directory [Network/System]', 'user_deleted', 'access_control'],
    ['Modified properties of user [JSmith] in directory [Network/System]', 'user_changed', 'access_control'],
    ['Downloaded project [PASTEURIZE] to processor [/Path/Line1]', 'program_download', 'configuration_change'],
    ['Inserted rung [XIC B3/0 OTE B3/0] in processor [XYZ/File 2/Rung 10]', 'program_changed', 'configuration_change'],
    ['Added area [Line2] to application [Network/Paper Mill]', 'configuration_changed', 'configuration_change'],
    [
      'Changed security policy [Enforce password history] in directory [Network/System] from [0] to [5]',
      'policy_changed',
      'configuration_change',
    ],
  ])('%s: %s', (message, action, category) => {
    expect(at(`<110>1 2026-11-23T09:00:00Z eng1 FTDiag - - - ${message}`)).toMatchObject({
      message,
      event: { dataset: 'rockwell.factorytalk', action },
      plantwatch: { parser: 'rockwell', audit_category: category },
    });
  });

  it('say where it was and what it was before and after', () => {
    const message = 'Changed value of tag [HighLimit] in processor [TABLET10] from [100] to [125]';
    expect(at(`<110>1 2026-11-23T09:00:00Z eng1 FTDiag - - - ${message}`)).toMatchObject({
      event: { action: 'value_written' },
      rockwell: {
        object: { kind: 'value of tag', name: 'HighLimit' },
        place: { kind: 'processor', name: 'TABLET10' },
        value: { before: '100', after: '125' },
      },
    });
  });

  it('are read from the Windows channel too, and name who signed in', () => {
    const event = at(
      JSON.stringify({
        '@timestamp': '2026-11-23T09:00:00Z',
        message: 'Successful login of user [SRV1\\ADMIN] on directory [Network]',
        winlog: { channel: 'FactoryTalk Diagnostics', provider_name: 'FTDiag', event_id: '1', computer_name: 'SRV1' },
      }),
    );
    expect(event).toMatchObject({
      event: { action: 'login', outcome: 'success' },
      user: { name: 'ADMIN', domain: 'SRV1' },
      plantwatch: { parser: 'windows-security' },
    });
  });

  it('are not seen in what others write', () => {
    expect(at('<13>Nov 23 09:00:00 host app: Added [x] and more').plantwatch?.parser).not.toBe('rockwell');
    expect(at('<13>Nov 23 09:00:00 host app: Changed something [x] today').plantwatch?.parser).not.toBe('rockwell');
  });
});

describe("a Logix controller's log", () => {
  it('says who changed the mode, from which to which, in UTC', () => {
    const row =
      '7\t22-Nov 04:50:43\tRemote mode change\tPLANT\\jane\tENG1\tNone\tOld mode Run, New mode Remote Program\t16#FD60';
    expect(at(row)).toMatchObject({
      '@timestamp': '2026-11-22T04:50:43.000Z',
      message: 'Remote mode change: Old mode Run, New mode Remote Program',
      event: { dataset: 'rockwell.controller_log', action: 'mode_change', sequence: 7 },
      user: { name: 'jane', domain: 'PLANT' },
      source: { domain: 'ENG1' },
      rockwell: { mode: { before: 'Run', after: 'Remote Program' }, audit_value: '16#FD60' },
      plantwatch: { audit_category: 'control_system' },
    });
  });

  it.each([
    ['Keyswitch mode change', 'mode_change', 'control_system'],
    ['Project downloaded', 'program_download', 'configuration_change'],
    ['Project store', 'program_upload', 'backup_restore'],
    ['Online edits modified controller program', 'program_changed', 'configuration_change'],
    ['I/O forces enabled', 'force_changed', undefined],
    ['SFC element force value changed', 'force_changed', undefined],
    ['Firmware update attempted', 'firmware_changed', 'configuration_change'],
    ['A major fault occurred', 'fault', 'control_system'],
    ['Change detection mask modified', 'audit_policy_changed', 'audit_log'],
    ['Safety signature delete', 'safety_configuration_changed', 'configuration_change'],
    ['Controller timeslice modified', 'configuration_changed', 'configuration_change'],
  ])('%s is %s', (description, action, category) => {
    const event = at(`8\t23-Nov 04:58:29\t${description}\tLocal\tNone\tNone\tNone\t16#1`);
    expect(event.event.action).toBe(action);
    expect(event.plantwatch?.audit_category).toBe(category);
    expect(event.source).toBeUndefined();
  });
});

describe('Modicon controllers', () => {
  const modicon = (service: string, text: string) =>
    at(`<86>1 2026-11-23T09:00:00.123Z 192.168.10.1 BMEP584040 - ${service} - ${text}`);
  it.each([
    ['Li1: Successful connection(MNT_ENG_MSG_TYP_CNCTN_SUCCESS)', 'Successful login', 'login', 'success'],
    ['Li2: Failed connection (MNT_ENG_MSG_TYP_CNCTN_FAILURE)', 'Failed login', 'login', 'failure'],
    ['Li6: Disconnection triggered by a timeout', 'Auto logout', 'session_timeout', undefined],
    ['LI84: Data Integrity Error', 'Firmware Integrity error', 'integrity_error', 'failure'],
    ['MNT_ENG_MSG_TYP_PORT_MANAGEMENT', 'Major Communication parameter update: SNMP enable', 'port_changed', undefined],
  ])('%s', (type, text, action, outcome) => {
    const event = modicon('FTP', `{"peerAddr":"10.0.0.5","type":"${type}","appMsg":"${text}"}`);
    expect(event).toMatchObject({
      event: { dataset: 'schneider.modicon', action },
      source: { ip: '10.0.0.5' },
      observer: { vendor: 'Schneider Electric', product: 'BMEP584040' },
      schneider: { service: 'FTP' },
      plantwatch: { parser: 'schneider' },
    });
    expect(event.event.outcome).toBe(outcome);
  });

  it('that name no type are no events of theirs', () => {
    expect(modicon('-', 'rack 0 slot 3 started').plantwatch?.parser).not.toBe('schneider');
  });
});

describe('Control Expert', () => {
  it.each([
    ['transfer project to PAC', 'program_download', 'configuration_change'],
    ['transfer project from PAC', 'program_upload', 'backup_restore'],
    ['start stop or initialize the PAC', 'mode_change', 'control_system'],
    ['restore project backup in PAC', 'backup_restored', 'backup_restore'],
    ['Force outputs', 'force_changed', undefined],
  ])('%s is %s', (text, action, category) => {
    const event = at(`<86>1 2026-11-23T09:00:00Z ENG1 ControlExpert - - - ${text}`);
    expect(event).toMatchObject({ event: { dataset: 'schneider.control_expert', action } });
    expect(event.plantwatch).toMatchObject({ parser: 'schneider', ...(category && { audit_category: category }) });
  });

  it('does not own its words', () => {
    expect(at('<14>1 2026-11-23T09:00:00Z h app - - - Modify options').plantwatch?.parser).not.toBe('schneider');
  });
});
