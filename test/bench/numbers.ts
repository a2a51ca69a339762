export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

export function round2(value: number): number {
  return Math.round(value * 100) / 100;
}

export function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
