// Random rules and events with what the interpreter of the specification says of them, made once for all mutants.
import fc from 'fast-check';
import { load } from './mutation-loader.mjs';

/** @returns sets of { texts, events, expected }: the rules as YAML, and for each event the ids that match */
export async function makeCorpus(sets, seed) {
  const [{ besideRare, detections }, { eventsFor }, { detectionHolds }] = await Promise.all(
    ['rules.arbitrary', 'events.arbitrary', 'interpreter'].map((it) => load(`test/reference/${it}.ts`)),
  );
  const rule = detections([]).chain((detection) => fc.tuple(fc.constant(detection), eventsFor(detection, 3)));
  const drawn = fc.sample(fc.array(rule, { minLength: 10, maxLength: 10 }), { numRuns: sets, seed });
  return drawn.map((rules) => {
    const named = rules.flatMap(([detection], at) => [
      { id: `r${at}`, detection },
      { id: `beside${at}`, detection: besideRare(detection) },
    ]);
    const texts = named.map(({ id, detection }) =>
      JSON.stringify({ title: id, id, logsource: { product: 'any' }, detection }),
    );
    const events = rules.flatMap(([, it]) => it).map((it) => ({ ...it, rare: 'the rarest value' }));
    const expected = events.map((event) =>
      named.filter(({ detection }) => detectionHolds(detection, event)).map(({ id }) => id),
    );
    return { texts, events, expected };
  });
}
