import { z } from 'zod';
import type { Member } from '#engine/correlation.js';
import type { RuleMatch } from './rule-match.js';

/** A member of a correlation's window, with the asset that its event concerns. */
export type WindowMember = Member & { weight: number; assetId: string | null };

const code = z.tuple([z.string(), z.string(), z.string(), z.string().nullable(), z.number(), z.string().nullable()]);

export function memberOf({ baseId, eventId, time, order, value, weight, assetId }: RuleMatch): WindowMember {
  return { rule: baseId, id: eventId, time, order, weight, assetId, ...(value === null ? {} : { value }) };
}

/** The member without its time, which is the score beside it: the same event gives the same text. */
export function encodeMember({ rule, id, order, value, weight, assetId }: WindowMember): string {
  return JSON.stringify([rule, id, order, value ?? null, weight, assetId]);
}

export function decodeMember(text: string, time: number): WindowMember {
  const [rule, id, order, value, weight, assetId] = code.parse(JSON.parse(text));
  return { rule, id, time, order, weight, assetId, ...(value === null ? {} : { value }) };
}

/** One member for an event and rule: an event may have been stored twice when what is known of its asset has changed. */
export function distinct(members: readonly WindowMember[]): WindowMember[] {
  return [...new Map(members.map((member) => [`${member.rule}\n${member.id}`, member])).values()];
}
