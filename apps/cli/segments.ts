import type { FileHandle } from 'node:fs/promises';

/** Bytes [start, end) of a file: whole lines. */
export interface Segment {
  start: number;
  end: number;
}

const LF = 0x0a;
const STEP = 65_536;

/** Cuts a file into segments of whole lines, each at least `length` bytes long but for the last. */
export async function* segmentsOf(file: FileHandle, length: number): AsyncGenerator<Segment> {
  const { size } = await file.stat();
  for (let start = 0; start < size;) {
    const end = await lineStartFrom(file, Math.min(start + length, size), size);
    yield { start, end };
    start = end;
  }
}

async function lineStartFrom(file: FileHandle, from: number, size: number): Promise<number> {
  const buffer = Buffer.alloc(STEP);
  for (let at = from; at < size; at += STEP) {
    const { bytesRead } = await file.read(buffer, 0, STEP, at);
    const found = buffer.subarray(0, bytesRead).indexOf(LF);
    if (found >= 0) return at + found + 1;
  }
  return size;
}
