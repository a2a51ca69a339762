import type { EcsEvent, EventType } from '#ecs/event.js';
import { verdictOf } from './device-values.js';
import type { Verdict } from './device-values.js';

/** A firewall's decision about a connection, as event. */

const STARTS = new Set(['start', 'built', 'open', 'create']);
const ENDS = new Set(['end', 'close', 'teardown', 'timeout', 'client-rst', 'server-rst']);

/** Says by the device's word what became of the connection; false when the word says nothing or there is none. */
export function readVerdict(event: EcsEvent, word: string | undefined): boolean {
  const verdict = word === undefined || !hasPeers(event) ? undefined : verdictOf(word);
  if (word === undefined || verdict === undefined) return false;
  setConnection(event, verdict, word.toLowerCase());
  return true;
}

/** A connection with its verdict; `phase` is the word for its beginning or end, where there is one. */
export function setConnection(event: EcsEvent, verdict: Verdict, phase = ''): void {
  const types: EventType[] = ['connection', verdict];
  if (STARTS.has(phase)) types.push('start');
  else if (ENDS.has(phase)) types.push('end');
  event.event.category = ['network'];
  event.event.type = types;
  event.event.outcome = verdict === 'denied' ? 'failure' : 'success';
}

function hasPeers({ source, destination }: EcsEvent): boolean {
  return source?.ip !== undefined || destination?.ip !== undefined || source?.mac !== undefined;
}
