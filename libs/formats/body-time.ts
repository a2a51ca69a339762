import type { EcsEvent } from '#ecs/event.js';
import type { Arrival } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { isGuessed } from '#ecs/timestamps.js';
import type { Stamp } from '#ecs/timestamps.js';

/** The time that a device writes inside its message, beside the header's. */

/** The stamp is the event's time, whatever the header says. */
export function replaceTime(event: EcsEvent, stamp: Stamp, arrival: Arrival): void {
  if (event.tags !== undefined) {
    const tags = event.tags.filter((tag) => tag !== 'timestamp_guessed');
    event.tags = tags.length > 0 ? tags : undefined;
  }
  applyStamp(event, stamp, arrival);
}

/** The stamp is the event's time, unless a zone or a year would have to be guessed and the header has both. */
export function takeTime(event: EcsEvent, stamp: Stamp | undefined, arrival: Arrival): void {
  if (stamp === undefined) return;
  if (!isGuessed(stamp) || event['@timestamp'] === '' || isGuess(event)) replaceTime(event, stamp, arrival);
}

/** Takes the stamp where it says more than the header: where there was no time yet, or where only this one is whole. */
export function preferTime(event: EcsEvent, stamp: Stamp | undefined, arrival: Arrival): void {
  if (stamp === undefined) return;
  if (event['@timestamp'] === '' || (isGuess(event) && !isGuessed(stamp))) replaceTime(event, stamp, arrival);
}

function isGuess(event: EcsEvent): boolean {
  return event.tags?.includes('timestamp_guessed') === true;
}
