import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepts, compile } from './compiled.js';
import { eventsFor } from './events.arbitrary.js';
import { detectionHolds } from './interpreter.js';
import { detections, timeChains } from './rules.arbitrary.js';

/**
 * The engine against an interpreter of the specification's words (Sigma rules specification and modifiers appendix 2.1.0,
 * github.com/SigmaHQ/sigma-specification at ba9251a). Where the words are silent:
 *
 * | question | decision | as |
 * |---|---|---|
 * | what differs by case only | Unicode simple lower case of each character by itself; ß is not ss, İ is i, ς is σ | Unicode |
 * | one character (`?`) | a code point | rsigma |
 * | numbers and truth values | their JSON text: 5 and "5" are equal, "5.0" is not; "all values are strings" | spec |
 * | what is a number for `lt` … `gte` | sign, digits, fraction, exponent, blanks around; not hexadecimal, not the empty text | Elasticsearch |
 * | arrays | any element, however deep; each value of `all` may have another element | Elasticsearch, rsigma |
 * | `null` | field missing, null, or an array without any value; not '' and not {} | Elasticsearch |
 * | `exists` | the field is there, even if null or empty | spec |
 * | `neq` and `not` on a missing field | hold | pySigma |
 * | `neq` with a list | none of the values (with `all`: not every) | pySigma |
 * | a dotted name | the path through objects and arrays; any steps of it may be one key with dots | Elasticsearch |
 * | keywords | anywhere in any one value, never in names; numbers count; `*` stays in one value | pySigma |
 * | `re` | found anywhere; `$` stands before a last line end too; `startswith` and `endswith` tie it there | PCRE |
 * | `windash` | a dash of any of the five kinds that begins a word, in each piece between wildcards | pySigma |
 * | `utf16…`, `wide` | one character for each byte; Base64 of other text is of its UTF-8 | pySigma |
 * | `cidr` | an IPv4 address or network written as IPv6 (`::ffff:…`) is IPv4; no bits beyond the prefix | Elasticsearch, pySigma |
 * | `fieldref` | texts without case; any element with any element; a missing field equals nothing | rsigma |
 * | `x of` a pattern | leaves out names with `_` unless the pattern begins with it | pySigma |
 * | time parts | in UTC; a date without an offset is UTC; ISO weeks, so there may be a 53rd | ISO 8601 |
 */
const rules = Number(process.env.REFERENCE_RULES ?? 5_500);
const seed = process.env.REFERENCE_SEED === undefined ? {} : { seed: Number(process.env.REFERENCE_SEED) };
const eventsEach = 5;

describe('the engine and the specification', () => {
  const times = timeChains.filter((chain) => accepts(`a|${chain.join('|')}`, 5));
  const cases = detections(times).chain((detection) =>
    fc.tuple(fc.constant(detection), eventsFor(detection, eventsEach)),
  );

  it('agree on random rules and events', { timeout: 600_000 }, () => {
    const seen = { cases: 0, matches: 0 };
    const property = fc.property(cases, ([detection, events]) => {
      const match = compile([['rule', detection]]);
      const rule = JSON.stringify(detection);
      for (const event of events) {
        const text = JSON.stringify(event);
        const expected = detectionHolds(detection, event);
        if (match(event).length > 0 !== expected) throw new Error(`${rule} on ${text} must be ${expected}`);
        seen.cases++;
        seen.matches += Number(expected);
      }
    });
    fc.assert(property, { numRuns: rules, ...seed });
    const share = seen.matches / seen.cases;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.75);
    expect(seen.cases).toBe(rules * eventsEach);
  });

  it.each([
    ['a sigma at the end of a word is a sigma', { a: 'ΟΔΟΣ' }, { a: 'οδοσ' }],
    ['the dotted capital I is one character', { a: 'x?y' }, { a: 'xİy' }],
  ])('agree that %s', (_, search, event) => {
    const detection = { s: search, condition: 's' };
    expect(detectionHolds(detection, event)).toBe(true);
    expect(compile([['rule', detection]])(event)).toEqual(['rule']);
  });
});
