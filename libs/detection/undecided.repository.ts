import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ChainableCommander } from 'ioredis';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { groupsOf } from './decision.js';
import type { RuleMatch } from './rule-match.js';

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
    await this.each(scope, groupsOf(matches), (pipeline, key, group) => {
      pipeline.hset(key, Object.fromEntries(group.map((match) => [nameOf(match), JSON.stringify(match)])));
      pipeline.pexpire(key, LIFETIME);
    });
  }

  /** @returns of a job's matches those that no other has decided, and what waits for others in the same groups */
  async take(scope: TenantScope, matches: readonly RuleMatch[]): Promise<{ open: RuleMatch[]; others: RuleMatch[] }> {
    const groups = groupsOf(matches);
    const states = await this.each(scope, groups, (pipeline, key, group) => {
      pipeline.hmget(key, ...group.map(nameOf));
    });
    const open = groups.flatMap((group, at) =>
      group.filter((_, n) => (states[at] as (string | null)[])[n] !== DECIDED),
    );
    const waiting = await this.each(scope, groupsOf(open), (pipeline, key) => {
      pipeline.hscan(key, 0, 'COUNT', MOST);
    });
    const known = new Set(open.map(nameOf));
    const others = (waiting as [string, string[]][])
      .flatMap(([, entries]) => entries.filter((text, at) => at % 2 === 1 && text !== DECIDED))
      .slice(0, MOST)
      .map((text) => JSON.parse(text) as RuleMatch);
    return { open, others: others.filter((match) => !known.has(nameOf(match))) };
  }

  /** A job is done. @param others what it decided for later ones */
  async settle(scope: TenantScope, own: readonly RuleMatch[], others: readonly RuleMatch[] = []): Promise<void> {
    await this.each(scope, groupsOf(own), (pipeline, key, group) => {
      pipeline.hdel(key, ...group.map(nameOf));
    });
    await this.each(scope, groupsOf(others), (pipeline, key, group) => {
      pipeline.eval(MARK, 1, key, ...group.map(nameOf));
    });
  }

  /** @returns the answer to the first command for each group */
  private async each(
    scope: TenantScope,
    groups: readonly RuleMatch[][],
    add: (pipeline: ChainableCommander, key: string, group: RuleMatch[]) => void,
  ): Promise<unknown[]> {
    const pipeline = this.queues.connection.pipeline();
    const first = groups.map((group) => {
      const at = pipeline.length;
      add(pipeline, keyOf(scope, group[0]!), group);
      return at;
    });
    const answers = (await pipeline.exec()) ?? [];
    for (const [error] of answers) if (error) throw error;
    return first.map((at) => answers[at]?.[1]);
  }
}

/** The braces keep a tenant's keys on one node of a cluster. */
function keyOf({ tenant }: TenantScope, { ruleId, groupKey }: RuleMatch): string {
  return `pw:{${tenant.key}}:undecided:${ruleId}:${hash('sha256', groupKey).slice(0, 32)}`;
}

function nameOf({ ruleId, baseId, eventId }: RuleMatch): string {
  return `${ruleId}\n${baseId}\n${eventId}`;
}
