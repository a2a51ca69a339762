import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Shapes of rules that plants write for their hosts and switches: names, parts of texts, networks, numbers, exclusions. */
const SHAPES: readonly ((n: number) => string)[] = [
  (n) => `user.name: [visitor${n}, contractor${n}, vendor${n}]\n    event.outcome: success`,
  (n) => `source.ip|cidr: [192.0.${n % 256}.0/24, 198.51.${n % 256}.0/25]\n    event.action: ssh_login`,
  (n) => `message|contains|all: ['unit ${n}', 'firmware']`,
  (n) => `message|contains: ['rogue-${n}', 'implant${n}', 'beacon ${n}']`,
  (n) => `host.name|startswith: ['spare-${n}-', 'lab${n}.']`,
  (n) => `process.name: [tool${n}, helper${n}]\n    event.outcome: failure`,
  (n) => `message|re: 'session [a-z]{4,12} of unit ${n} (opened|closed)'`,
  (n) => `source.port: [${60_000 + n}, ${61_000 + n}]\n    user.name|endswith: '_svc${n}'`,
];
/** What they look at. */
const SOURCES = ['product: linux\n  service: sshd', 'product: cisco', 'category: authentication'];

/** A folder with so many rules beside the shipped ones; hardly any matches, as in a quiet plant. */
export function benchRules(count: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'plantwatch-rules-'));
  for (let n = 0; n < count; n++) {
    const shape = SHAPES[n % SHAPES.length]!;
    const rule = [
      `title: Bench rule ${n}`,
      `id: ${randomUUID()}`,
      'status: test',
      'level: low',
      'description: For measuring only',
      'logsource:',
      `  ${SOURCES[n % SOURCES.length]}`,
      'detection:',
      '  selection:',
      `    ${shape(n)}`,
      '  condition: selection',
    ];
    writeFileSync(path.join(folder, `bench_${n}.yml`), `${rule.join('\n')}\n`);
  }
  return folder;
}
