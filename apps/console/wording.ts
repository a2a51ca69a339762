import type { HistoryEntry, Status, Verdict } from './api.js';

export const STATUS_WORDS: Record<Status, string> = {
  new: 'New',
  acknowledged: 'Acknowledged',
  in_progress: 'In progress',
  closed: 'Closed',
};

/** In the order in which they are offered. */
export const VERDICT_WORDS: Record<Verdict, string> = {
  true_positive: 'True positive',
  benign_true_positive: 'Benign true positive',
  false_positive: 'False positive',
  duplicate: 'Duplicate',
  test: 'Test',
  undetermined: 'Undetermined',
};

export const VERDICT_MEANINGS: Record<Verdict, string> = {
  true_positive: 'It happened and it was hostile or a fault',
  benign_true_positive: 'It happened and was meant to',
  false_positive: 'It did not happen as the rule says',
  duplicate: 'Another alert covers it',
  test: 'Somebody tested us or themselves',
  undetermined: 'It cannot be told from what we have',
};

/** What happened, after the actor's name: `assigned it to Ada`. A comment's text is shown beside it. */
export function deed({ kind, from, to, actor }: HistoryEntry): string {
  switch (kind) {
    case 'raised':
      return `raised it with ${countText(to)}`;
    case 'amended':
      return `counted ${countText(to)}, before ${from ?? 'fewer'}`;
    case 'status':
      return `${statusText(from)} → ${statusText(to)}`;
    case 'assigned':
      return to === null
        ? `assigned it to nobody, before ${from ?? 'nobody'}`
        : `assigned it to ${to === actor.name ? 'themselves' : to}`;
    case 'claimed':
      return 'took it to work on';
    case 'stolen':
      return `took it over from ${from ?? 'somebody'}`;
    case 'released':
      return 'let go of it';
    case 'comment':
      return 'commented';
    case 'escalated':
      return `escalated to ${to ?? 'the next step'}`;
  }
}

function countText(count: string | null): string {
  return count === '1' ? '1 event' : `${count ?? 'some'} events`;
}

function statusText(status: string | null): string {
  return STATUS_WORDS[status as Status] ?? status ?? '?';
}
