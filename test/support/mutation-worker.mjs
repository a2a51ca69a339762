// One warm thread: gets a mutant, answers with the first test that notices it, or null.
import { parentPort, workerData } from 'node:worker_threads';
import { load, loadMutated } from './mutation-loader.mjs';
import { takeTests } from './mutation-vitest.mjs';

const { corpus, specs } = workerData;
/** Spec file -> ms that it took unchanged: the quick ones are asked first. */
const took = new Map(specs.map((spec) => [spec, 0]));
const { parseSigma } = await load('libs/sigma/parse.ts');
const read = (parse) => corpus.map(({ texts }) => texts.flatMap((text) => parse(text, 'rule.yml').documents));
const documents = read(parseSigma);

/** Whether the rules of the corpus match what the specification says. */
function differs(parse, compileRuleset) {
  for (const [at, { texts, events, expected, undecided }] of corpus.entries()) {
    const rules = parse ? texts.flatMap((text) => parse(text, 'rule.yml').documents) : documents[at];
    const ruleset = compileRuleset(rules, null);
    for (const [index, event] of events.entries()) {
      const found = ruleset
        .match(event)
        .map(({ id }) => id)
        .filter((id) => !undecided[index].includes(id));
      if (found.join() !== expected[index].join()) return true;
    }
  }
  return false;
}

async function holds({ run, befores, fails }) {
  try {
    for (const before of befores) await before();
    await run();
    return !fails;
  } catch {
    return fails;
  }
}

/** The tests of a spec file that do not hold, one after the other. */
async function* failing(number, mutant, spec) {
  await loadMutated(number, mutant, [spec]);
  for (const test of takeTests()) if (!(await holds(test))) yield `${spec}: ${test.name}`;
}

const ignored = new Set();
for (const spec of specs) {
  const started = performance.now();
  for await (const key of failing('none', null, spec)) ignored.add(key);
  took.set(spec, performance.now() - started);
}
specs.sort((a, b) => took.get(a) - took.get(b));

async function killedBy(number, mutant) {
  try {
    const [{ compileRuleset }, sigma] = await loadMutated(number, mutant, [
      'libs/engine/ruleset.ts',
      'libs/sigma/parse.ts',
    ]);
    const parse = mutant.file.startsWith('libs/sigma/') ? sigma.parseSigma : null;
    if (differs(parse, compileRuleset)) return 'the interpreter';
  } catch (error) {
    return `an error: ${error instanceof Error ? error.message : error}`;
  }
  // The language knows nothing of the engine, so its specs cannot notice.
  const concerned = specs.filter((spec) => mutant.file.startsWith('libs/sigma/') || !spec.startsWith('libs/sigma/'));
  for (const spec of concerned) {
    for await (const key of failing(number, mutant, spec)) if (!ignored.has(key)) return key;
  }
  return null;
}

parentPort.postMessage({ ready: true, ignored: [...ignored] });
parentPort.on('message', async ({ number, mutant }) => {
  let by;
  try {
    by = await killedBy(number, mutant);
  } catch (error) {
    by = `an error: ${error instanceof Error ? error.message : error}`;
  }
  takeTests();
  parentPort.postMessage({ number, by });
});
