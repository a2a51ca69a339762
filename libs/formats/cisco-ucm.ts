import type { EcsEvent } from '#ecs/event.js';
import { dictionary, setField } from './ecs-setters.js';

/**
 * What Cisco Unified Communications Manager writes behind its mnemonic: `%[UserID =admin][ClientAddress =10.0.0.1]…
 * [App ID=Cisco Tomcat][Cluster ID=][Node ID=cucm1]: text` (Cisco Unified CM Audit Log and alarm definitions).
 */
const TAG = /\[ ?([A-Za-z][\w ]{0,40}?) ?=([^\][]{0,256})\]/g;
const LONGEST = 4096;

const KEYS = dictionary({
  UserID: 'user.name',
  ClientAddress: 'source.ip',
  EventType: 'event.action',
  EventStatus: 'event.outcome',
  ResourceAccessed: 'service.name',
  AuditDetails: 'event.reason',
  'Node ID': 'host.name',
  NodeID: 'host.name',
});

/** Takes the tags into the event; the node is the host where the header has none. */
export function readUcmTags(event: EcsEvent, text: string): void {
  const line = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  for (const [, key = '', value = ''] of line.matchAll(TAG)) {
    const field = KEYS.get(key);
    if (field !== undefined) setField(event, field, value.trim());
  }
}
