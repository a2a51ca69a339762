import type { Member } from '#engine/correlation.js';
import type { RuleMatch } from './rule-match.js';

/** A member of a correlation's window, with the asset that its event concerns. */
export type WindowMember = Member & { weight: number; assetId: string | null };

type Reads = Pick<RuleMatch, 'value' | 'inner'>;
/** Rule, event, order, value, weight, asset, chained reads. */
type Code = [string, string, string, Reads['value'], number, string | null, Reads['inner']?];

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

/** Of a text that `encodeMember` gave: a window has thousands, so that checking each again would take most of a decision. */
export function decodeMember(text: string, time: number): WindowMember {
  const [rule, id, order, read, weight, assetId, chained] = JSON.parse(text) as Code;
  return { rule, id, time, order, weight, assetId, ...readsOf({ value: read, inner: chained }) };
}

/** One member for an event and rule: an event may have been stored twice when what is known of its asset has changed. */
export function distinct(members: readonly WindowMember[]): WindowMember[] {
  return [...new Map(members.map((member) => [`${member.rule}\n${member.id}`, member])).values()];
}
