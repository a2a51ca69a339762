#!/usr/bin/env node
import { Command } from 'commander';
import { parseLines, type ParseOptions } from './parse.js';
import { checkRules, type CheckOptions } from './rules-check.js';
import { matchRules, type MatchOptions } from './rules-match.js';

const PIPELINE =
  'processing pipeline for the shape of the events, shipped (winlogbeat, ecs, ...) or a file; repeatable';
const collect = (one: string, others: string[] = []): string[] => [...others, one];

const program = new Command('plantwatch').description('Plantwatch from a terminal');

const rules = program.command('rules').description('work with Sigma rules');
rules
  .command('check')
  .description(
    'read every rule of a folder or file and say what is wrong, with file and line; exit code 1 when something is',
  )
  .argument('<dir>', 'folder of *.yml files (without *.fixtures.yml), or one file')
  .option('--json', 'end with one line of JSON: files, rules, ok, errors')
  .option('--pipeline <name|file>', PIPELINE, collect)
  .action((dir: string, { json = false, pipeline }: CheckOptions) => checkRules(dir, json, pipeline));
rules
  .command('match')
  .description('print one line of JSON, the rule and the line number, for each match; events are taken as they are')
  .requiredOption('--rules <dir>', 'folder of *.yml files, or one file')
  .requiredOption('--events <file>', 'one JSON event a line')
  .option('--pipeline <name|file>', PIPELINE, collect)
  .action((options: MatchOptions) => matchRules(options));

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
  console.error(`plantwatch: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
