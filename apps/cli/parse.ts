import { createReadStream } from 'node:fs';
import type { Memory } from '#ecs/parser.js';
import { decodeLine, isParserName, normalise } from '#formats/normalise.js';
import { PARSER_NAMES, type ParserName } from '#formats/parsers.js';
import { remember } from '#formats/memory.js';
import { reportLine } from './exit.js';
import { eachLine } from './lines.js';
import { Output } from './output.js';

export interface ParseOptions {
  receivedAt?: string;
  zone: string;
  parser?: string;
}

export async function parseLines(file: string | undefined, options: ParseOptions): Promise<void> {
  const receivedAt = readTime(options.receivedAt);
  const timeZone = readZone(options.zone);
  const parser = options.parser === undefined ? {} : { parser: readParser(options.parser) };
  const output = new Output();
  let memory: Memory | undefined;
  await eachLine(file === undefined ? process.stdin : createReadStream(file), {
    line: (buffer, from, to) => {
      const bytes = buffer.subarray(from, to);
      const event = normalise({ ...decodeLine(bytes), receivedAt, timeZone, memory, ...parser });
      memory = remember(memory, event);
      output.add(JSON.stringify(event));
    },
    tooLong: (number) => reportLine(number, 'longer than 16 MiB'),
    pause: () => output.flush(),
  });
}

function readTime(text: string | undefined): number {
  const time = text === undefined ? Date.now() : Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`--received-at: ${text} is not an ISO 8601 time`);
  return time;
}

function readZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new Error(`--zone: ${zone} is not a time zone; write one as Europe/Prague`);
  }
}

function readParser(name: string): ParserName {
  if (!isParserName(name)) throw new Error(`--parser: there is no ${name}; known are ${PARSER_NAMES.join(', ')}`);
  return name;
}
