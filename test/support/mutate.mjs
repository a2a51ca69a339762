// `npm run mutate -- [--seconds N] [--seed N] [GLOB...]`: changes the matching core in one place at a time and counts how many
// changes the specs and the interpreter of test/reference notice. Without --seconds all mutants, else a random sample.
import { globSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { makeCorpus } from './mutation-corpus.mjs';
import { mutantsOf } from './mutants.mjs';

const matching = [
  'libs/engine/!(correlation|tally|window).ts',
  'libs/sigma/{condition,detection,encode,modifiers,regex,wildcard}.ts',
];
const specs = [
  'libs/engine/!(correlation|tally|window|shipped-rules).spec.ts',
  'libs/sigma/{condition,detection,encode,modifiers,regex,wildcard,parse}.spec.ts',
  'test/reference/edges.spec.ts',
];
/** What these declare says only what is tried first, what is remembered and what errors say: matches stay the same. */
const costs = 'costs testCost costOf presencePenalty weight lightest price keyOf chooseWitnesses';
const caches = 'fetch leaves slot';
const messages = 'known knownModifiers';
const speedOnly = `${costs} ${caches} ${messages}`.split(' ');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sets: { type: 'string', default: '100' },
    spec: { type: 'string', multiple: true, default: specs },
    'speed-only': { type: 'string', multiple: true, default: speedOnly },
    'at-least': { type: 'string', default: '90' },
  },
});
const patience = 30_000;
const copiesPerWorker = 80;

/** Mulberry32: the same seed, the same sample. */
function randomly(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled(list, random) {
  return list
    .map((it) => [random(), it])
    .sort(([a], [b]) => a - b)
    .map(([, it]) => it);
}

/** The worker's next message; null after `timeout` ms; `dead` when it ended instead. */
function answer(worker, timeout) {
  const { promise, resolve } = Promise.withResolvers();
  const died = (reason) => resolve({ by: `an error: ${reason}`, dead: true });
  const timer = setTimeout(resolve, timeout, null);
  worker.once('message', resolve).once('error', died).once('exit', died);
  return promise.finally(() => {
    clearTimeout(timer);
    worker.off('message', resolve).off('error', died).off('exit', died);
  });
}

async function start(workerData) {
  const worker = new Worker(new URL('mutation-worker.mjs', import.meta.url), { workerData });
  const { ignored, by } = await answer(worker, 10 * patience);
  if (!ignored) throw new Error(by);
  return { worker, ignored };
}

async function run(mutants, workerData, until) {
  const judged = [];
  const first = await start(workerData);
  let { worker } = first;
  for (const name of first.ignored) console.log(`left out, for it fails without any change here: ${name}`);
  for (const [number, mutant] of mutants.entries()) {
    if (Date.now() > until) break;
    worker.postMessage({ number, mutant });
    const reply = await answer(worker, patience);
    const by = reply === null ? 'time' : reply.by;
    judged.push({ ...mutant, by });
    if (by === null) console.log(`survives: ${show(mutant)}`);
    if (reply === null || reply.dead || number % copiesPerWorker === copiesPerWorker - 1) {
      await worker.terminate();
      ({ worker } = await start(workerData));
    }
  }
  await worker.terminate();
  return judged;
}

function show({ file, line, was, text }) {
  const short = (it) => it.replaceAll(/\s+/g, ' ').slice(0, 60);
  return `${file}:${line}  ${short(was)}  ->  ${short(text)}`;
}

const files = globSync(positionals.length > 0 ? positionals : matching)
  .filter((it) => !it.endsWith('.spec.ts'))
  .sort();
const all = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8'), values['speed-only']));
const mutants = values.seconds ? shuffled(all, randomly(Number(values.seed))) : all;
const until = values.seconds ? Date.now() + Number(values.seconds) * 1000 : Infinity;
process.env.REFERENCE_SETS ??= '20';
const corpus = await makeCorpus(Number(values.sets), Number(values.seed));
const judged = await run(mutants, { corpus, specs: globSync(values.spec).sort() }, until);
const survivors = judged.filter(({ by }) => by === null);
for (const file of files) {
  const own = judged.filter((it) => it.file === file);
  if (own.length > 0) console.log(`${file}: ${own.filter(({ by }) => by !== null).length} of ${own.length} killed`);
}
const score = ((judged.length - survivors.length) / judged.length) * 100;
console.log(`mutation score ${score.toFixed(1)} % (${judged.length} of ${all.length} mutants)`);
process.exitCode = score >= Number(values['at-least']) ? 0 : 1;
