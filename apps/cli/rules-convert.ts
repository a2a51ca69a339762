import { huntQuery } from '#detection/hunt-query.js';
import { loadRules, type RulesOptions } from './load-rules.js';
import { Output } from './output.js';
import { OURS } from './pipelines.js';

/** Prints for each rule one line of JSON: its id and the Elasticsearch query, null when no event has its log source. */
export async function convertRules({ pipeline = [OURS], rules }: RulesOptions): Promise<void> {
  const { ruleset, routing } = await loadRules({ rules, pipeline });
  const output = new Output();
  for (const { id, rule } of ruleset.rules.values())
    output.add(JSON.stringify({ rule: id, query: huntQuery(rule, routing) }));
  await output.flush();
}
