// `npm run mutate -- [--seconds N] [--seed N] [--survivors FILE.json] [GLOB...]`: changes the matching core in one place at a time and counts how many
// changes the specs and the interpreter of test/reference notice. Without --seconds all mutants, else a random sample.
// What is mutated, by what it is judged, and what is left out is in mutation-groups.mjs.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { makeCorpus } from './mutation-corpus.mjs';
import { equivalents, groups, leftOut } from './mutation-groups.mjs';
import { mutantsOf } from './mutants.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    sets: { type: 'string', default: '60' },
    survivors: { type: 'string' },
    'at-least': { type: 'string', default: '90' },
  },
});
/** Milliseconds of computing, beside three times what the specs take: a change that runs longer never ends. */
const patience = 4000;
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

/** The worker's next message; null after `limit` ms of computing, however busy the machine; `dead` when it ended instead. */
function answer(worker, limit) {
  const { promise, resolve } = Promise.withResolvers();
  const died = (reason) => resolve({ by: `an error: ${reason}`, dead: true });
  const before = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 > limit) resolve(null);
  }, 200);
  worker.once('message', resolve).once('error', died).once('exit', died);
  return promise.finally(() => {
    clearInterval(timer);
    worker.off('message', resolve).off('error', died).off('exit', died);
  });
}

async function start(workerData) {
  const worker = new Worker(new URL('mutation-worker.mjs', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 1500 },
  });
  const { ignored, by, took } = await answer(worker, 10 * patience);
  if (!ignored) throw new Error(by);
  return { worker, known: { ignored, took } };
}

async function judge(mutants, workerData, until) {
  const judged = [];
  const { worker: first, known } = await start(workerData);
  let worker = first;
  const time = known.took.reduce((sum, [, ms]) => sum + ms, 0);
  for (const [name, why] of known.ignored) console.log(`not asked, for it ${why}: ${name}`);
  for (const [number, mutant] of mutants.entries()) {
    if (Date.now() > until) break;
    if (mutant.same) {
      judged.push({ ...mutant, by: null });
      continue;
    }
    worker.postMessage({ number, mutant });
    const reply = await answer(worker, patience + 3 * time);
    const by = reply === null ? 'time' : reply.by;
    judged.push({ ...mutant, by });
    if (by === null) console.log(`survives: ${show(mutant)}`);
    if (reply === null || reply.dead || number % copiesPerWorker === copiesPerWorker - 1) {
      await worker.terminate();
      ({ worker } = await start({ ...workerData, known }));
    }
  }
  await worker.terminate();
  return judged;
}

function show({ file, line, was, text, code }) {
  const short = (it) => it.replaceAll(/\s+/g, ' ').slice(0, 60);
  return `${file}:${line}  ${short(was)}  ->  ${short(text)}  in  ${code}`;
}

const changeOf = ({ was, text }) => `${was} -> ${text}`.replaceAll(/\s+/g, ' ');
const sameAs = (mutant) =>
  equivalents.find(({ file, code, change }) => {
    return file === mutant.file && code === mutant.code && change === changeOf(mutant);
  })?.why;

const percent = (part, whole) => `${((part / whole) * 100).toFixed(1)} %`;

/** Killed of all, and of those that can be noticed at all. */
function score(judged) {
  const killed = judged.filter(({ by }) => by !== null).length;
  const noticeable = judged.filter(({ by, same }) => by !== null || !same).length;
  return { killed, all: judged.length, noticeable };
}

const told = ({ killed, all, noticeable }) =>
  `${killed} of ${all} (${percent(killed, all)}), without the ${all - noticeable} that change nothing ${percent(killed, noticeable)}`;

const wanted = positionals.length > 0 ? globSync(positionals) : groups.flatMap(({ files }) => files);
const until = values.seconds ? Date.now() + Number(values.seconds) * 1000 : Infinity;
process.env.REFERENCE_SETS ??= '20';
process.env.CORRELATION_RUNS ??= '60';
const corpus = await makeCorpus(Number(values.sets), Number(values.seed));
const judged = [];
for (const group of groups) {
  const files = group.files.filter((it) => wanted.includes(it));
  const all = files.flatMap((file) => mutantsOf(file, readFileSync(file, 'utf8'), Object.keys(leftOut[file] ?? {})));
  const mutants = values.seconds ? shuffled(all, randomly(Number(values.seed))) : all;
  if (mutants.length === 0) continue;
  const share = values.seconds ? Math.min(until, Date.now() + (Number(values.seconds) * 1000) / groups.length) : until;
  const own = mutants.map((it) => ({ ...it, same: sameAs(it) }));
  const found = await judge(own, { corpus: group.corpus ? corpus : [], specs: globSync(group.specs).sort() }, share);
  for (const file of files) {
    const of = found.filter((it) => it.file === file);
    if (of.length > 0) console.log(`${file}: ${told(score(of))}`);
  }
  judged.push(...found);
}
if (values.survivors) {
  const survivors = judged.filter(({ by, same }) => by === null && !same);
  const list = survivors.map((it) => ({ file: it.file, line: it.line, code: it.code, change: changeOf(it) }));
  writeFileSync(values.survivors, JSON.stringify(list, null, 1));
}
const total = score(judged);
console.log(`mutation score: ${told(total)}`);
process.exitCode = total.killed / total.noticeable >= Number(values['at-least']) / 100 ? 0 : 1;
