// Which files are mutated, which specs must notice, and what is left out, each with its reason.
import { readFileSync } from 'node:fs';

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
    specs: specs([
      ...engine('correlation correlation-examples correlation-reference correlation-settling decimal ranking'),
      ...engine('tally tally-numbers tally-ways'),
    ]),
    corpus: false,
  },
  {
    files: sigma('condition detection encode filter link modifier-rules modifiers placeholders value wildcard'),
    specs: [
      ...specs(sigma('condition correlation-fields filter link modifiers parse placeholders refusals wildcard')),
      ...specs(engine('language matching ruleset')),
      'test/reference/edges.spec.ts',
    ],
    corpus: true,
  },
];

/** Declarations and properties that are left alone, by name, for they say only what is tried first or how fast; and why. */
export const leftOut = {
  'libs/engine/checks.ts': { cost: 'what is asked first', MANY: 'from when a list is scanned for at once' },
  'libs/engine/scanner.ts': {
    FEW: 'from when parts are looked for at once',
    FEW_IN_LONG: 'from when parts are looked for at once',
    LONG_TEXT: 'from when parts are looked for at once',
  },
  'libs/engine/edge-index.ts': {
    LONG: 'how many characters are looked up at once',
    step: 'any hash will do: what it finds is compared',
  },
  'libs/engine/event-view.ts': { size: 'room for later fields' },
  'libs/engine/gram-filter.ts': {
    MAX_STRIDE: 'how many places are looked at',
    BITS_PER_GRAM: 'how seldom bits collide',
    MAX_TRIES: 'when tries give way to one search',
    KEY: 'any hash will do: what it finds is compared',
    roll: 'any hash will do: what it finds is compared',
    counts: 'which of its grams stands for a part',
    shared: 'which of its grams stands for a part',
    size: 'how seldom bits collide',
  },
  'libs/engine/int-table.ts': { bits: 'how full the table is', spread: 'how seldom keys collide' },
  'libs/engine/program.ts': { costOf: 'what is asked first', dearFirst: 'what is asked first' },
  'libs/engine/witness.ts': {
    ANY_TEXT: 'which witnesses are taken',
    BY_LENGTH: 'which witnesses are taken',
    commonness: 'which witnesses are taken',
    rarity: 'which witnesses are taken',
    weight: 'which witnesses are taken',
    price: 'which witnesses are taken',
    shared: 'which witnesses are taken',
  },
  'libs/sigma/modifiers.ts': { knownModifiers: 'a list in a message' },
  'libs/sigma/condition.ts': { known: 'a list in a message' },
};

/** Changes that no test can notice, each with why: { file, code (of the line), change, why }. */
function readEquivalents(text) {
  const found = [];
  let [file, why, code] = ['', '', ''];
  for (const line of text.split('\n')) {
    if (line.startsWith('# ')) file = line.slice(2);
    else if (line.startsWith('> ')) code = line.slice(2);
    else if (line.startsWith('- ')) found.push({ file, code, why, change: line.slice(2) });
    else if (line !== '') why = line;
  }
  return found;
}

export const equivalents = readEquivalents(readFileSync(new URL('mutation-equivalents.txt', import.meta.url), 'utf8'));
