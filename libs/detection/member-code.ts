import { z } from 'zod';
import type { Member } from '#engine/correlation.js';
import { matchReads, type RuleMatch } from './rule-match.js';

/** A member of a correlation's window, with the asset that its event concerns. */
export type WindowMember = Member & { weight: number; assetId: string | null };

const { value, inner } = matchReads;
const code = z.tuple([z.string(), z.string(), z.string(), value, z.number(), z.string().nullable(), inner]);

type Reads = Pick<RuleMatch, 'value' | 'inner'>;

const readsOf = ({ value: read, inner: chained }: Reads) => ({
  ...(read === null ? {} : { value: read }),
  ...(chained ? { inner: chained } : {}),
});

export function memberOf({ baseId, eventId, time, order, weight, assetId, ...reads }: RuleMatch): WindowMember {
  return { rule: baseId, id: eventId, time, order, weight, assetId, ...readsOf(reads) };
}

/** The member without its time, which is the score beside it: the same event gives the same text. */
export function encodeMember({ rule, id, order, value: read, weight, assetId, inner: chained }: WindowMember): string {
  return JSON.stringify([rule, id, order, read ?? null, weight, assetId, ...(chained ? [chained] : [])]);
}

export function decodeMember(text: string, time: number): WindowMember {
  const [rule, id, order, read, weight, assetId, chained] = code.parse(JSON.parse(text));
  return { rule, id, time, order, weight, assetId, ...readsOf({ value: read, inner: chained }) };
}

/** One member for an event and rule: an event may have been stored twice when what is known of its asset has changed. */
export function distinct(members: readonly WindowMember[]): WindowMember[] {
  return [...new Map(members.map((member) => [`${member.rule}\n${member.id}`, member])).values()];
}
