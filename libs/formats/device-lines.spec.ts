import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';
import type { ParserName } from './parsers.js';

/** Whatever a device's line has become on its way, it stays an event: one real line a format, damaged in any way. */
const SAMPLES: readonly (readonly [ParserName, string])[] = [
  [
    'cef',
    'CEF:0|a|b|1|2|c|5|src=10.0.0.1 spt=1 msg=x\\=y cs1=v cs1Label=Policy rt=1741944413589 request=http://h/?a=b',
  ],
  ['leef', 'LEEF:2.0|a|b|1|2|^|src=10.0.0.1^devTime=1741944413^usrName=x'],
  ['cisco-asa', '%ASA-4-106023: Deny tcp src a:10.0.0.1/1(u) dst b:10.0.0.2/2 by access-group "g" [0x0, 0x0]'],
  ['cisco-asa', '%FTD-6-430003: SrcIP: 10.0.0.1, AccessControlRuleAction: Block, URL: http://a, b'],
  [
    'fortinet',
    'date=2025-03-14 time=09:26:53 devid="FGT60D4614044725" logid="1" type="event" msg="a \\"b\\" c" srcip=10.0.0.1',
  ],
  ['palo-alto', '1,2025/03/14 09:26:53,007,TRAFFIC,end,1,2025/03/14 09:26:53,10.0.0.1,10.0.0.2,,,"a ""b"", c",,,x'],
  ['check-point', 'time=1741944413|hostname=h|product=IPS|action=Drop|src=10.0.0.1|x=a\\|b'],
  ['juniper', 'RT_FLOW_SESSION_DENY: session denied 10.0.0.1/1->10.0.0.2/2 None 6(0) p it ot'],
  ['sophos', 'id="2001" severity="info" sys="SecureNet" sub="packetfilter" action="drop" srcip="10.0.0.1"'],
  [
    'netfilter',
    'kernel: DROP IN=eth0 OUT= MAC=00:0c:29:28:dd:c6:00:0c:29:28:dd:c5:08:00 SRC=10.0.0.1 DST=10.0.0.2 PROTO=TCP SPT=1',
  ],
  [
    'cisco-ise',
    'CISE_Passed_Authentications 0000000001 1 0 2025-03-14 09:26:53.589 +00:00 0000008450 5200 NOTICE A: b, UserName=x',
  ],
  ['hirschmann', 'TRAPMGR[trapTask]: traputil.c(721) 29331 %% NOTE Link Down: Unit: 0 Port: 4'],
  ['apc', "System: Web user 'apc' logged in from 10.0.0.5. 0x0015"],
  ['moxa', '<14>Mar 14 09:26:53 EDS-510 Port 3 Link Off'],
  ['key-value', 'src=10.0.0.1:1 dst=10.0.0.2 user="a b" action=deny'],
];
const PIECES = [
  '',
  '\0',
  '"',
  '\\',
  '=',
  '|',
  ' ',
  ',',
  ';',
  ':',
  '(',
  '/',
  '%',
  '\t',
  '#012',
  '\u202E',
  '\uD800',
  'é',
  '[',
  '] ',
  'src=',
  ' to ',
];
const HEADS = ['', '<166>Mar 14 09:26:53 h ', '<166>1 2025-03-14T09:26:53Z h app 1 - - '];
const HALF_MEGABYTE_PER_SECOND = 250;

function check(raw: string, parser?: ParserName) {
  const event = normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'Europe/Berlin', parser });
  expect(event.event.original).toBe(raw);
  expect(new Date(event['@timestamp']).toISOString()).toBe(event['@timestamp']);
  expect(event.error?.message ?? '').not.toMatch(/^parser failed/);
  return event;
}

describe.each(SAMPLES)('%s', (name, line) => {
  it('reads its line, with a header and without', () => {
    expect(check(line).plantwatch?.parser).toBe(name);
    for (const head of line.startsWith('<') ? [''] : HEADS)
      expect(check(head + line, name).plantwatch?.parser).toBe(name);
  });

  it('reads any damaged line', () => {
    const edits = fc.array(fc.tuple(fc.nat(400), fc.constantFrom(...PIECES)), { maxLength: 5 });
    const damage = (parts: readonly (readonly [number, string])[]) =>
      parts.reduce((text, [where, by]) => {
        const at = where % (text.length + 1);
        return text.slice(0, at) + by + text.slice(at + 1);
      }, line);
    fc.assert(
      fc.property(fc.constantFrom(...HEADS), edits, (head, parts) => void check(head + damage(parts), name)),
      { numRuns: 300 },
    );
  }, 60_000);

  it('reads any text that it is pinned to', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => void check(text, name)));
  }, 60_000);

  it('takes bounded time for the longest lines', () => {
    for (const piece of [
      ...PIECES.filter(Boolean),
      line,
      `${line} `,
      'a="',
      "a='",
      'a: b, ',
      ' from a to ',
      '1,',
      'A-1-',
    ]) {
      const raw = line + piece.repeat(Math.ceil(65_536 / piece.length));
      const before = process.cpuUsage().user;
      check(raw, name);
      expect((process.cpuUsage().user - before) / 1000, JSON.stringify(piece)).toBeLessThan(HALF_MEGABYTE_PER_SECOND);
    }
  }, 60_000);
});

describe('the shared samples', () => {
  it('are recognised as what they are', () => {
    const lines: { device: string; input: string }[] = readFileSync('test/fixtures/ecs/device/sc4s.jsonl', 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const OWN: readonly [RegExp, RegExp][] = [
      [/^cisco_(?:asa|pix)$/, /^cisco-asa$/],
      [/^cisco_firepower$/, /^cisco-firepower$/],
      [/^checkpoint/, /^(?:check-point|rfc3164|linux-system)$/],
      [/^fortinet_ngfw$/, /^(?:fortinet|key-value)$/],
      [/^palo_alto$/, /^palo-alto$/],
      [/^juniper/, /^(?:juniper|rfc3164|linux-system)$/],
      [/^sophos/, /^sophos$/],
      [/^schneider_electric_apc$/, /^apc$/],
      [/^leef$/, /^leef$/],
      [/^(?:cisco_ise|cisco_acs)$/, /^cisco-ise$/],
      [/^splunk$/, /^splunk-relay$/],
    ];
    const SINGLE =
      /^(?:cisco-asa|cisco-firepower|check-point|fortinet|palo-alto|juniper|sophos|apc|leef|cisco-ise|splunk-relay|moxa)$/;
    for (const { device, input } of lines) {
      const parser = check(input).plantwatch?.parser ?? '';
      const own = OWN.find(([name]) => name.test(device))?.[1];
      expect(own === undefined ? !SINGLE.test(parser) : own.test(parser), `${device}: ${parser}`).toBe(true);
    }
  });
});
