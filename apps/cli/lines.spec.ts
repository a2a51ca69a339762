import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { linesOf } from './lines.js';

async function lines(...chunks: string[]): Promise<string[]> {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  const found: string[] = [];
  for await (const line of linesOf(stream)) found.push(line.toString());
  return found;
}

it.each([
  [['a\nb\n'], ['a', 'b']],
  [['a\n\nb'], ['a', '', 'b']],
  [
    ['a', 'b\nc', '\n', 'd'],
    ['ab', 'c', 'd'],
  ],
  [['\n'], ['']],
  [[], []],
])('%j are the lines %j', async (chunks, expected) => {
  expect(await lines(...chunks)).toEqual(expected);
});
