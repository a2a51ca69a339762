import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';
import type { ParserName } from './parsers.js';

/** The promises that every parser of hosts, web servers and Windows keeps, whatever it is given. */
const linesOf = (glob: string) =>
  globSync(glob, { cwd: 'test/fixtures' }).flatMap((path) =>
    readFileSync(`test/fixtures/${path}`, 'utf8').split('\n').filter(Boolean).slice(0, 20),
  );
const XML =
  '<Event xmlns="x"><System><Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>4624</EventID><TimeCreated SystemTime="2026-11-23T09:00:00Z"/><Channel>Security</Channel></System><EventData><Data Name="TargetUserName">a&amp;b</Data><Data>x</Data></EventData></Event>';
const SNARE =
  '<131>Nov 23 09:00:00 h MSWinEventLog\t1\tSecurity\t9\tMon Nov 23 09:00:00 2026\t4624\tx\top\tN/A\tSuccess Audit\th\tLogon\t\tSubject: Account Name: op New Logon: Account Name: x\t7';
const VAULT =
  '{"time":"2026-11-23T09:00:00Z","type":"response","request":{"path":"auth/x/login/y","operation":"update"}}';

const FORMATS: Readonly<Record<string, { readonly parser: ParserName; readonly lines: readonly string[] }>> = {
  auditd: { parser: 'auditd', lines: linesOf('ecs/beats/auditd.log/*.log') },
  'auditd behind syslog': {
    parser: 'auditd-body',
    lines: linesOf('ecs/beats/auditd.log/*.log').map((line) => `<85>Nov 23 09:00:00 h audispd: ${line}`),
  },
  'web access': {
    parser: 'web-access',
    lines: [...linesOf('ecs/beats/nginx.access/*.log'), ...linesOf('ecs/beats/traefik.access/*.log')],
  },
  'web errors': { parser: 'web-errors', lines: linesOf('ecs/beats/apache.error/*.log') },
  IIS: { parser: 'iis', lines: linesOf('ecs/beats/iis.access/*.log') },
  HAProxy: {
    parser: 'haproxy',
    lines: [
      ...linesOf('ecs/beats/haproxy.log/*.log'),
      '<14>Nov 23 09:00:00 lb haproxy[7]: 10.0.0.9:1 [23/Nov/2026:09:00:00.123] a~ b/c 10/0/30/69/109 200 27 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"',
    ],
  },
  Icinga: { parser: 'icinga', lines: linesOf('ecs/beats/icinga.main/*.log').filter((line) => line.startsWith('[')) },
  Pensando: { parser: 'pensando', lines: linesOf('ecs/beats/pensando.dfw/*.log') },
  'system log': { parser: 'linux-system', lines: linesOf('ecs/beats/system.syslog/*.log') },
  'Windows XML': { parser: 'windows-xml', lines: [XML, `<13>1 2026-11-23T09:00:00Z h a - - - ${XML}`] },
  'Windows JSON': {
    parser: 'windows-security',
    lines: [...linesOf('ecs/windows/*.ndjson'), ...linesOf('sigma/sigmahq/[0-3]*/*.ndjson')],
  },
  Snare: { parser: 'snare', lines: [SNARE, SNARE.replaceAll('\t', '#011')] },
  OpenVPN: {
    parser: 'openvpn',
    lines: ['<29>Nov 23 09:00:00 gw openvpn[7]: op/10.0.0.9:5 [op] Peer Connection Initiated with x'],
  },
  WireGuard: {
    parser: 'wireguard',
    lines: ['<7>Nov 23 09:00:00 gw kernel: wireguard: wg0: Receiving handshake initiation from peer 3 (10.0.0.9:5)'],
  },
  Vault: { parser: 'vault', lines: [VAULT] },
};

/** The first binary text that fast-check makes takes seconds on a busy machine. */
const LONG = 30_000;

const PIECES = [
  '',
  '\0',
  '"',
  "'",
  '<',
  '>',
  '&',
  '&#x110000;',
  ']',
  '[',
  '=',
  ' ',
  '\t',
  '/',
  ':',
  '\\',
  '-',
  '9',
  '{',
  '\u202E',
  '\uD800',
  'é',
  " msg='",
  '\u001D',
];

function check(raw: string, parser?: ParserName): void {
  const event = normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'Europe/Berlin', parser });
  expect(event.event.original).toBe(raw);
  expect(event['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(event.error?.message ?? '').not.toMatch(/^parser failed/);
}

describe.each(Object.entries(FORMATS))('%s', (_name, { parser, lines }) => {
  const damaged = fc
    .tuple(fc.constantFrom(...lines), fc.array(fc.tuple(fc.nat(), fc.constantFrom(...PIECES)), { maxLength: 5 }))
    .map(([line, edits]) =>
      edits.reduce((text, [where, by]) => {
        const at = where % (text.length + 1);
        return text.slice(0, at) + by + text.slice(at + 1);
      }, line),
    );

  it('is recognised, line by line', () => {
    for (const line of lines) {
      const event = normalise({ raw: line, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });
      expect(event.tags ?? [], line).not.toContain('unparsed');
      check(line);
    }
  });

  it(
    'never throws and loses nothing, however a line is damaged',
    () =>
      fc.assert(
        fc.property(damaged, (raw) => {
          check(raw);
          check(raw, parser);
        }),
        { numRuns: 200 },
      ),
    LONG,
  );

  it(
    'never throws, whatever it is given',
    () =>
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => check(raw, parser)),
        { numRuns: 100 },
      ),
    LONG,
  );

  it(
    'reads 64 KB in bounded time',
    () => {
      const started = performance.now();
      for (const line of lines.slice(0, 3)) {
        for (const piece of [
          ...PIECES.filter(Boolean),
          'a=b ',
          '<a>',
          'Subject: ',
          '10.0.0.1, ',
          ' type: 1 x;',
          'x'.repeat(64),
        ]) {
          const middle = Math.floor(line.length / 2);
          const filling = piece.repeat(Math.ceil(65_536 / piece.length));
          check(line + filling, parser);
          check(line.slice(0, middle) + filling + line.slice(middle), parser);
        }
      }
      // 180 lines of 64 KB: what backtracks or is quadratic takes minutes.
      expect(performance.now() - started).toBeLessThan(LONG);
    },
    LONG,
  );
});
