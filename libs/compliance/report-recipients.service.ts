import { Injectable } from '@nestjs/common';
import { Channels } from '#notify/channels.service.js';
import { Notify } from '#notify/notify.service.js';
import { Config } from '#platform/config.js';
import { invalid } from '#platform/errors.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { localTime } from './report-wording.js';
import type { ReportSummary } from './reports.service.js';

/** Tells whoever waits for a report that it is there. */
@Injectable()
export class ReportRecipients {
  constructor(
    private readonly channels: Channels,
    private readonly notify: Notify,
    private readonly config: Config,
  ) {}

  /** @throws UserError 400 naming `channelIds` when one of them is no channel of this tenant */
  async require(scope: TenantScope, channelIds: readonly string[]): Promise<void> {
    const missing = await this.channels.missing(scope, channelIds);
    if (missing.length > 0) throw invalid('channelIds', 'names a channel that is not known here');
  }

  /** Once per report and channel, however often it is asked; a channel that was removed meanwhile is passed over. */
  async tell(
    scope: TenantScope,
    report: ReportSummary,
    { channelIds, timeZone }: { channelIds: readonly string[]; timeZone: string },
  ): Promise<void> {
    const missing = await this.channels.missing(scope, channelIds);
    const { id, verdict, statement, periodFrom, periodTo } = report;
    const url = `${this.config.publicUrl}/api/v1/reports/${id}/html`;
    const [from, to] = [periodFrom.toISOString(), periodTo.toISOString()];
    const subject = `Security logging report for ${scope.tenant.name}: ${localTime(from, timeZone)} to ${localTime(to, timeZone)}`;
    const message = {
      subject,
      text: `${statement}\n\n${url}`,
      data: { report: { id, verdict, statement, from, to, url } },
    };
    for (const channelId of channelIds.filter((channel) => !missing.includes(channel))) {
      await this.notify.send(scope, { ...message, channelId, key: `report.${id}.${channelId}` });
    }
  }
}
