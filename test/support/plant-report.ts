import type { Rest } from '#apps/server/demo/rest.js';

interface AlertItem {
  rule: { id: string };
  group: Record<string, string>;
  count: number;
  firstEventAt: string;
  lastEventAt: string;
}

/** What is the same for equal lines of another tenant, of the users of some channels. */
export async function alertsOf(admin: Rest, tenant: string, channels: readonly string[]): Promise<string[]> {
  const { items } = await admin.get<{ items: AlertItem[] }>(`/alerts?tenant=${tenant}&limit=200`);
  return items
    .filter(({ group }) => channels.some((channel) => group['user.name']?.startsWith(channel)))
    .map(({ rule, group, count, firstEventAt, lastEventAt }) =>
      JSON.stringify([rule.id, group, count, firstEventAt, lastEventAt]),
    )
    .toSorted();
}

export interface Counts {
  received: number;
  indexed: number;
  duplicates: number;
  deadLettered: number;
  spooled: number;
}

export async function countsOf(admin: Rest, tenant: string): Promise<Counts[]> {
  return (await admin.get<{ items: Counts[] }>(`/intake?tenant=${tenant}`)).items;
}
