import type { ChainableCommander } from 'ioredis';
import { Injectable } from '@nestjs/common';
import type { Known } from '#engine/correlation-prospect.js';
import { JobQueues } from '#platform/job-queues.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { groupKeyOf } from './group-key.js';
import { decodeMember, distinct, encodeMember, type WindowMember } from './member-code.js';

/** How late an event may be, in milliseconds, and still find the members it belongs to. */
const LATENESS = 24 * 3_600_000;
/** Members kept for one group of one rule, besides those that are newer than what is decided: they wait for their jobs. */
export const CAPACITY = 10_000;
/** Of these; what a sender dates back must not keep everything. */
const WAITING = 10 * CAPACITY;
/** Marks, later than every event: which rules have members in the window, and that some stand for several events. */
const MARKED = '+inf';
const REPEATED = '*';
/** Groups in one call: Redis serves nobody else meanwhile. */
const GROUPS_AT_ONCE = 500;
/** For each key: its lifetime, how many arguments follow, and these, scores and members; answers with size and marks. */
const ADD = `
local answers, at = {}, 1
for i, key in ipairs(KEYS) do
  local last = at + 1 + ARGV[at + 1]
  for from = at + 2, last, 1000 do
    redis.call('ZADD', key, unpack(ARGV, from, math.min(from + 999, last)))
  end
  redis.call('PEXPIRE', key, ARGV[at])
  answers[i] = { redis.call('ZCARD', key), redis.call('ZRANGEBYSCORE', key, '${MARKED}', '${MARKED}') }
  at = last + 1
end
return answers`;

/** One group of one rule, with members that are to be in its window; times in milliseconds. */
export interface WindowGroup {
  ruleId: string;
  groupKey: string;
  /** How far apart events can be that together fulfil the rule, and findings that are one alert. */
  reach: number;
  joinGap: number;
  fresh: WindowMember[];
}

/** What a window holds, and the fresh members; `whole` when these are in it, `crowded` when it may hold too many. */
interface WindowRead {
  members: WindowMember[];
  whole: boolean;
  crowded: boolean;
}

/**
 * The open windows: for each rule and group a sorted set, event time as score. Members are added before they are
 * read, and a member that is there already changes nothing, so order and repetition of jobs do not matter.
 */
@Injectable()
export class WindowRepository {
  constructor(private readonly queues: JobQueues) {}

  /** @returns for each group what may be in its window now; no number of events when nobody has counted them */
  async add(scope: TenantScope, groups: readonly WindowGroup[]): Promise<Known[]> {
    const known: Known[] = [];
    for (let at = 0; at < groups.length; at += GROUPS_AT_ONCE) {
      const part = groups.slice(at, at + GROUPS_AT_ONCE);
      const keys = part.map((group) => groupKeyOf(scope, 'win', group));
      // One list: a large batch has more arguments than a call may.
      const call = [ADD, keys.length, ...keys, ...part.flatMap(argumentsToAdd)];
      const answers = await this.queues.connection.call('EVAL', call);
      for (const [size, marks] of answers as [number, string[]][]) {
        const members = size - marks.length;
        const uncounted = members >= CAPACITY || marks.includes(REPEATED);
        known.push({ rules: new Set(marks), events: uncounted ? Infinity : members });
      }
    }
    return known;
  }

  /**
   * Most fresh members are there before their job runs; what is not is added, and then the window is read again.
   * @returns for each group its members, the fresh ones among them, up to `reach` after the newest fresh one
   */
  async addAndRead(scope: TenantScope, groups: readonly WindowGroup[], now: Date): Promise<WindowRead[]> {
    const reads = await this.read(scope, groups, now);
    const late = groups.filter((_, at) => !reads[at]!.whole);
    if (late.length === 0) return reads;
    await this.add(scope, late);
    const again = (await this.read(scope, late, now)).values();
    return reads.map((read) => (read.whole ? read : again.next().value!));
  }

  /**
   * Forgets what is too old to be joined by anything new.
   * @returns for each group how many members had to go although they were not too old
   */
  async trim(scope: TenantScope, groups: readonly WindowGroup[], now: Date): Promise<number[]> {
    const keys = groups.map((group) => groupKeyOf(scope, 'win', group));
    // The marks are among the newer ones.
    const newer = await this.countFrom(scope, groups, () => MARKED);
    const pipeline = this.queues.connection.pipeline();
    for (const [at, key] of keys.entries()) {
      pipeline.zremrangebyscore(key, '-inf', `(${oldestKept(groups[at]!, now)}`);
      pipeline.zremrangebyrank(key, 0, -(CAPACITY + newer[at]!) - 1);
    }
    const answers = (await run(pipeline)) as number[];
    return groups.map((_, at) => answers[2 * at + 1] ?? 0);
  }

  /** @returns for each group how many members there are from its oldest fresh one on, up to a score */
  private async countFrom(
    scope: TenantScope,
    groups: readonly WindowGroup[],
    until: (group: WindowGroup) => number | string,
  ): Promise<number[]> {
    const pipeline = this.queues.connection.pipeline();
    for (const group of groups) pipeline.zcount(groupKeyOf(scope, 'win', group), oldest(group.fresh), until(group));
    return ((await run(pipeline)) as number[]).map((count) => Math.min(count, WAITING));
  }

  private async read(scope: TenantScope, groups: readonly WindowGroup[], now: Date): Promise<WindowRead[]> {
    const newer = await this.countFrom(scope, groups, endOf);
    const pipeline = this.queues.connection.pipeline();
    for (const [at, group] of groups.entries()) {
      const [key, most] = [groupKeyOf(scope, 'win', group), CAPACITY + newer[at]!];
      pipeline.zrevrangebyscore(key, endOf(group), '-inf', 'WITHSCORES', 'LIMIT', 0, most);
    }
    const answers = (await run(pipeline)) as string[][];
    return groups.map((group, at) => {
      const stored = decodeAll(answers[at] ?? []);
      const first = stored.at(-1)?.time ?? Infinity;
      return {
        members: distinct([...stored, ...group.fresh]),
        whole: hasAll(stored, group.fresh),
        crowded: stored.length >= CAPACITY + newer[at]! || first < oldestKept(group, now),
      };
    });
  }
}

function argumentsToAdd(group: WindowGroup): (string | number)[] {
  const marks = new Set(group.fresh.flatMap(({ rule, weight }) => (weight > 1 ? [rule, REPEATED] : [rule])));
  const members = group.fresh.flatMap((member) => [member.time, encodeMember(member)]);
  const all = [...members, ...[...marks].flatMap((mark) => [MARKED, mark])];
  return [lifetime(group), all.length, ...all];
}

function lifetime({ reach, joinGap }: WindowGroup): number {
  return reach + joinGap + LATENESS;
}

/** What is later is no part of what the fresh ones fulfil. */
function endOf({ fresh, reach }: WindowGroup): number {
  return newest(fresh) + reach;
}

/** A device's clock may be ahead, so what is new is measured by ours at most. */
function oldestKept(group: WindowGroup, now: Date): number {
  return Math.min(newest(group.fresh), now.getTime()) - lifetime(group);
}

function hasAll(members: readonly WindowMember[], fresh: readonly WindowMember[]): boolean {
  const ids = new Set(fresh.map(({ id }) => id));
  const missing = new Set(fresh.map(nameOf));
  for (const member of members) if (ids.has(member.id)) missing.delete(nameOf(member));
  return missing.size === 0;
}

function nameOf({ rule, id }: WindowMember): string {
  return `${rule}\n${id}`;
}

/** @returns the answer to each command @throws the first that failed */
export async function run(pipeline: ChainableCommander): Promise<unknown[]> {
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

function decodeAll(answer: string[]): WindowMember[] {
  const members: WindowMember[] = [];
  for (let at = 0; at + 1 < answer.length; at += 2) members.push(decodeMember(answer[at]!, Number(answer[at + 1])));
  return members;
}

function oldest(members: readonly WindowMember[]): number {
  return members.reduce((first, { time }) => Math.min(first, time), Infinity);
}

function newest(members: readonly WindowMember[]): number {
  return members.reduce((last, { time }) => Math.max(last, time), -Infinity);
}
