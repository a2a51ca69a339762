type Decimal = { digits: bigint; places: number };

/** Most values have few decimal places: found so they need no text. A quotient of exact whole numbers is rounded once. */
const FEW_PLACES = 4;

function decimalOf(value: number): Decimal {
  for (let places = 0, unit = 1; places <= FEW_PLACES; places++, unit *= 10) {
    const digits = Math.round(value * unit);
    if (Number.isSafeInteger(digits) && digits / unit === value) return { digits: BigInt(digits), places };
  }
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
}

/**
 * Finite numbers as written in decimal, each times the power of ten that makes all of them whole: 0.1 and 2 are 1n and
 * 20n. Adding and taking away stays exact, so that what a window holds never depends on what has passed through it.
 */
export function decimals(values: Iterable<number>): (value: number) => bigint {
  const read = new Map<number, Decimal>();
  let most = 0;
  for (const value of values) {
    if (read.has(value)) continue;
    const decimal = decimalOf(value);
    read.set(value, decimal);
    most = Math.max(most, decimal.places);
  }
  const units = new Map<number, bigint>();
  const unitOf = (places: number) => {
    const unit = units.get(places) ?? 10n ** BigInt(most - places);
    units.set(places, unit);
    return unit;
  };
  const whole = new Map<number, bigint>();
  for (const [value, { digits, places }] of read) {
    whole.set(value, places === most ? digits : digits * unitOf(places));
  }
  return (value) => whole.get(value)!;
}
