import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

interface Line {
  id: string;
  input: string;
  expected: { host?: string; timestamp?: string; priority?: number };
}

const LINES: Line[] = readFileSync('test/fixtures/ecs/device/sc4s.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/**
 * Where we differ from Splunk Connect for Syslog, and why. Its tests put the host's name into the text of messages that
 * name none in their header, to find them again.
 */
const NO_HOST_IN_HEADER = "the header names no host; the name at the end of the text is the test's";
const HOST_ARGUED: Record<string, string> = {
  'cisco_cimc.cisco_cimc.0': NO_HOST_IN_HEADER,
  'cisco_ios.cisco_ios_uptime.3': NO_HOST_IN_HEADER,
  'cisco_ios.cisco_ios_uptime.5': NO_HOST_IN_HEADER,
  'cisco_ucm.cisco_ucm_nohost_alert.0': 'the node stands in a sentence',
  'dell_ome.dell_ome.0': 'the header names OpenManage, which speaks; Splunk takes the device that it speaks of',
  'fireye.fireeye_hx_json_1.0': 'no host in the header; the document names the host that the alert is about',
  'ricoh.ricoh.0': 'RFC 5424 says HOSTNAME 10.0.0.1; Splunk takes APP-NAME',
  'spectracom_ntp.spectracom.0':
    'RFC 3164: what stands in front of the colon is the tag, and there is no host without a time',
};
const TIME_ARGUED: Record<string, string> = {
  'fireye.fireeye_hx_json_1.0':
    'the time is that of a process in the evidence; the document has its own (reported_at), years before',
  'nutanix.nutanix.0': 'a record of auditd, which has its own time',
  'hpe_jetdirect.hpe_jetdirect.1': 'the line tells minutes (09:26 AM) and no seconds',
  'zscaler_proxy.zscaler_lss_zpa_bba.0': 'not JSON (00000 is no number): kept as text',
  'zscaler_proxy.zscaler_lss_zpa_auth.0': 'not JSON (00.000000 is no number): kept as text',
};

const at = (raw: string, receivedAt = '2025-03-14T09:30:00Z', timeZone = 'UTC') =>
  normalise({ raw, receivedAt: Date.parse(receivedAt), timeZone });

describe('BSD syslog as devices send it', () => {
  it.each(LINES.filter(({ id, expected }) => expected.timestamp && !TIME_ARGUED[id]))(
    '$id has its time',
    ({ input, expected: { timestamp = '' } }) => {
      const digits = timestamp.length > 21 ? 23 : 19;
      expect(at(input)['@timestamp'].slice(0, digits)).toBe(timestamp.slice(0, digits));
    },
  );

  it.each(LINES.filter(({ id, expected }) => expected.host && !HOST_ARGUED[id]))(
    '$id has its host',
    ({ input, expected }) => {
      expect(at(input).host?.hostname).toBe(expected.host);
    },
  );

  it('argues about no more than it must', () => {
    for (const id of [...Object.keys(HOST_ARGUED), ...Object.keys(TIME_ARGUED)])
      expect(LINES.map((line) => line.id)).toContain(id);
    for (const { id, input, expected } of LINES.filter((line) => HOST_ARGUED[line.id]))
      expect(at(input).host?.hostname, id).not.toBe(expected.host);
  });

  it('has the priority that was written', () => {
    for (const { id, input, expected } of LINES.filter((line) => line.expected.priority !== undefined))
      expect(at(input).log?.syslog?.priority, id).toBe(expected.priority);
  });

  it('knows the maker of nine in ten', () => {
    const events = LINES.map(({ input }) => at(input)).filter(({ event }) => event.dataset !== 'auditd.log');
    const known = events.filter(({ observer }) => observer?.vendor !== undefined);
    expect(known.length / events.length).toBeGreaterThan(0.85);
  });

  it.each([
    [
      '<165>Mar 14 09:26:53 relay Mar 14 09:26:51 ise1 CISE_Passed_Authentications 0000000001 1 0 a',
      'ise1',
      '2025-03-14T09:26:51.000Z',
    ],
    ['<13>Mar 14 09:26:53 rsa1 2025-03-14 09:26:53,589, rsa1, audit.a, INFO', 'rsa1', '2025-03-14T09:26:53.589Z'],
    ['<13>Mar 14 09:26:53 wsa1 1741944413.589 331 10.0.0.1 TCP_MISS/200 1', 'wsa1', '2025-03-14T09:26:53.589Z'],
    [
      '<134> 14/03/2025:09:26:53 GMT ns1 0-PPE-0 : default TCP CONN_TERMINATE 1 0 : a',
      'ns1',
      '2025-03-14T09:26:53.000Z',
    ],
    [
      '<134> 03/14/2025:09:26:53 GMT ns1 0-PPE-0 : default TCP CONN_TERMINATE 1 0 : a',
      'ns1',
      '2025-03-14T09:26:53.000Z',
    ],
    ['<13>Mar 14 09:26:53 slot2/bigip1 notice mcpd[1]: a', 'bigip1', '2025-03-14T09:26:53.000Z'],
    ['<13>Mar 14 09:26:53 bigip1,f5_irule=a,src_ip=10.0.0.1,vip=10.0.0.2', 'bigip1', '2025-03-14T09:26:53.000Z'],
    ['<27>Mar 14 09:26:53 AP,788a2056b182,v4.0.66.10832: logread[5495]: a', 'AP', '2025-03-14T09:26:53.000Z'],
    ['<13>Mar 14 09:26:53 [nas1:secd.conn.auth.failure:notice]: a', 'nas1', '2025-03-14T09:26:53.000Z'],
    ['relay1 <14>1 2025-03-14T09:26:53.589Z sta1 app - - - a', 'sta1', '2025-03-14T09:26:53.589Z'],
  ])('finds host and time in %s', (raw, host, time) => {
    const event = at(raw);
    expect(event.host?.hostname).toBe(host);
    expect(event['@timestamp']).toBe(time);
  });

  it.each([
    ['<189>29: *Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console by console', 29, undefined],
    ['<189>29: edge1: *Mar  1 18:46:11.123 UTC: %SYS-5-CONFIG_I: Configured from console by console', 29, 'edge1'],
    ['<189>000029: Mar  1 2025 18:46:11.123 CET: %SYS-5-CONFIG_I: Configured from console by console', 29, undefined],
    ['<189>57: 000054: edge1: Mar  1 18:46:11: %SYS-5-CONFIG_I: Configured from console by console', 57, 'edge1'],
    ['<187>: 2025 Mar  1 18:46:11 UTC: %ETH_PORT_CHANNEL-5-PORT_DOWN: port down', undefined, undefined],
    [
      '172.16.5.10 6705: Mar  1 18:46:11.673: %PARSER-5-CFGLOG_LOGGEDCMD: User:admin  logged command:exit',
      6705,
      '172.16.5.10',
    ],
  ])('reads the head of %s', (raw, sequence, host) => {
    const event = at(raw);
    expect(event['@timestamp']).toMatch(/^2025-03-01T18:46:11/);
    expect(event.event.sequence).toBe(sequence);
    expect(event.host?.name).toBe(host);
    expect(event.message.startsWith('%')).toBe(true);
    expect(event.tags?.includes('clock_unsynchronised') ?? false).toBe(raw.includes('*Mar'));
  });

  it('marks what was guessed and only that', () => {
    expect(at('<13>Mar 14 09:26:53 host app: a').tags).toEqual(['timestamp_guessed']);
    expect(at('<13>2025-03-14T09:26:53+01:00 host app: a').tags).toBeUndefined();
    expect(at('<13>2025-03-14T09:26:53 host app: a', undefined, 'Europe/Berlin')).toMatchObject({
      '@timestamp': '2025-03-14T08:26:53.000Z',
      tags: ['timestamp_guessed'],
    });
    expect(at('<13>hello world')).toMatchObject({
      '@timestamp': '2025-03-14T09:30:00.000Z',
      tags: ['timestamp_missing'],
    });
  });

  it('takes UTC for UTC wherever the source says it is', () => {
    expect(
      at('<189>1: Mar 14 09:26:53.100 UTC: %SYS-5-RESTART: System restarted --', undefined, 'Asia/Tokyo')['@timestamp'],
    ).toBe('2025-03-14T09:26:53.100Z');
  });

  it('does not take words in front of a time for a Cisco head', () => {
    const event = at('<13>backup: Mar 14 09:26:53 finished');
    expect(event.process?.name).toBe('backup');
    expect(event.host).toBeUndefined();
  });

  it('reads a frame that kept its length in front', () => {
    expect(at('41 <14>1 2025-03-14T09:26:53Z h app - - - text')).toMatchObject({
      host: { name: 'h' },
      message: 'text',
    });
  });
});
