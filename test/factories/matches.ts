import { Matcher } from '#detection/matcher.service.js';
import type { RuleMatch } from '#detection/rule-match.js';
import { normalise } from '#formats/normalise.js';
import { newId } from '#platform/ids.js';
import type { RunningApp } from '#test/support/app.js';
import { failedLogons } from './plant.js';

/** What the shipped rules match of so many failed log-ons of one user. */
export function failedLogonMatches({ app }: RunningApp, tenantId: string, user: string, count: number): RuleMatch[] {
  return failedLogons(user, count).flatMap((raw) => {
    const event = normalise({ raw, receivedAt: Date.now(), timeZone: 'UTC' });
    event.event.id = newId();
    return app.get(Matcher, { strict: false }).match(event, tenantId);
  });
}
