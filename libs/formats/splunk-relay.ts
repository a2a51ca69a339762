import type { EcsEvent, StructuredData } from '#ecs/event.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanWritten } from '#ecs/written-times.js';
import { preferTime } from './body-time.js';
import { setField } from './ecs-setters.js';

/**
 * A line that a Splunk forwarder passes on as syslog: host, time and source type stand in structured data
 * (`[fields@274489 t="…" h="…" st="…"]`), behind a header that is all dashes.
 */
export const splunkRelay = {
  name: 'splunk-relay',
  matches: ({ log }) => log?.syslog?.structured_data?.[FIELDS] !== undefined,
  parse,
} satisfies BodyParser<'splunk-relay'>;

const FIELDS = 'fields@274489';

function parse(event: EcsEvent, arrival: Arrival): 'done' {
  const fields = event.log?.syslog?.structured_data?.[FIELDS] ?? {};
  setField(event, 'host.name', textAt(fields, 'h'));
  preferTime(event, scanWritten(textAt(fields, 't')), arrival);
  event.observer = { vendor: 'Splunk', product: 'Universal Forwarder' };
  event.event.dataset = 'splunk.relay';
  event.event.module = 'splunk';
  const type = textAt(fields, 'st');
  if (type !== '') event.event.provider = type;
  return 'done';
}

function textAt(fields: StructuredData[string], key: string): string {
  const value = fields[key];
  return typeof value === 'string' ? value : '';
}
