import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { eachLine, LONGEST_LINE } from './lines.js';

async function lines(...chunks: (string | Buffer)[]): Promise<string[]> {
  const found: string[] = [];
  const count = await eachLine(Readable.from(chunks.map((chunk) => Buffer.from(chunk))), {
    line: (buffer, from, to, number) => void found.push(`${number} ${buffer.toString('utf8', from, to)}`),
    tooLong: (number) => void found.push(`${number} too long`),
  });
  expect(count).toBe(found.length);
  return found;
}

it.each([
  [['a\nb\n'], ['1 a', '2 b']],
  [['a\n\nb'], ['1 a', '2 ', '3 b']],
  [
    ['a', 'b\nc', '\n', 'd'],
    ['1 ab', '2 c', '3 d'],
  ],
  [['\n'], ['1 ']],
  [
    ['a\n', '\nb'],
    ['1 a', '2 ', '3 b'],
  ],
  [[], []],
])('%j are the lines %j', async (chunks, expected) => {
  expect(await lines(...chunks)).toEqual(expected);
});

it('joins a character that two chunks share', async () => {
  const bytes = Buffer.from('\u00e4\n');
  expect(await lines(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['1 \u00e4']);
});

it('leaves a line out that is too long, however it comes', async () => {
  const long = Buffer.alloc(LONGEST_LINE + 1, 'x');
  const whole = Buffer.concat([long, Buffer.from('\nb\n')]);
  expect(await lines(Buffer.from('a\n'), whole)).toEqual(['1 a', '2 too long', '3 b']);
  expect(await lines('a\n', long, long, '\nb\n', long)).toEqual(['1 a', '2 too long', '3 b', '4 too long']);
});
