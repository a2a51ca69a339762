import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

interface Line {
  id: string;
  input: string;
  expected: { host?: string; timestamp?: string };
}

const LINES: Line[] = readFileSync('test/fixtures/ecs/device/sc4s.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Splunk takes these from the text of the message or from the sender's address, which is not the header's. */
const HOST_ELSEWHERE =
  /^(?:cisco_cimc|cisco_ucm|cisco_ios\.cisco_ios_uptime\.[35]|spectracom_ntp|cisco_meraki.*nohost)/;

const at = (raw: string, receivedAt = '2025-03-14T09:30:00Z', timeZone = 'UTC') =>
  normalise({ raw, receivedAt: Date.parse(receivedAt), timeZone });

describe('BSD syslog as devices send it', () => {
  it.each(LINES.filter(({ expected }) => expected.timestamp))('$id has its time', ({ input, expected }) => {
    expect(at(input)['@timestamp'].slice(0, 19)).toBe(expected.timestamp?.slice(0, 19));
  });

  it.each(LINES.filter(({ id, expected }) => expected.host && !HOST_ELSEWHERE.test(id)))(
    '$id has its host',
    ({ input, expected }) => {
      expect(at(input).host?.hostname).toBe(expected.host);
    },
  );

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
