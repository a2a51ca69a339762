// One warm thread: gets a mutant, answers with the first test that notices it, or null.
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { load, loadMutated } from './mutation-loader.mjs';
import { takeTests } from './mutation-vitest.mjs';

const { corpus, specs, known } = workerData;
fc.configureGlobal({ seed: 1 });
/** Spec file -> ms of this thread that it took unchanged: the quick ones are asked first. */
const took = new Map(specs.map((spec) => [spec, 0]));
const { parseSigma } = await load('libs/sigma/parse.ts');
const read = (parse) => corpus.map(({ texts }) => texts.flatMap((text) => parse(text, 'rule.yml').documents));
const documents = read(parseSigma);

/** Whether the rules of the corpus match what the specification says. */
function differs(parse, compileRuleset) {
  for (const [at, { texts, events, expected }] of corpus.entries()) {
    const rules = parse ? texts.flatMap((text) => parse(text, 'rule.yml').documents) : documents[at];
    const ruleset = compileRuleset(rules, null);
    for (const [index, event] of events.entries()) {
      const found = ruleset.match(event).map(({ id }) => id);
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

/** Tests that fail unchanged, or take so long that few mutants would be judged: key -> why they are not asked. */
const ignored = new Map(known?.ignored);
const longestTest = 300;
const cpuTime = () => process.threadCpuUsage().user / 1000;

async function* testsOf(number, mutant, spec) {
  await loadMutated(number, mutant, [spec]);
  for (const test of takeTests()) {
    const key = `${spec}: ${test.name}`;
    if (!ignored.has(key)) yield { test, key };
  }
}

for (const [spec, time] of known?.took ?? []) took.set(spec, time);
for (const spec of known ? [] : specs) {
  for await (const { test, key } of testsOf('none', null, spec)) {
    const started = cpuTime();
    const held = await holds(test);
    const time = cpuTime() - started;
    if (!held) ignored.set(key, 'fails without any change');
    else if (time > longestTest) ignored.set(key, `takes ${Math.round(time)} ms`);
    else took.set(spec, took.get(spec) + time);
  }
}

/** The random rules are one judge among the specs; it takes about so long, for most changes show in the first sets. */
const interpreter = 'the interpreter';
took.set(interpreter, 10 * corpus.length);
const judges = [...took.keys()].sort((a, b) => took.get(a) - took.get(b));

async function killedBy(number, mutant) {
  for (const spec of judges) {
    if (spec === interpreter) {
      const [engine, sigma] = await loadMutated(number, mutant, ['libs/engine/ruleset.ts', 'libs/sigma/parse.ts']);
      const parse = mutant.file.startsWith('libs/sigma/') ? sigma.parseSigma : null;
      if (differs(parse, engine.compileRuleset)) return interpreter;
      continue;
    }
    for await (const { test, key } of testsOf(number, mutant, spec)) if (!(await holds(test))) return key;
  }
  return null;
}

parentPort.postMessage({ ignored: [...ignored], took: [...took], by: null });
async function tell({ number, mutant }) {
  let by;
  try {
    by = await killedBy(number, mutant);
  } catch (error) {
    by = `an error: ${error instanceof Error ? error.message : error}`;
  }
  takeTests();
  parentPort.postMessage({ number, by });
}

parentPort.on('message', (asked) => void tell(asked));
