import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from './normalise.js';

const at = (raw: string, timeZone = 'UTC') =>
  normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone });
const FLAT = readFileSync('test/fixtures/ecs/windows/flat.ndjson', 'utf8').trim().split('\n');

const DATA: Record<number, Record<string, string | number>> = {
  4624: {
    TargetUserName: 'op',
    TargetDomainName: 'PLANT',
    TargetUserSid: 'S-1-5-21-1',
    LogonType: 3,
    IpAddress: '::ffff:10.0.0.9',
    IpPort: '54639',
    ProcessName: '-',
  },
  4625: {
    TargetUserName: 'op',
    SubStatus: '0xc000006a',
    LogonType: '10',
    IpAddress: '10.0.0.9',
    WorkstationName: 'EWS-1',
  },
  1102: { SubjectUserName: 'eve', SubjectDomainName: 'PLANT' },
  4719: { SubjectUserName: 'eve', AuditPolicyChanges: '%%8448' },
  4720: { SubjectUserName: 'admin', TargetUserName: 'eve', TargetSid: 'S-1-5-21-9' },
  4732: {
    SubjectUserName: 'admin',
    TargetUserName: 'Administrators',
    TargetSid: 'S-1-5-32-544',
    MemberName: 'CN=Eve Doe,OU=Ops,DC=plant',
    MemberSid: 'S-1-5-21-9',
  },
  4688: {
    SubjectUserName: 'op',
    NewProcessName: 'C:\\Windows\\System32\\cmd.exe',
    NewProcessId: '0x1a74',
    CommandLine: 'cmd /c x',
    ParentProcessName: 'C:\\Windows\\explorer.exe',
    ProcessId: '0xc08',
  },
  4616: { SubjectUserName: 'eve', NewTime: '2026-01-01T00:00:00Z' },
  104: { SubjectUserName: 'eve', Channel: 'Application' },
};

const EXPECTED: Record<number, object> = {
  4624: {
    event: { action: 'login', outcome: 'success' },
    user: { name: 'op', domain: 'PLANT', id: 'S-1-5-21-1' },
    source: { ip: '10.0.0.9', port: 54639 },
    winlog: { logon: { type: 'Network' } },
  },
  4625: {
    event: { action: 'login', outcome: 'failure', reason: '0xc000006a', category: ['authentication'] },
    user: { name: 'op' },
    source: { ip: '10.0.0.9', domain: 'EWS-1' },
  },
  1102: { event: { action: 'audit_log_cleared' }, user: { name: 'eve' }, plantwatch: { audit_category: 'audit_log' } },
  4719: { event: { action: 'audit_policy_changed', category: ['configuration'] }, user: { name: 'eve' } },
  4720: {
    event: { action: 'user_created', category: ['iam'] },
    user: { name: 'admin', target: { name: 'eve', id: 'S-1-5-21-9' } },
  },
  4732: {
    event: { action: 'group_member_added' },
    group: { name: 'Administrators' },
    user: { name: 'admin', target: { name: 'Eve Doe', id: 'S-1-5-21-9' } },
  },
  4688: {
    event: { action: 'process_created' },
    process: { name: 'cmd.exe', pid: 0x1a74, command_line: 'cmd /c x', parent: { name: 'explorer.exe', pid: 0xc08 } },
  },
  4616: { event: { action: 'clock_changed' }, plantwatch: { audit_category: 'configuration_change' } },
  104: { event: { action: 'audit_log_cleared' }, user: { name: 'eve' } },
};

const channelOf = (id: number) => (id === 104 ? 'System' : 'Security');

const SHAPES: [string, (id: number) => object][] = [
  [
    'flat',
    (id) => ({
      EventID: id,
      Channel: channelOf(id),
      Hostname: 'ews-1.plant',
      EventTime: '2026-11-23 09:00:00',
      EventType: 'AUDIT_SUCCESS',
      ...DATA[id],
      Channel2: undefined,
      ...(id === 104 ? { Channel: 'System' } : {}),
    }),
  ],
  [
    'Winlogbeat',
    (id) => ({
      '@timestamp': '2026-11-23T09:00:00.000Z',
      agent: { type: 'winlogbeat' },
      winlog: { channel: channelOf(id), event_id: String(id), computer_name: 'ews-1.plant', event_data: DATA[id] },
    }),
  ],
  [
    'evtx_dump',
    (id) => ({
      Event: {
        System: {
          EventID: { '#text': id, '#attributes': { Qualifiers: '0' } },
          Channel: channelOf(id),
          Computer: 'ews-1.plant',
          TimeCreated: { '#attributes': { SystemTime: '2026-11-23T09:00:00.000000Z' } },
        },
        ...(id === 1102 || id === 104
          ? { UserData: { LogFileCleared: { '#attributes': { xmlns: 'x' }, ...DATA[id] } } }
          : { EventData: DATA[id] }),
      },
    }),
  ],
];

function clean(event: EcsEvent): unknown {
  return JSON.parse(JSON.stringify(event));
}

describe.each(SHAPES)('a Windows event as %s', (_shape, make) => {
  it.each(Object.keys(DATA).map(Number))('%d has its ECS fields', (id) => {
    const event = at(JSON.stringify(make(id)));
    expect(clean(event)).toMatchObject(EXPECTED[id]!);
    expect(event).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.000Z',
      host: { name: 'ews-1.plant', hostname: 'ews-1' },
      event: { code: String(id), module: 'windows' },
      winlog: { event_id: String(id), channel: channelOf(id) },
    });
  });
});

describe('recorded Windows events', () => {
  it.each(FLAT.map((line) => [`${JSON.parse(line).Channel} ${JSON.parse(line).EventID}`, line] as const))(
    '%s keeps its data as text',
    (_name, line) => {
      const event = at(line);
      const document = JSON.parse(line);
      expect(event.winlog).toMatchObject({ event_id: String(document.EventID), channel: document.Channel });
      expect(event.host?.name).toBe(document.Hostname);
      expect(Object.values(event.winlog?.event_data ?? {}).every((value) => typeof value === 'string')).toBe(true);
      expect(event.tags?.includes('timestamp_missing') ?? false).toBe(false);
      expect(event.message).not.toContain('\n');
    },
  );

  it('keeps whichever of the two meanings EventType has', () => {
    const sysmon = at(
      JSON.stringify({ EventID: 13, Channel: 'Microsoft-Windows-Sysmon/Operational', EventType: 'SetValue' }),
    );
    expect(sysmon.winlog?.event_data).toEqual({ EventType: 'SetValue' });
    expect(sysmon.event.dataset).toBe('windows.sysmon');
  });

  it.each([
    ['AUDIT_FAILURE', 'failure'],
    ['AUDIT_SUCCESS', 'success'],
    ['INFO', undefined],
  ])('%s tells the outcome %s', (type, outcome) => {
    expect(at(JSON.stringify({ EventID: 4673, Channel: 'Security', EventType: type })).event.outcome).toBe(outcome);
  });

  it('reads the bits of the keywords', () => {
    expect(
      at(JSON.stringify({ EventID: 4673, Channel: 'Security', Keywords: '0x8010000000000000' })).event.outcome,
    ).toBe('failure');
    expect(
      at(JSON.stringify({ EventID: 4673, Channel: 'Security', Keywords: -9214364837600034816 })).event.outcome,
    ).toBe('success');
  });

  it('has a time without a zone read in that of its source', () => {
    const event = at(
      JSON.stringify({ EventID: 1, Channel: 'System', EventTime: '2026-11-23 10:00:00' }),
      'Europe/Berlin',
    );
    expect(event).toMatchObject({ '@timestamp': '2026-11-23T09:00:00.000Z', tags: ['timestamp_guessed'] });
  });

  it('is read inside a syslog message too', () => {
    const event = at(
      `<14>1 2026-11-23T09:00:00Z ews-1 Microsoft-Windows - - - ${JSON.stringify({ EventID: 1102, Channel: 'Security' })}`,
    );
    expect(event).toMatchObject({
      event: { action: 'audit_log_cleared', dataset: 'windows.security' },
      host: { name: 'ews-1' },
    });
  });
});
