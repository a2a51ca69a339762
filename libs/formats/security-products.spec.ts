import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from './normalise.js';

interface Vector {
  id: string;
  input: string;
  expected_ecs_subset: Record<string, unknown>;
}

const VECTORS: Vector[] = readFileSync('test/fixtures/ecs/cef/ot_vendor.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });

function valueAt(event: EcsEvent, path: string): unknown {
  return path.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], event);
}

describe('OT security products', () => {
  it.each(VECTORS)('$id has the fields that the set expects', ({ input, expected_ecs_subset }) => {
    const event = read(input);
    for (const [paths, expected] of Object.entries(expected_ecs_subset)) {
      const found = paths.split('|').map((path) => valueAt(event, path));
      const holds = found.some((value) => {
        if (JSON.stringify(value) === JSON.stringify(expected)) return true;
        return Array.isArray(value) && value.includes(expected);
      });
      expect(holds, `${paths}: ${JSON.stringify(found)}`).toBe(true);
    }
  });

  it.each([
    [
      'CEF:0|radiflow|isid|7.0.2.28|101|Schneider Logic Update Detected|High|src=10.0.0.1 dst=10.0.0.2 pt=502 PtName=Modbus',
      {
        event: { kind: 'alert', action: 'program_download', severity: 8 },
        ot: { protocol: 'modbus', operation: 'program_download' },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    [
      'CEF:0|Claroty|CTD|2.7.0|Alert|Configuration Download|Critical|src=10.1.30.40 dst=10.1.30.1 msg=A configuration has been downloaded',
      {
        event: { kind: 'alert', category: ['intrusion_detection', 'configuration'] },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    [
      'CEF:0|Claroty|SRA|3.1.0|1000|Login to SRA succeeded|6|suser=bob msg=User bob logged in',
      {
        event: { kind: 'event', category: ['authentication'], outcome: 'success' },
        user: { name: 'bob' },
        observer: { type: 'pam' },
      },
    ],
    [
      'CEF:0|Nozomi Networks|N2OS|22|SIGN:PROGRAM:UPLOAD|Program upload|6|app=s7 src=10.0.0.1 dst=10.0.0.2 flexString1Label=mitre_attack_techniques flexString1=T0845, T0882',
      {
        event: { action: 'program_upload' },
        ot: { protocol: 's7comm', operation: 'program_upload' },
        threat: { technique: { id: ['T0845', 'T0882'] } },
        plantwatch: { audit_category: 'backup_restore' },
      },
    ],
    [
      '<14>Jan 6 20:59:02 10.0.0.9 CEF:0|Tenable|Tenable OT Security|3.17.40|30|Rockwell Code Upload|3|dvchost=Tenable OT Security rt=Jan 6 2024 20:59:02 duser=Infusion_Mold_3 suser=Tenable.ot - FT/HA outcome=success dst=10.0.0.2 dmac=00:1d:9c:db:d9:6b src=10.0.0.1 smac=00:e0:09:ca:92:01 cs6Label=policy_name cs6=Rockwell Code Upload cat=ConfigurationEvents',
      {
        event: { kind: 'alert', action: 'program_upload', outcome: 'success' },
        observer: { product: 'Tenable OT Security', type: 'ids' },
        rule: { name: 'Rockwell Code Upload' },
        plantwatch: { audit_category: 'backup_restore' },
      },
    ],
    [
      'CEF:0|Microsoft|Defender for IoT|22.2|Microsoft Defender for IoT Alert|PLC Stop Command|10|msg=stop protocol=Siemens S7 severity=Critical type=Policy Violation start=Mar 14 2025 09:26:53 src_ip=10.0.0.1 src_mac=00:0c:29:28:dd:c5 dst_ip=10.0.0.2 dst_mac=00:0c:29:28:dd:c6 cat=Operational',
      {
        '@timestamp': '2025-03-14T09:26:53.000Z',
        event: { kind: 'alert', action: 'stop', category: ['intrusion_detection', 'host'] },
        source: { ip: '10.0.0.1', mac: '00-0C-29-28-DD-C5' },
        ot: { protocol: 's7comm', operation: 'stop' },
        plantwatch: { audit_category: 'control_system' },
      },
    ],
    [
      'CEF:0|Check Point|VPN-1 & FireWall-1|Check Point|Drop|Drop|5|act=Drop src=10.0.0.1 dst=10.0.0.2 proto=6 spt=1 dpt=502',
      { event: { kind: 'event', type: ['connection', 'denied'], outcome: 'failure' }, observer: { type: 'firewall' } },
    ],
  ])('%s', (raw, expected) => expect(read(raw)).toMatchObject(expected));
});
