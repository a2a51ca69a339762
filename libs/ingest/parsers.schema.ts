import { z } from 'zod';
import { isParserName } from '#formats/normalise.js';
import { eventDocument } from '#events/event.schema.js';

const LINES = 200;
const LINE = 65_536;
const zones = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const parser = z.string().refine(isParserName, 'is no parser: GET /parsers lists them');

export const trial = z.strictObject({
  lines: z.array(z.string().max(LINE)).min(1).max(LINES).describe('As one source would send them, in order'),
  timeZone: z.string().refine(zones, 'is not an IANA time zone').default('Etc/UTC'),
  receivedAt: z.iso.datetime({ offset: true }).optional().describe('Now unless told'),
  parser: parser.optional().describe('Asked first, as if the source were pinned to it'),
});
export type Trial = z.output<typeof trial>;

const looseEvent = z.looseObject({ '@timestamp': z.string() });
const parsers = z.array(z.string());

export const trialAnswer = z.object({
  items: z.array(
    z.object({
      raw: z.string(),
      parser: z.string().nullable(),
      conflicts: parsers.describe('Other parsers that have the line for their own: pin the source to one'),
      event: looseEvent,
    }),
  ),
});

export const parserList = z.object({ items: parsers });

export const samplesQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  hours: z.coerce.number().int().min(1).max(2160).default(168).describe('How far back the counts go'),
});
export type SamplesQuery = z.output<typeof samplesQuery>;

const count = z.object({ name: z.string(), count: z.number(), last: z.iso.datetime() });

export const samples = z.object({
  items: z.array(
    z.object({
      raw: z.string(),
      parser: z.string().nullable(),
      conflicts: parsers,
      tags: z.array(z.string()),
      event: eventDocument,
    }),
  ),
  pinned: z.string().nullable(),
  parsers: z
    .array(count)
    .describe('Which parsers read how many lines; several may mean that two devices share the source'),
  unparsed: z.number().describe('Lines that no format understands; they are kept and found by their text'),
  mismatched: z.number().describe('Lines that the pinned parser did not understand'),
});
