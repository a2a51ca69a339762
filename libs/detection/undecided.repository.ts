import { Injectable } from '@nestjs/common';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { groupsOf } from './decision.js';
import { groupKeyOf } from './group-key.js';
import type { RuleMatch } from './rule-match.js';
import { run } from './window.repository.js';

/** What a job takes over from later ones. */
const MOST = 5000;
/** Longer than jobs wait; what is forgotten is decided once more, by its own job. */
const LIFETIME = 24 * 3_600_000;
const DECIDED = '';
/** Only those whose jobs are still to come: they take the mark away. */
const MARK = `
for _, name in ipairs(ARGV) do
  if redis.call('HEXISTS', KEYS[1], name) == 1 then redis.call('HSET', KEYS[1], name, '${DECIDED}') end
end`;

/**
 * Matches that wait for their jobs, by group. To decide a group its whole window is read; in a flood of matches the first
 * job decides what has come meanwhile too, and the jobs of those have nothing left to do.
 */
@Injectable()
export class UndecidedRepository {
  constructor(private readonly queues: JobQueues) {}

  /** Before their job is added. */
  async add(scope: TenantScope, matches: readonly RuleMatch[]): Promise<void> {
    const pipeline = this.queues.connection.pipeline();
    for (const group of groupsOf(matches)) {
      const key = keyOf(scope, group);
      pipeline.hset(key, Object.fromEntries(group.map((match) => [nameOf(match), JSON.stringify(match)])));
      pipeline.pexpire(key, LIFETIME);
    }
    await run(pipeline);
  }

  /** @returns of a job's matches those that no other has decided, and what waits for others in the same groups */
  async take(scope: TenantScope, matches: readonly RuleMatch[]): Promise<{ open: RuleMatch[]; others: RuleMatch[] }> {
    const groups = groupsOf(matches);
    const asking = this.queues.connection.pipeline();
    for (const group of groups) asking.hmget(keyOf(scope, group), ...group.map(nameOf));
    const states = (await run(asking)) as (string | null)[][];
    const open = groups.flatMap((group, at) => group.filter((_, n) => states[at]![n] !== DECIDED));
    const looking = this.queues.connection.pipeline();
    for (const group of groupsOf(open)) looking.hscan(keyOf(scope, group), 0, 'COUNT', MOST);
    const waiting = (await run(looking)) as [string, string[]][];
    const known = new Set(open.map(nameOf));
    const others = waiting
      .flatMap(([, entries]) => entries.filter((text, at) => at % 2 === 1 && text !== DECIDED))
      .slice(0, MOST)
      .map((text) => JSON.parse(text) as RuleMatch);
    return { open, others: others.filter((match) => !known.has(nameOf(match))) };
  }

  /** A job is done. @param others what it decided for later ones */
  async settle(scope: TenantScope, own: readonly RuleMatch[], others: readonly RuleMatch[] = []): Promise<void> {
    const pipeline = this.queues.connection.pipeline();
    for (const group of groupsOf(own)) pipeline.hdel(keyOf(scope, group), ...group.map(nameOf));
    for (const group of groupsOf(others)) pipeline.eval(MARK, 1, keyOf(scope, group), ...group.map(nameOf));
    await run(pipeline);
  }
}

function keyOf(scope: TenantScope, group: readonly RuleMatch[]): string {
  return groupKeyOf(scope, 'undecided', group[0]!);
}

function nameOf({ ruleId, baseId, eventId }: RuleMatch): string {
  return `${ruleId}\n${baseId}\n${eventId}`;
}
