#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UNUSABLE } from './exit.js';
import type { MatchOptions } from './match-options.js';
import { parseLines, type ParseOptions } from './parse.js';
import { OURS } from './pipelines.js';
import { FORMATS } from './report.js';
import { benchRules } from './rules-bench.js';
import { checkRules, type CheckOptions } from './rules-check.js';
import type { RulesOptions } from './load-rules.js';
import { convertRules } from './rules-convert.js';
import { explainRules, type ExplainOptions } from './rules-explain.js';
import { matchRules } from './rules-match.js';
import { testRules, type TestOptions } from './rules-test.js';

const program = new Command('plantwatch')
  .description('Plantwatch from a terminal')
  .addHelpText('after', '\nExit codes: 0 fine, 1 findings, 2 not understood or not readable.')
  .exitOverride();

const DIR = 'folder of *.yml files, or one file';
const OURS_UNLESS_SAID = `${OURS} when left out`;
const collect = (one: string, others: string[] = []): string[] => [...others, one];
const pipelines = (what: string): Option =>
  new Option('--pipeline <name|file>', `shipped pipeline or a file, repeatable; ${what}`).argParser(collect);
const reported = (): Option => new Option('--format <format>', 'how to print').choices(FORMATS).default('text');
const printed = (): Option => new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text');

function readJobs(text: string): number {
  const jobs = Number(text);
  if (Number.isInteger(jobs) && jobs >= 1 && jobs <= 256) return jobs;
  throw new InvalidArgumentError('Write a number of threads from 1 to 256.');
}

const rules = program.command('rules').description('work with Sigma rules');
rules
  .command('check')
  .description('read every rule and say what is wrong, with file and line')
  .argument('<dir>', DIR)
  .addOption(reported())
  .option('--json', 'the same as --format json: one line with files, rules, ok, errors')
  .addOption(pipelines('with one, what no event has is wrong too'))
  .action((dir: string, { json, ...options }: CheckOptions & { json?: boolean }) =>
    checkRules(dir, json ? { ...options, format: 'json' } : options),
  );
rules
  .command('test')
  .description(
    'run the cases of each NAME.fixtures.yml beside the rules and say which raise other alerts than expected',
  )
  .argument('<dir>', DIR)
  .addOption(reported())
  .addOption(pipelines(OURS_UNLESS_SAID))
  .action((dir: string, options: TestOptions) => testRules(dir, options));
rules
  .command('match')
  .description('print one line of JSON, the rule and the line number, for each match; events are taken as they are')
  .requiredOption('--rules <dir>', DIR)
  .requiredOption('--events <file>', 'one JSON event a line')
  .addOption(pipelines('without one, events are taken as they are'))
  .option('--jobs <threads>', 'match in as many threads; the output is the same', readJobs)
  .action((options: MatchOptions) => matchRules(options));
rules
  .command('explain')
  .description('show what of a rule an event matches and what not')
  .requiredOption('--rules <file>', DIR)
  .requiredOption('--event <file>', 'one JSON event; - is standard input')
  .option('--rule <id>', 'only the rule with this id or name')
  .addOption(pipelines('with one, the event must be of the log source'))
  .addOption(printed())
  .action((options: ExplainOptions) => explainRules(options));
rules
  .command('convert')
  .description('print one line of JSON for each rule: the Elasticsearch query that finds all it could match')
  .requiredOption('--rules <dir>', DIR)
  .addOption(pipelines(OURS_UNLESS_SAID))
  .action((options: RulesOptions) => convertRules(options));
rules
  .command('bench')
  .description('measure how fast the rules go over the events')
  .requiredOption('--rules <dir>', DIR)
  .requiredOption('--events <file>', 'one JSON event a line')
  .addOption(pipelines('without one, events are taken as they are'))
  .addOption(printed())
  .action((options: MatchOptions & { format: 'text' | 'json' }) => benchRules(options));

program
  .command('parse')
  .description('print the ECS event of each line')
  .argument('[file]', 'standard input when left out')
  .option('--received-at <time>', 'when the lines arrived, ISO 8601; now when left out')
  .option('--zone <zone>', "IANA zone of the senders' clocks", 'UTC')
  .option('--parser <name>', 'use this parser instead of recognising the format')
  .action((file: string | undefined, options: ParseOptions) => parseLines(file, options));

// Whoever reads our output may stop reading.
process.stdout.on('error', () => process.exit());
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : UNUSABLE;
    return;
  }
  console.error(`plantwatch: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = UNUSABLE;
});
