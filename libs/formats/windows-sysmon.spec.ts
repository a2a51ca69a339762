import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (document: object) =>
  normalise({ raw: JSON.stringify(document), receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
const sysmon = (EventID: number, data: object) =>
  at({
    EventID,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    SourceName: 'Microsoft-Windows-Sysmon',
    Hostname: 'ews-1',
    EventTime: '2026-11-23 10:00:00',
    UtcTime: '2026-11-23 09:00:00.123',
    ...data,
  });
const ACTOR = {
  Image: 'C:\\Windows\\cmd.exe',
  ProcessId: '7',
  ProcessGuid: '{5AA13A44-0B18-68FD-6336-000000004002}',
  User: 'PLANT\\op',
};

describe('a Sysmon event', () => {
  it.each<[number, object, object]>([
    [
      1,
      {
        CommandLine: 'cmd /c x',
        CurrentDirectory: 'C:\\',
        Hashes: 'SHA1=AB,MD5=CD,SHA256=EF,IMPHASH=AFF4D1EA89D0D66F7D04180143E61D12',
        OriginalFileName: 'Cmd.Exe',
        Company: '-',
        ParentImage: 'C:\\explorer.exe',
        ParentProcessId: '3',
        ParentUser: 'PLANT\\op',
        RuleName: 'technique_id=T1059',
      },
      {
        // The exact time of its own, since the shipper's lacks a zone.
        '@timestamp': '2026-11-23T09:00:00.123Z',
        event: { action: 'process_created', category: ['process'], type: ['start'], dataset: 'windows.sysmon' },
        user: { name: 'op', domain: 'PLANT' },
        rule: { name: 'technique_id=T1059' },
        process: {
          name: 'cmd.exe',
          entity_id: '5aa13a44-0b18-68fd-6336-000000004002',
          command_line: 'cmd /c x',
          working_directory: 'C:\\',
          hash: { md5: 'cd', sha1: 'ab', sha256: 'ef' },
          pe: { imphash: 'aff4d1ea89d0d66f7d04180143e61d12', original_file_name: 'Cmd.Exe' },
          parent: { name: 'explorer.exe', pid: 3, user: { name: 'op' } },
        },
      },
    ],
    [
      3,
      {
        Protocol: 'tcp',
        Initiated: 'true',
        SourceIp: '10.0.0.9',
        SourcePort: '50001',
        DestinationIp: '10.0.0.1',
        DestinationPort: '502',
        DestinationHostname: 'plc-1',
        DestinationPortName: '-',
      },
      {
        source: { ip: '10.0.0.9', port: 50001 },
        destination: { ip: '10.0.0.1', port: 502, domain: 'plc-1' },
        network: { transport: 'tcp', direction: 'egress', type: 'ipv4' },
      },
    ],
    [
      7,
      {
        ImageLoaded: 'C:\\x\\a.dll',
        Signed: 'true',
        Signature: 'Microsoft Windows',
        SignatureStatus: 'Valid',
        Hashes: 'MD5=AB',
      },
      {
        event: { category: ['library'] },
        dll: {
          name: 'a.dll',
          path: 'C:\\x\\a.dll',
          hash: { md5: 'ab' },
          code_signature: { exists: true, valid: true, subject_name: 'Microsoft Windows' },
        },
        file: { directory: 'C:\\x', extension: 'dll' },
      },
    ],
    [
      10,
      { SourceImage: 'C:\\a.exe', SourceProcessId: '9', SourceProcessGUID: '{A}', TargetImage: 'C:\\lsass.exe' },
      { event: { type: ['access'] }, process: { name: 'a.exe', pid: 9, entity_id: 'a' } },
    ],
    [
      11,
      { TargetFilename: 'C:\\t\\x.ps1' },
      { event: { type: ['creation'] }, file: { name: 'x.ps1', extension: 'ps1' } },
    ],
    [
      13,
      { EventType: 'SetValue', TargetObject: 'HKLM\\Software\\Run\\x', Details: 'DWORD (0x00000004)' },
      {
        event: { category: ['configuration', 'registry'], type: ['change'] },
        registry: {
          hive: 'HKLM',
          key: 'Software\\Run',
          value: 'x',
          path: 'HKLM\\Software\\Run\\x',
          data: { type: 'REG_DWORD', strings: ['4'] },
        },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    [
      12,
      { EventType: 'CreateKey', TargetObject: 'HKU\\S-1-5\\k' },
      { event: { type: ['creation'] }, registry: { key: 'S-1-5\\k' } },
    ],
    [17, { PipeName: '\\PSEXESVC' }, { file: { name: '\\PSEXESVC' } }],
    [
      22,
      { QueryName: 'a.example', QueryStatus: '0', QueryResults: 'type:  5 b.example;::ffff:203.0.113.9;2001:db8::1;' },
      {
        dns: {
          question: { name: 'a.example' },
          answers: [
            { data: 'b.example', type: 'CNAME' },
            { data: '203.0.113.9', type: 'A' },
            { data: '2001:db8::1', type: 'AAAA' },
          ],
          resolved_ip: ['203.0.113.9', '2001:db8::1'],
          response_code: 'NOERROR',
        },
      },
    ],
    [4, { State: 'Stopped' }, { event: { action: 'logging_stopped' }, plantwatch: { audit_category: 'audit_log' } }],
    [16, { Configuration: 'x.xml' }, { plantwatch: { audit_category: 'audit_log' } }],
  ])('%d fills its ECS fields', (id, data, expected) =>
    expect(sysmon(id, { ...ACTOR, ...data })).toMatchObject(expected),
  );
});

describe('other channels of Windows', () => {
  it.each<[string, number, object, object]>([
    [
      'System',
      1,
      { SourceName: 'Microsoft-Windows-Kernel-General' },
      { event: { action: 'clock_changed' }, plantwatch: { audit_category: 'configuration_change' } },
    ],
    ['System', 1, { SourceName: 'Microsoft-Windows-Power-Troubleshooter' }, { event: { code: '1' } }],
    [
      'Application',
      11707,
      { SourceName: 'MsiInstaller' },
      { event: { action: 'package_installed', outcome: 'success' } },
    ],
    [
      'Security',
      4663,
      { SubjectUserName: 'op', ObjectType: 'File', ObjectName: 'C:\\plc\\a.s7p', ProcessName: 'C:\\s7.exe' },
      { event: { category: ['file'], type: ['access'] }, file: { name: 'a.s7p' }, process: { name: 's7.exe' } },
    ],
    [
      'Security',
      4657,
      { ObjectName: '\\REGISTRY\\MACHINE\\SYSTEM\\x', ObjectValueName: 'Start' },
      {
        event: { category: ['configuration', 'registry'] },
        registry: { hive: 'HKLM', key: 'SYSTEM\\x', value: 'Start' },
      },
    ],
    [
      'Security',
      5145,
      { SubjectUserName: 'op', IpAddress: '10.0.0.9', IpPort: '50000', RelativeTargetName: 'a\\PSEXESVC.exe' },
      { source: { ip: '10.0.0.9', port: 50000 }, file: { name: 'PSEXESVC.exe' } },
    ],
    [
      'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
      21,
      { User: 'PLANT\\op', Address: '10.0.0.9' },
      { event: { action: 'session_started', category: ['session'] }, user: { name: 'op' }, source: { ip: '10.0.0.9' } },
    ],
    [
      'Microsoft-Windows-Windows Defender/Operational',
      1116,
      { 'Threat Name': 'EICAR', 'Detection User': 'PLANT\\op', Path: 'file:_C:\\x\\y.exe' },
      { event: { kind: 'alert', category: ['malware'] }, rule: { name: 'EICAR' }, file: { name: 'y.exe' } },
    ],
  ])('%s %d', (Channel, EventID, data, expected) =>
    expect(at({ Channel, EventID, SourceName: 'x', Hostname: 'ews-1', ...data })).toMatchObject(expected),
  );
});

describe('Snare', () => {
  const line = (before: string, tab: string) =>
    [
      `${before}MSWinEventLog`,
      '1',
      'Security',
      '1234',
      'Mon Nov 23 09:00:00 2026',
      '4625',
      'Microsoft-Windows-Security-Auditing',
      'N/A',
      'N/A',
      'Failure Audit',
      'ews-1.plant',
      'Logon',
      '',
      'An account failed to log on.    Subject:   Security ID:  S-1-0-0   Account Name:  -   Logon Type:   3    Account For Which Logon Failed:   Security ID:  S-1-0-0   Account Name:  op   Account Domain:  PLANT    Failure Information:   Failure Reason:  Unknown user name or bad password.   Status:   0xc000006d   Sub Status:  0xc000006a    Process Information:   Caller Process ID: 0x0   Network Information:   Workstation Name: EWS-2   Source Network Address: 10.0.0.9   Source Port:  50001    This event is generated when a logon request fails. Subject: Account Name: nobody',
      '77',
    ].join(tab);
  const normal = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });

  it.each([
    line('<131>Nov 23 09:00:00 ews-1 ', '\t'),
    line('<131>Nov 23 09:00:00 ews-1\t', '\t'),
    line('<131>Nov 23 09:00:00 ews-1 ', '#011'),
  ])('is read from its words: %s', (raw) => {
    expect(normal(raw)).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.000Z',
      event: { action: 'login', outcome: 'failure', code: '4625', reason: '0xc000006a', dataset: 'windows.security' },
      user: { name: 'op', domain: 'PLANT' },
      source: { ip: '10.0.0.9', port: 50001, domain: 'EWS-2' },
      host: { name: 'ews-1.plant', hostname: 'ews-1' },
      winlog: { logon: { type: 'Network' } },
    });
  });
});
