import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

/** Which parsers may read the lines of a set; a line that any other one reads was recognised wrongly. */
const ROOT = 'test/fixtures/ecs';
const HOST = 'sshd linux-accounts linux-system rfc3164';
const SETS: readonly (readonly [RegExp, string])[] = [
  [/^auth\/secure/, 'sshd'],
  [/^(?:auth|beats\/system)/, HOST],
  [/^beats\/(?:apache|nginx|traefik)\.(?:access|ingress)/, 'web-access'],
  [/^beats\/apache\.error/, 'web-errors'],
  [/^beats\/auditd/, 'auditd'],
  [/^beats\/haproxy/, 'haproxy'],
  // A message of several lines reaches us as several.
  [/^beats\/icinga/, 'icinga none'],
  [/^beats\/iis/, 'iis'],
  [/^beats\/pensando/, 'pensando'],
  [/^cef\/leef/, 'leef'],
  // Two vectors are heads that nothing can be made of.
  [/^cef\//, 'cef none'],
  [/^device\/firewall/, 'cisco-asa netfilter'],
  [/^engineering\/rockwell/, 'rockwell'],
  [/^engineering\/schneider/, 'schneider'],
  [/^engineering\/siemens/, 'siemens'],
  [/^otlp/, 'otlp'],
  [/^windows/, 'windows-security'],
  [/^zeek/, 'zeek zeek-tsv rfc3164 none'],
];

/** Parsers of one maker or program, and the devices of the set that write its format. */
const DEVICES: Readonly<Record<string, RegExp>> = {
  'cisco-ios': /^(?:arista|cisco_(?:ace|cimc|ios|ucm|ucs.*))$/,
  'check-point': /^checkpoint/,
  'cisco-ise': /^cisco_(?:acs|ise)$/,
  'cisco-asa': /^cisco_(?:asa|pix|fwsm)$/,
  'cisco-firepower': /^cisco_firepower$/,
  // Dell builds on the same switch software, Broadcom FASTPATH.
  hirschmann: /^(?:hirschmann|dell_emc_networking)$/,
  fortinet: /^fortinet/,
  haproxy: /^haproxy$/,
  // The appliance's own sshd.
  sshd: /^(?:infoblox|common)$/,
  juniper: /^juniper/,
  leef: /^leef$/,
  'auditd-body': /^nutanix$/,
  'palo-alto': /^palo_alto$/,
  apc: /^schneider_electric_apc$/,
  sophos: /^sophos/,
  'splunk-relay': /^splunk$/,
  moxa: /^moxa$/,
  'web-access-body': /^cisco_hyperflex$/,
};

const parserOf = (raw: string): string =>
  normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' }).plantwatch?.parser ?? 'none';

function linesOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return file.endsWith('.jsonl')
    ? lines.flatMap((line) => (JSON.parse(line) as { input?: string }).input ?? [])
    : lines;
}

const files = globSync('**/*.{log,ndjson,jsonl}', { cwd: ROOT, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => path.relative(ROOT, path.join(parentPath, name)))
  .filter((file) => !/^(?:syslog\/|device\/sc4s)/.test(file));

describe('a line is read by the parser of its format', () => {
  it.each(files)('%s', (file) => {
    const allowed = SETS.find(([set]) => set.test(file))?.[1].split(' ');
    expect(allowed, `say in SETS which parsers read ${file}`).toBeDefined();
    const wrong = linesOf(path.join(ROOT, file)).filter((raw) => !allowed!.includes(parserOf(raw)));
    expect(wrong).toEqual([]);
  });

  it('by one of its maker, or by a general one', () => {
    const rows = readFileSync(`${ROOT}/device/sc4s.jsonl`, 'utf8').trim().split('\n');
    const read = rows.map((row) => JSON.parse(row) as { device: string; input: string });
    const wrong = read.filter(({ device, input }) => DEVICES[parserOf(input)]?.test(device) === false);
    expect(wrong).toEqual([]);
  });
});
