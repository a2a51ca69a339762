import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileRuleset } from '#engine/ruleset.js';
import type { Logsource, SigmaRule } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { route } from '#pipelines/routing.js';
import { shippedPipelines } from '#test/support/pipelines.js';

const names = globSync('rules/pipelines/*.yml').map((file) => path.basename(file, '.yml'));
const routings = new Map<string, Awaited<ReturnType<typeof shippedPipelines>>>();
for (const name of names) routings.set(name, await shippedPipelines(name));

const ruleOf = (logsource: Logsource, detection: object = { f: 'x' }): SigmaRule => {
  const { documents, errors } = parseSigma(
    JSON.stringify({ title: 'r', id: 'r', logsource, detection: { s: detection, condition: 's' } }),
    'r.yml',
  );
  expect(errors).toEqual([]);
  return documents[0] as SigmaRule;
};
const matches = (name: string, rule: SigmaRule, event: object) =>
  compileRuleset([rule], routings.get(name)!).match(event).length > 0;

/** Products whose logs no shipped pipeline describes. */
const outside: Record<string, string> = {
  aws: 'a cloud',
  azure: 'a cloud',
  gcp: 'a cloud',
  m365: 'a cloud',
  okta: 'an identity provider in a cloud',
  onelogin: 'an identity provider in a cloud',
  github: 'a service for software development',
  bitbucket: 'a service for software development',
  kubernetes: 'a cluster of applications',
  opencanary: 'a honeypot with a format of its own',
  qualys: 'scan results, not events',
};

describe("SigmaHQ's log sources", () => {
  const sources = readFileSync('test/fixtures/sigma/logsources.tsv', 'utf8').trim().split('\n').slice(1);
  const given = (part: string | undefined) => (part === '-' ? undefined : part);

  it.each(sources)('%s: routed, or named as outside', (line) => {
    const [product = '', category, service] = line.split('\t');
    const logsource = { product: given(product), category: given(category), service: given(service) };
    const by = names.filter((name) => route(ruleOf(logsource), routings.get(name)!));
    expect(by.length > 0).toBe(!Object.hasOwn(outside, product));
    if (product !== 'windows') return;
    expect(by).toEqual(expect.arrayContaining(['winlogbeat', 'evtxdump', 'nxlog', 'ecs', 'ot']));
  });

  it('that nobody knows are routed by none', () => {
    const unknown = ruleOf({ product: 'windows', service: 'nothing' });
    expect(names.filter((name) => route(unknown, routings.get(name)!))).toEqual([]);
  });
});

const windows = { product: 'windows' };
const started = ruleOf(
  { ...windows, category: 'process_creation' },
  { 'Image|endswith': '\\a.exe', CommandLine: 'a -x' },
);
const connected = ruleOf(
  { ...windows, category: 'network_connection' },
  { 'Image|startswith': 'C:\\Windows\\', Initiated: 'true', DestinationPort: 443, Protocol: 'tcp' },
);
const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const start = { Image: 'C:\\a.exe', CommandLine: 'a -x' };
const audit = { NewProcessName: 'C:\\a.exe', CommandLine: 'a -x' };
const permitted = {
  Application: '\\device\\harddiskvolume2\\windows\\b.exe',
  Direction: '%%14593',
  DestPort: '443',
  Protocol: 6,
};

describe('the same facts under other names', () => {
  it.each<[string, SigmaRule, object, boolean]>([
    ['winlogbeat', started, { winlog: { channel: sysmon, event_id: '1', event_data: start } }, true],
    ['winlogbeat', started, { winlog: { channel: 'Security', event_id: 4688, event_data: audit } }, true],
    ['winlogbeat', started, { winlog: { channel: 'Security', event_id: '4689', event_data: audit } }, false],
    ['winlogbeat', started, { 'winlog.channel': sysmon, 'winlog.event_id': '1', winlog: { event_data: start } }, true],
    ['winlogbeat', connected, { winlog: { channel: 'Security', event_id: '5156', event_data: permitted } }, true],
    ['nxlog', started, { Channel: 'security', EventID: 4688, ...audit }, true],
    ['nxlog', started, { Channel: sysmon, EventID: 1, ...start }, true],
    ['nxlog', started, { Channel: sysmon, EventID: 5, ...start }, false],
    ['nxlog', connected, { Channel: 'Security', EventID: 5156, ...permitted }, true],
    ['nxlog', connected, { Channel: 'Security', EventID: 5156, ...permitted, Direction: '%%14592' }, false],
    [
      'evtxdump',
      started,
      { Event: { System: { Channel: 'Security', EventID: { '#text': 4688 } }, EventData: audit } },
      true,
    ],
    [
      'ecs',
      started,
      { event: { category: ['process'], type: ['start'] }, process: { executable: 'C:\\a.exe', command_line: 'a -x' } },
      true,
    ],
    [
      'ecs',
      started,
      {
        event: { category: ['process'], type: ['start'] },
        host: { os: { type: 'linux' } },
        process: { executable: 'C:\\a.exe', command_line: 'a -x' },
      },
      false,
    ],
    [
      'ecs',
      ruleOf({ ...windows, category: 'process_creation' }, { 'Hashes|contains': 'IMPHASH=AA' }),
      { event: { category: ['process'], type: ['start'] }, process: { pe: { imphash: 'aa' } } },
      true,
    ],
    [
      'ecs',
      ruleOf({ category: 'proxy' }, { 'c-uri|contains': '/evil', 'cs-method': 'POST' }),
      { event: { category: ['web'] }, http: { request: { method: 'POST' } }, url: { original: 'http://x/evil' } },
      true,
    ],
    [
      'ecs',
      ruleOf({ category: 'firewall' }, { dst_port: 23, blocked: 'false' }),
      { event: { category: ['network'], type: ['connection', 'allowed'] }, destination: { port: 23 } },
      true,
    ],
    [
      'ecs',
      ruleOf({ product: 'linux', service: 'auditd' }, { type: 'EXECVE', a0: 'chmod' }),
      { event: { module: 'auditd', action: 'execve' }, process: { args: ['chmod', '+x'] } },
      true,
    ],
    [
      'ecs',
      ruleOf({ product: 'zeek', service: 'dce_rpc' }, { endpoint: 'samr' }),
      { event: { dataset: 'zeek.dce_rpc' }, zeek: { dce_rpc: { endpoint: 'samr' } } },
      true,
    ],
    [
      'zeek',
      ruleOf({ product: 'zeek', service: 'rdp' }, { 'id.orig_h': '1.2.3.4' }),
      { _path: 'rdp', 'id.orig_h': '1.2.3.4' },
      true,
    ],
    ['zeek', ruleOf({ category: 'dns' }, { query: 'x.test' }), { '@stream': 'dns', query: 'x.test' }, true],
    ['zeek', ruleOf({ category: 'proxy' }, { 'c-uri-extension': 'exe' }), { _path: 'http', uri: '/a/b.exe' }, true],
    ['zeek', ruleOf({ category: 'firewall' }, { dst_port: 23 }), { _path: 'conn', id_resp_p: 23 }, true],
    [
      'winlogbeat',
      ruleOf({ category: 'antivirus' }, { 'Signature|contains': 'Mimikatz' }),
      {
        winlog: {
          channel: 'Microsoft-Windows-Windows Defender/Operational',
          event_id: '1116',
          event_data: { 'Threat Name': 'HackTool:Win32/Mimikatz' },
        },
      },
      true,
    ],
    [
      'winlogbeat',
      ruleOf({ ...windows, service: 'security' }, { EventID: 4673, Keywords: '0x8010000000000000' }),
      { winlog: { channel: 'Security', event_id: '4673', keywords: ['Audit Failure'] } },
      true,
    ],
    [
      'winlogbeat',
      ruleOf({ ...windows, category: 'ps_classic_start' }, { 'Data|contains': 'Net.WebClient' }),
      {
        winlog: {
          channel: 'Windows PowerShell',
          event_id: '400',
          event_data: { param1: 'Available', param3: 'HostApplication=x Net.WebClient' },
        },
      },
      true,
    ],
    [
      'evtxdump',
      ruleOf({ ...windows, service: 'security' }, { EventID: 1102, SubjectUserName: 'eve' }),
      {
        Event: {
          System: { Channel: 'Security', EventID: 1102 },
          UserData: { LogFileCleared: { SubjectUserName: 'Eve' } },
        },
      },
      true,
    ],
    [
      'winlogbeat',
      ruleOf({ ...windows, service: 'applocker' }, { 'FilePath|endswith': '\\a.exe' }),
      {
        winlog: {
          channel: 'Microsoft-Windows-AppLocker/EXE and DLL',
          event_id: '8004',
          user_data: { FilePath: '%OSDRIVE%\\A.EXE' },
        },
      },
      true,
    ],
    [
      'ot',
      ruleOf({ ...windows, service: 'system' }, { Provider_Name: 'Service Control Manager', ServiceName: 'x' }),
      {
        event: { module: 'windows', code: '7045', provider: 'Service Control Manager' },
        winlog: { channel: 'System', event_data: { ServiceName: 'x' } },
      },
      true,
    ],
  ])('%s %#', (name, rule, event, expected) => {
    expect(matches(name, rule, event)).toBe(expected);
  });
});
