import { createReadStream } from 'node:fs';
import { decodeLine, isParserName, normalise } from '#ecs/normalise.js';
import { PARSER_NAMES } from '#ecs/parsers.js';
import { linesOf } from './lines.js';
import { Output } from './output.js';

export interface ParseOptions {
  receivedAt?: string;
  zone: string;
  parser?: string;
}

export async function parseLines(file: string | undefined, { receivedAt, zone: timeZone, parser }: ParseOptions): Promise<void> {
  const given = receivedAt === undefined ? Date.now() : Date.parse(receivedAt);
  if (Number.isNaN(given)) throw new Error(`--received-at: ${receivedAt} is not an ISO 8601 time`);
  if (parser !== undefined && !isParserName(parser)) throw new Error(`--parser: ${parser} is none of ${PARSER_NAMES.join(', ')}`);
  const pinned = parser === undefined ? {} : { parser };
  const output = new Output();
  for await (const bytes of linesOf(file === undefined ? process.stdin : createReadStream(file))) {
    await output.write(JSON.stringify(normalise({ ...decodeLine(bytes), receivedAt: given, timeZone, ...pinned })));
  }
  await output.end();
}
