import { huntQuery } from '#detection/hunt-query.js';
import { loadRouting, loadRules, type RulesOptions } from './load-rules.js';
import { Output } from './output.js';

export interface ConvertOptions extends RulesOptions {
  logsources?: string;
}

/** Prints for each rule one line of JSON: its id and the Elasticsearch query, null when no event has its log source. */
export async function convertRules(options: ConvertOptions): Promise<void> {
  const routing = await loadRouting(options.rules, options.logsources);
  const { rules } = await loadRules(options, routing);
  const output = new Output();
  for (const { id, rule } of rules.values()) output.add(JSON.stringify({ rule: id, query: huntQuery(rule, routing) }));
  await output.flush();
}
