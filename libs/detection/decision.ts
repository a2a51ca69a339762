import type { AlertFinding } from '#alerts/finding.js';
import type { Severity } from '#alerts/severity.js';
import { evidenceRules, settlingTime } from '#engine/correlation-settling.js';
import { evaluate, range, type Member } from '#engine/correlation.js';
import type { CompiledCorrelation } from '#sigma/link.js';
import type { SigmaDocument } from '#sigma/document.js';
import { byTime } from '#engine/window.js';
import type { WindowMember } from './member-code.js';
import type { RuleMatch } from './rule-match.js';

/** A rule that raises alerts; `correlation` when it decides over other rules' matches. */
export interface AlertingRule {
  document: SigmaDocument;
  correlation: CompiledCorrelation | null;
}

const UNSTATED_LEVEL: Severity = 'medium';
/** How much later than other events, in milliseconds, one may come and still speak against a finding of absence. */
export const GRACE = 60_000;

/** Matches that are decided together: one rule's of one group. */
export function groupsOf(matches: readonly RuleMatch[]): RuleMatch[][] {
  return [...Map.groupBy(matches, ({ ruleId, groupKey }) => `${ruleId}\n${groupKey}`).values()];
}

/** How far apart, in milliseconds, events can be that together fulfil the rule. */
export function reachOf({ correlation }: AlertingRule): number {
  return correlation ? range(correlation) : 0;
}

/** Milliseconds of quiet after which the same group is another alert. */
export function joinGapOf({ document, correlation }: AlertingRule): number {
  return correlation ? correlation.document.timespan : document.settings.dedup;
}

/** Whether matches of the base rule can be part of what the rule finds; if not, they only speak against it. */
export function isEvidence({ correlation }: AlertingRule, baseId: string): boolean {
  return !correlation || evidenceRules(correlation).has(baseId);
}

/**
 * Milliseconds after its arrival at which a match is decided: at once, or when what the rule wants to be absent (`a and
 * not b`) would have come. What comes after that raises no further doubt: the alert stays.
 */
export function decisionDelay(rule: AlertingRule, baseId: string): number {
  const settling = rule.correlation ? settlingTime(rule.correlation) : 0;
  return settling > 0 && isEvidence(rule, baseId) ? settling + GRACE : 0;
}

/**
 * What the rule finds that a fresh match is part of. A finding names the first event of all that join into one alert,
 * whoever found it first, and what lies within reach of the fresh matches: the rest was named when it was fresh itself.
 * So the findings of one stream lead to the same alerts however it was cut into jobs.
 * @param fresh matches of one group, at least one, as old as {@link decisionDelay} asks
 * @param members all that is known of the group, the fresh ones among them
 */
export function findAll(
  rule: AlertingRule,
  fresh: readonly RuleMatch[],
  members: readonly WindowMember[],
): AlertFinding[] {
  const evidence = fresh.filter(({ baseId }) => isEvidence(rule, baseId));
  const isFresh = new Set(evidence.map(({ baseId, eventId }) => `${baseId}\n${eventId}`));
  const assets = new Map(members.map(({ id, assetId }) => [id, assetId]));
  const reach = reachOf(rule);
  return joined(episodes(rule, evidence, members), joinGapOf(rule)).flatMap((run) => {
    const news = run.filter(({ rule: base, id }) => isFresh.has(`${base}\n${id}`));
    const [earliest, latest] = [news[0], news.at(-1)];
    if (!earliest || !latest) return [];
    const near = run.filter(
      ({ time }, at) => at === 0 || (time >= earliest.time - reach && time <= latest.time + reach),
    );
    return [findingOf(rule, evidence, near, assets)];
  });
}

/** Members that together fulfil the rule, each list sorted by time, and so are the lists. */
function episodes(
  { correlation }: AlertingRule,
  fresh: readonly RuleMatch[],
  members: readonly WindowMember[],
): Member[][] {
  if (!correlation) return members.toSorted(byTime).map((member) => [member]);
  const newest = fresh.reduce((last, { time }) => Math.max(last, time), -Infinity);
  return evaluate(correlation, members, newest + settlingTime(correlation)).map((episode) => episode.members);
}

function joined(sorted: readonly Member[][], gap: number): Member[][] {
  const runs: Member[][] = [];
  for (const episode of sorted) {
    const run = runs.at(-1);
    if (run && episode[0]!.time - run.at(-1)!.time <= gap) run.push(...episode);
    else runs.push([...episode]);
  }
  return runs;
}

function findingOf(
  rule: AlertingRule,
  fresh: readonly RuleMatch[],
  members: readonly Member[],
  assets: ReadonlyMap<string, string | null>,
): AlertFinding {
  const times = new Map(members.toSorted(byTime).map(({ id, time }) => [id, time]));
  const telling = fresh.toSorted(byTime).findLast(({ eventId }) => times.has(eventId)) ?? fresh[0]!;
  const { id, title, level = UNSTATED_LEVEL, description = '', tags } = rule.document;
  return {
    rule: { id, title, level, techniques: techniquesOf(tags), description },
    group: telling.group,
    groupKey: telling.groupKey,
    joinGap: joinGapOf(rule),
    events: [...times].map(([eventId, time]) => ({ id: eventId, time })),
    assetIds: [...new Set([...times.keys()].flatMap((eventId) => assets.get(eventId) ?? []))].toSorted(),
    summary: telling.summary,
  };
}

/** ATT&CK ids from tags such as `attack.t0859`. */
export function techniquesOf(tags: readonly string[]): string[] {
  const found = tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase() ?? []);
  return [...new Set(found)];
}
