import { AUDIT_CATEGORIES, AUDITABLE_EVENTS, CATEGORY_TEXTS } from '#iec62443/auditable-events.js';
import type { Verdict } from '#iec62443/verdict.js';
import { SKEW } from './clock-skew.js';
import { html, Markup } from './markup.js';
import { clockText, duration, grouped, localTime } from './report-wording.js';
import { REPORT_STYLE } from './report-style.js';
import type { AssetReport, Gap, ReportModel, SiteReport, SourceReport, ZoneReport } from './report.schema.js';

const WORDS: Record<Verdict, string> = { met: 'Seen', not_met: 'Contradicted', no_evidence: 'No evidence' };
const HEADLINES: Record<Verdict, string> = {
  met: 'Everything that was looked for was seen',
  not_met: 'Contradicted by what was seen',
  no_evidence: 'Not confirmed: evidence is missing',
};

/** Longer lists are left to the tables. */
const LISTED = 12;

/** One page that needs nothing else: no scripts, no addresses, readable on paper. */
export function renderReport(report: ReportModel): string {
  const title = `Security logging report: ${report.tenant.name}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_STYLE)}
        </style>
      </head>
      <body>
        <main>
          ${head(report)} ${gaps(report)} ${figures(report)}
          ${report.sites.map((site) => siteSection(site, report.period.timeZone))} ${sources(report)} ${alerts(report)}
          ${reading()}
          <footer>
            Report ${report.id}. Made by Plantwatch from the events it received; the same report for programs:
            /api/v1/reports/${report.id}
          </footer>
        </main>
      </body>
    </html> `;
  return page.text;
}

function word(verdict: Verdict): Markup {
  return html`<span class="word ${verdict}">${WORDS[verdict]}</span>`;
}

function head({ tenant, period, generatedAt, verdict, statement }: ReportModel): Markup {
  const at = (time: string): string => localTime(time, period.timeZone);
  return html`<header>
    <h1>Security logging report</h1>
    <dl class="head">
      <dt>Customer</dt>
      <dd>${tenant.name}</dd>
      <dt>Period</dt>
      <dd>${at(period.from)} to ${at(period.to)} (${period.timeZone})</dd>
      <dt>Measured against</dt>
      <dd>
        ${AUDITABLE_EVENTS.standard}, ${AUDITABLE_EVENTS.id} ${AUDITABLE_EVENTS.title}, which applies from SL
        ${AUDITABLE_EVENTS.fromLevel}
      </dd>
      <dt>Made</dt>
      <dd>${at(generatedAt)}</dd>
    </dl>
    <div class="statement ${verdict}">
      ${html`<span class="word ${verdict}">${HEADLINES[verdict]}</span>`}
      <p>${statement}</p>
    </div>
  </header>`;
}

function gaps(report: ReportModel): Markup {
  if (report.gaps.length === 0)
    return html`<h2>What is wrong or missing</h2>
      <p>Nothing of what was looked for.</p>`;
  return html`<h2>What is wrong or missing</h2>
    <ol class="gaps">
      ${report.gaps.map(gapItem)}
    </ol>`;
}

function gapItem({ verdict, text, items }: Gap): Markup {
  const long = items.some((item) => item.length > 60) ? 'long' : '';
  const rest = items.length > LISTED ? html`<li>and ${items.length - LISTED} more: see the tables below</li>` : '';
  return html`<li>
    ${word(verdict)} ${text}
    <ul class="${long}">
      ${items.slice(0, LISTED).map((item) => html`<li>${item}</li>`)}${rest}
    </ul>
  </li> `;
}

function figures({ totals, alerts: found, suppressed }: ReportModel): Markup {
  const raised = Object.values(found.bySeverity).reduce((sum, count) => sum + count, 0);
  const figure = (value: string | number, label: string): Markup => html`<div><b>${value}</b>${label}</div>`;
  return html`<div class="figures">
    ${figure(`${totals.complete} of ${totals.assets}`, 'assets with all six categories seen')}
    ${figure(`${totals.silent} of ${totals.assets}`, 'assets of which nothing was seen')}
    ${figure(`${totals.sources - totals.silentSources} of ${totals.sources}`, 'log sources heard')}
    ${figure(found.open, `alerts open at the end; ${raised} raised in the period, ${suppressed} more matches explained by planned work`)}
  </div>`;
}

function siteSection(site: SiteReport, timeZone: string): Markup {
  const none = html`<p class="soft">No zone is registered at this site.</p>`;
  return html`<h2>${site.name}</h2>
    ${site.zones.length ? site.zones.map((zone) => zoneTable(zone, timeZone)) : none} `;
}

function zoneTable({ name, slTarget, assets }: ZoneReport, timeZone: string): Markup {
  const target = slTarget === null ? '' : html` <small>SL-T ${slTarget}</small>`;
  const heading = html`<h3>${name}${target}</h3>`;
  if (assets.length === 0)
    return html`${heading}
      <p class="soft">No asset is registered in this zone.</p>`;
  return html`${heading}
    <table>
      <thead>
        <tr>
          <th>Asset</th>
          ${AUDIT_CATEGORIES.map((category) => html`<th>${CATEGORY_TEXTS[category].title}</th>`)}
          <th>Clock</th>
        </tr>
      </thead>
      <tbody>
        ${assets.map((asset) => assetRow(asset, timeZone))}
      </tbody>
    </table>`;
}

function assetRow(asset: AssetReport, timeZone: string): Markup {
  const { name, role, componentType, clock } = asset;
  const about = `${role} · ${componentType}`.replaceAll('_', ' ');
  return html`<tr>
    <th>${name}<br /><small>${about}</small></th>
    ${categoryCells(asset, timeZone)}${clockCell(clock)}
  </tr> `;
}

function categoryCells({ silent, seen }: AssetReport, timeZone: string): readonly Markup[] {
  if (silent)
    return [html`<td class="unseen" colspan="${AUDIT_CATEGORIES.length}">Nothing was seen of this asset</td>`];
  return AUDIT_CATEGORIES.map((category) => {
    const row = seen.find((candidate) => candidate.category === category);
    return row
      ? html`<td>${grouped(row.count)}<br /><small>${moment(row.last, timeZone)}</small></td>`
      : html`<td class="unseen">not seen</td>`;
  });
}

/** Breaks between day and time only. */
function moment(time: string, timeZone: string): Markup {
  const [day = '', hour = ''] = localTime(time, timeZone).split(' ');
  return html`<span class="day">${day}</span> ${hour}`;
}

function clockCell(clock: AssetReport['clock']): Markup {
  if (clock === null) return html`<td class="unseen">see log sources</td>`;
  const mark = { met: '', not_met: 'off', no_evidence: 'unseen' }[clock.verdict];
  return html`<td class="${mark}">${clockText(clock)}</td>`;
}

function sources({ sources: found, period }: ReportModel): Markup {
  if (found.length === 0)
    return html`<h2>Log sources</h2>
      <p class="soft">No log source is registered.</p>`;
  const row = (source: SourceReport): Markup =>
    html`<tr>
      <th>${source.name}<br /><small>${source.kind}</small></th>
      <td>${source.site}</td>
      ${
        source.last === null
          ? html`<td class="unseen" colspan="2">nothing arrived</td>`
          : html`<td class="n">${grouped(source.count)}</td>
              <td>${localTime(source.last, period.timeZone)}</td>`
      }${clockCell(source.clock)}
    </tr> `;
  return html`<h2>Log sources</h2>
    <table>
      <thead>
        <tr>
          <th>Source</th>
          <th>Site</th>
          <th class="n">Events</th>
          <th>Last</th>
          <th>Clock</th>
        </tr>
      </thead>
      <tbody>
        ${found.map(row)}
      </tbody>
    </table>`;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];

function alerts({ alerts: { bySeverity, acknowledgeSeconds, open }, suppressed }: ReportModel): Markup {
  const time = (seconds: number | null): string => (seconds === null ? 'no alert was acknowledged' : duration(seconds));
  return html`<h2>Alerts</h2>
    <table>
      <thead>
        <tr>
          ${SEVERITIES.map((severity) => html`<th>${severity}</th>`)}
        </tr>
      </thead>
      <tbody>
        <tr>
          ${SEVERITIES.map((severity) => html`<td>${bySeverity[severity] ?? 0}</td>`)}
        </tr>
      </tbody>
    </table>
    <dl class="head">
      <dt>Open at the end of the period</dt>
      <dd>${open}</dd>
      <dt>Time to acknowledge, median</dt>
      <dd>${time(acknowledgeSeconds.median)}</dd>
      <dt>Time to acknowledge, 95th percentile</dt>
      <dd>${time(acknowledgeSeconds.p95)}</dd>
      <dt>Matches explained by planned work</dt>
      <dd>${suppressed}</dd>
    </dl>`;
}

function reading(): Markup {
  return html`<h2>How to read this</h2>
    <p>
      ${word('met')} means that events were received that show it. ${word('no_evidence')} means that nothing was
      received that could tell: the device may be silent, not connected, not set up to record such events, or nothing of
      the kind happened. It is not a pass. ${word('not_met')} means that what was received speaks against it.
    </p>
    <p>
      A clock counts as good within ${SKEW.budget / 1000} seconds of arrival, by the median over the period; more than
      ${SKEW.ahead / 60_000} minutes ahead or ${SKEW.behind / 3_600_000} hours behind, its times say nothing. The clock
      of an asset is told only when it is a log source of its own.
    </p>
    <p>No log can show that a device told the truth, or that what it never sent did not happen.</p>
    <dl class="head">
      ${AUDIT_CATEGORIES.map(
        (category) =>
          html`<dt>${CATEGORY_TEXTS[category].title}</dt>
            <dd>${CATEGORY_TEXTS[category].text}</dd>`,
      )}
    </dl>`;
}
