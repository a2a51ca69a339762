import type { EcsEvent } from '#ecs/event.js';
import type { Arrival } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { isGuessed } from '#ecs/timestamps.js';
import type { Stamp } from '#ecs/timestamps.js';

/** The time that a device writes inside its message, beside the header's. */

/** Takes the stamp for the event's time: the format says that this is when it happened. */
export function takeTime(event: EcsEvent, stamp: Stamp, arrival: Arrival): void {
  if (event.tags !== undefined) {
    const tags = event.tags.filter((tag) => tag !== 'timestamp_guessed');
    event.tags = tags.length > 0 ? tags : undefined;
  }
  applyStamp(event, stamp, arrival);
}

/** Takes the stamp where it says more than the header: where there was no time yet, or where only this one is whole. */
export function preferTime(event: EcsEvent, stamp: Stamp | undefined, arrival: Arrival): void {
  if (stamp === undefined) return;
  const guessed = event.tags?.includes('timestamp_guessed') === true;
  if (event['@timestamp'] === '' || (guessed && !isGuessed(stamp))) takeTime(event, stamp, arrival);
}
