// As much of vitest as the specs of pure files use, so that they run again and again in one warm thread.
import { isDeepStrictEqual } from 'node:util';

let tests = [];
let befores = [];

/** The tests registered since the last call, as functions that throw when they fail. */
export function takeTests() {
  const taken = tests.map((test) => ({ ...test, befores }));
  tests = [];
  befores = [];
  return taken;
}

const register = (name, options, run) => {
  const body = typeof options === 'function' ? options : run;
  tests.push({ name, run: body, fails: typeof options === 'object' && options.fails === true });
};
const each = (define) => (table) => (name, options, run) => {
  const body = typeof options === 'function' ? options : run;
  for (const [at, row] of table.entries()) {
    const call = () => body(...(Array.isArray(row) ? row : [row]));
    define(`${name} [${at}]`, typeof options === 'function' ? {} : options, call);
  }
};

export const it = Object.assign(register, { each: each(register) });
export const describe = Object.assign((_name, options, run) => (typeof options === 'function' ? options : run)(), {
  each: each((_name, _options, run) => run()),
});
export const beforeAll = (run) => befores.push(run);
export const afterAll = () => {};

class Matching {
  constructor(holds) {
    this.holds = holds;
  }
}

const isObject = (value) => typeof value === 'object' && value !== null;
const isPlain = (value) => isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
const present = (value) => Object.keys(value).filter((key) => value[key] !== undefined);

function equal(actual, expected, partly = false) {
  if (expected instanceof Matching) return expected.holds(actual);
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.length === expected.length && expected.every((it, at) => equal(actual[at], it, partly));
  }
  if (isPlain(expected) && isObject(actual) && !Array.isArray(actual)) {
    const same = partly || present(actual).length === present(expected).length;
    return same && present(expected).every((key) => equal(actual[key], expected[key], partly));
  }
  return isDeepStrictEqual(actual, expected);
}

function thrown(run) {
  try {
    run();
    return null;
  } catch (error) {
    return error;
  }
}

const says = (error, text) => (text instanceof RegExp ? text.test(error.message) : error.message.includes(text ?? ''));
const matchers = {
  toBe: (actual, expected) => Object.is(actual, expected),
  toEqual: (actual, expected) => equal(actual, expected),
  toStrictEqual: (actual, expected) => equal(actual, expected),
  toMatchObject: (actual, expected) => equal(actual, expected, true),
  toBeGreaterThan: (actual, expected) => actual > expected,
  toBeGreaterThanOrEqual: (actual, expected) => actual >= expected,
  toBeLessThan: (actual, expected) => actual < expected,
  toBeLessThanOrEqual: (actual, expected) => actual <= expected,
  toBeNull: (actual) => actual === null,
  toBeUndefined: (actual) => actual === undefined,
  toBeDefined: (actual) => actual !== undefined,
  toBeTruthy: (actual) => Boolean(actual),
  toBeFalsy: (actual) => !actual,
  toHaveLength: (actual, expected) => actual.length === expected,
  toContain: (actual, expected) => actual.includes(expected),
  toContainEqual: (actual, expected) => actual.some((it) => equal(it, expected)),
  toMatch: (actual, expected) => (expected instanceof RegExp ? expected.test(actual) : actual.includes(expected)),
  toThrow: (actual, expected) => {
    const error = thrown(actual);
    return error !== null && (typeof expected === 'function' ? error instanceof expected : says(error, expected));
  },
};

const bound = (actual, wanted) =>
  Object.fromEntries(
    Object.entries(matchers).map(([name, holds]) => [
      name,
      (expected) => {
        if (holds(actual, expected) !== wanted) throw new Error(`${name} does not hold`);
      },
    ]),
  );

export const expect = Object.assign((actual) => ({ ...bound(actual, true), not: bound(actual, false) }), {
  arrayContaining: (list) => new Matching((actual) => list.every((it) => actual.some((one) => equal(one, it)))),
  objectContaining: (part) => new Matching((actual) => equal(actual, part, true)),
  stringContaining: (part) => new Matching((actual) => typeof actual === 'string' && actual.includes(part)),
  stringMatching: (part) => new Matching((actual) => typeof actual === 'string' && new RegExp(part).test(actual)),
  any: (kind) => new Matching((actual) => actual instanceof kind || typeof actual === kind.name.toLowerCase()),
});
