import type { SigmaRule } from '#sigma/document.js';
import type { Expression, Item, Test } from '#sigma/expression.js';
import { route, type LogsourceRouting } from '#pipelines/routing.js';
import { describeTest } from './describe-test.js';
import { readField } from './read-field.js';
import { compileRuleset } from './ruleset.js';

const maxDepth = 40;

/** One value of a rule, written the Sigma way; `modifiers` as they stand after the field, for example `|endswith`. */
export type ExplainedValue = { modifiers: string; value: string; matched: boolean };

/** One field of a rule against the event. `found` is what the event has there, undefined when
 * it lacks the field; of keywords, the texts that they stand in. */
export type ExplainedItem = {
  kind: 'item';
  matched: boolean;
  /** Null: keywords, looked for in the whole event. */
  field: string | null;
  /** Every value must match, not one of them. */
  every: boolean;
  values: ExplainedValue[];
  found: unknown;
};

/** A part of a rule's condition; `name` is the search it came from. */
export type Explained =
  | { kind: 'and' | 'or'; matched: boolean; name?: string; of: Explained[] }
  | { kind: 'not'; matched: boolean; of: Explained }
  | ExplainedItem;

/** Why a rule matches an event, or why not; plain JSON. */
export type Explanation = {
  rule: string;
  title: string;
  matched: boolean;
  /** Whether the event is of the rule's log source; null without a routing, or when the routing does not know it. */
  logsource: Explained | null;
  detection: Explained;
};

/**
 * Explains one rule on one event. Every single value is put to the engine as a rule of its own, so that the explanation
 * cannot mean something else by it than matching does.
 * @param routing as for `compileRuleset`: with one, the event must be of the rule's log source too
 */
export function explain(rule: SigmaRule, event: object, routing: LogsourceRouting | null = null): Explanation {
  const routed = routing ? route(rule, routing) : null;
  const detection = routed?.detection ?? rule.detection;
  const holds = holding(rule, event, routed ? [routed.when, detection] : [detection]);
  const explained = explainPart(detection, { rule, event, holds });
  const logsource = routed ? explainPart(routed.when, { rule, event, holds }) : null;
  const ofSource = routing === null || logsource?.matched === true;
  return {
    rule: rule.id,
    title: rule.title,
    matched: ofSource && explained.matched,
    logsource,
    detection: explained,
  };
}

type Asked = { rule: SigmaRule; event: object; holds: ReadonlyMap<Item, ReadonlySet<number>> };

/** Of each item the places of the values that hold for the event, each value asked alone. */
function holding(rule: SigmaRule, event: object, expressions: Expression[]): Map<Item, Set<number>> {
  const holds = new Map(expressions.flatMap(itemsOf).map((item) => [item, new Set<number>()]));
  const asked = [...holds.keys()].flatMap((item) => item.tests.map((test, at) => ({ item, test, at })));
  const alone = asked.map(({ item: { field }, test }, id) => asRule(rule, String(id), field, [test]));
  for (const { id } of compileRuleset(alone).match(event)) {
    const { item, at } = asked[Number(id)]!;
    holds.get(item)!.add(at);
  }
  return holds;
}

function asRule(rule: SigmaRule, id: string, field: string | null, tests: Test[]): SigmaRule {
  return { ...rule, id, name: id, detection: { kind: 'item', field, tests, every: false } };
}

function itemsOf(expression: Expression): Item[] {
  if (expression.kind === 'item') return [expression];
  return expression.kind === 'not' ? itemsOf(expression.of) : expression.of.flatMap(itemsOf);
}

function explainPart(expression: Expression, asked: Asked): Explained {
  if (expression.kind === 'item') return explainItem(expression, asked);
  if (expression.kind === 'not') {
    const of = explainPart(expression.of, asked);
    return { kind: 'not', matched: !of.matched, of };
  }
  const { kind, name } = expression;
  const of = expression.of.map((one) => explainPart(one, asked));
  const matched = kind === 'and' ? of.every((one) => one.matched) : of.some((one) => one.matched);
  return { kind, matched, ...(name === undefined ? {} : { name }), of };
}

function explainItem(item: Item, { rule, event, holds }: Asked): ExplainedItem {
  const { field, tests, every } = item;
  const values = tests.map((test, at) => {
    return { ...describeTest(test, field === null), matched: holds.get(item)!.has(at) };
  });
  const matched = every ? values.every((one) => one.matched) : values.some((one) => one.matched);
  const found = field === null ? textsWith(rule, tests, event) : readField(event, field);
  return { kind: 'item', matched, field, every, values, found };
}

/** The event's texts in which a keyword stands. */
function textsWith(rule: SigmaRule, tests: Test[], event: object): unknown[] {
  const keywords = compileRuleset([asRule(rule, rule.id, null, tests)]);
  return scalars(event, 0).filter((text) => keywords.match({ text }).length > 0);
}

function scalars(value: unknown, depth: number): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  return depth > maxDepth ? [] : Object.values(value).flatMap((inner) => scalars(inner, depth + 1));
}
