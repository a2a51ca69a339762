function digitsOf(value: number): { digits: bigint; decimals: number } {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), decimals: fraction.length - Number(exponent) };
}

/**
 * Finite numbers as written in decimal, each times the power of ten that makes all of them whole: 0.1 and 2 are 1n and
 * 20n. Adding and taking away stays exact, so that what a window holds never depends on what has passed through it.
 */
export function decimals(values: Iterable<number>): (value: number) => bigint {
  const read = new Map([...values].map((value) => [value, digitsOf(value)]));
  const places = [...read.values()].reduce((most, one) => Math.max(most, one.decimals), 0);
  const whole = new Map<number, bigint>();
  for (const [value, one] of read) whole.set(value, one.digits * 10n ** BigInt(places - one.decimals));
  return (value) => whole.get(value)!;
}
