import { Injectable } from '@nestjs/common';
import type { Page, PageQuery } from '#customers/page.js';
import { Registers } from '#customers/registers.service.js';
import { Clock } from '#platform/clock.js';
import { invalid, notFound } from '#platform/errors.js';
import { newId } from '#platform/ids.js';
import type { TenantScope } from '#tenancy/tenant-scope.js';
import { FactsOfPeriod } from './report-facts.service.js';
import { renderReport } from './report-html.js';
import { buildReport } from './report-model.js';
import type { Period } from './report-period.js';
import { ReportEntity } from './report.entity.js';
import { ReportRepository } from './report.repository.js';
import type { NewReport, ReportModel } from './report.schema.js';

const DAY_MS = 24 * 3_600_000;
const LONGEST_DAYS = 400;

export type ReportSummary = Omit<ReportEntity, 'model' | 'html'>;

/** Makes reports and keeps them as they were issued. */
@Injectable()
export class Reports {
  constructor(
    private readonly registers: Registers,
    private readonly reports: ReportRepository,
    private readonly facts: FactsOfPeriod,
    private readonly clock: Clock,
  ) {}

  private get register() {
    return this.registers.of(ReportEntity, 'reports', 'DESC');
  }

  list(scope: TenantScope, query: PageQuery): Promise<Page<ReportSummary>> {
    return this.register.list(scope, query);
  }

  /** @throws UserError 400 for a period that ends before it begins, lies ahead or is longer than 400 days */
  async make(
    scope: TenantScope,
    { from, to = this.clock.now() }: Pick<NewReport, 'from' | 'to'>,
  ): Promise<ReportSummary> {
    const period = { from: from ?? new Date(to.getTime() - DAY_MS), to };
    const length = to.getTime() - period.from.getTime();
    if (to > this.clock.now()) throw invalid('to', 'is ahead: what is to come cannot be reported');
    if (length <= 0) throw invalid('from', 'is not before to');
    if (length > LONGEST_DAYS * DAY_MS) throw invalid('from', `is more than ${LONGEST_DAYS} days before to`);
    const report = await this.issue(scope, period, { timeZone: scope.tenant.timeZone, scheduleId: null });
    if (!report) throw new Error('A report that nobody scheduled was there already.');
    return report;
  }

  /** @returns undefined when that schedule's period is reported already */
  async issue(
    scope: TenantScope,
    period: Period,
    { timeZone, scheduleId }: IssueOptions,
  ): Promise<ReportSummary | undefined> {
    const facts = await this.facts.collect(scope, period);
    const [id, createdAt] = [newId(), this.clock.now()];
    const model = buildReport({ ...facts, id, timeZone, generatedAt: createdAt });
    const { kind, verdict, statement } = model;
    const own = {
      id,
      tenantId: scope.tenantId,
      kind,
      scheduleId,
      periodFrom: period.from,
      periodTo: period.to,
      verdict,
      statement,
      createdAt,
    };
    return (await this.reports.insertOnce(scope, { ...own, model, html: renderReport(model) })) ? own : undefined;
  }

  /** @throws UserError 404 */
  async model(scope: TenantScope, id: string): Promise<ReportModel> {
    const model = await this.reports.model(scope, id);
    if (!model) throw notFound();
    return model;
  }

  /** @throws UserError 404 */
  async html(scope: TenantScope, id: string): Promise<string> {
    const page = await this.reports.html(scope, id);
    if (page === undefined) throw notFound();
    return page;
  }
}

interface IssueOptions {
  timeZone: string;
  scheduleId: string | null;
}
