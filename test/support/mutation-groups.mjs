// Which files are mutated, which specs must notice, and what is left out, each with its reason.

const engine = (names) => names.split(' ').map((it) => `libs/engine/${it}.ts`);
const sigma = (names) => names.split(' ').map((it) => `libs/sigma/${it}.ts`);
const specs = (files) => files.map((it) => it.replace('.ts', '.spec.ts'));

/** `corpus`: random rules are asked as well, against the interpreter of test/reference. */
export const groups = [
  {
    files: [
      ...engine('atoms checks edge-index event-view field-table gram-filter int-table parts program rule-index'),
      ...engine('ruleset scanner text-gate time-part witness'),
    ],
    specs: [
      ...specs(engine('event-view int-table language matching ruleset scanner time-part')),
      'test/reference/edges.spec.ts',
    ],
    corpus: true,
  },
  {
    files: engine(
      'correlation correlation-occurrences correlation-settling decimal ranking tally tally-numbers tally-ways window',
    ),
    specs: specs(
      engine(
        'correlation correlation-examples correlation-reference correlation-settling decimal ranking tally tally-numbers',
      ),
    ),
    corpus: false,
  },
  {
    files: sigma('condition detection encode filter link modifier-rules modifiers placeholders value wildcard'),
    specs: [
      ...specs(sigma('condition filter modifiers parse placeholders wildcard')),
      ...specs(engine('language matching ruleset')),
      'test/reference/edges.spec.ts',
    ],
    corpus: true,
  },
];

/** Declarations that say only what is tried first, remembered or told, so that what matches stays the same. */
export const leftOut = {
  'libs/engine/atoms.ts': {},
  'libs/engine/checks.ts': {},
};

/** Changes that no test can notice: the line they are in, what becomes what, and why it is the same. */
export const equivalents = [];
