import { describe, expect, it } from 'vitest';
import { AUDIT_CATEGORIES } from '#iec62443/auditable-events.js';
import { html } from './markup.js';
import { pageSecurity } from './page-security.js';
import { renderReport } from './report-html.js';
import { clockText, duration, localTime } from './report-wording.js';
import type { ReportModel } from './report.schema.js';

const HOSTILE = `</style><script>alert(1)</script><img src=x onerror=alert(1)> "'&\u202Egpj.exe`;
const LAST = '2026-05-01T10:00:00.000Z';

function report(name: string): ReportModel {
  const clock = { medianSkewMs: 400_000, state: 'implausible', verdict: 'not_met' } as const;
  const about = {
    id: 'a',
    name,
    role: 'plc',
    componentType: 'embedded_device',
    criticality: 3,
    verdict: 'no_evidence',
  } as const;
  const asset = {
    ...about,
    seen: [{ category: 'audit_log', count: 3, last: LAST }],
    notSeen: [],
    silent: false,
    clock,
  } as const;
  const silent = { ...about, seen: [], notSeen: [...AUDIT_CATEGORIES], silent: true, clock: null };
  return {
    id: 'r',
    kind: 'security_logging',
    tenant: { id: 't', name },
    period: { from: '2026-04-30T22:00:00.000Z', to: '2026-05-01T22:00:00.000Z', timeZone: 'Europe/Prague' },
    generatedAt: LAST,
    verdict: 'no_evidence',
    statement: `Not everything of ${name} was seen.`,
    gaps: [{ verdict: 'no_evidence', text: `Nothing of ${name}.`, items: [name] }],
    totals: { assets: 2, complete: 0, partial: 1, silent: 1, sources: 1, silentSources: 1 },
    sites: [
      {
        id: 's',
        name,
        zones: [{ id: 'z', name, slTarget: 3, assets: [{ ...asset, seen: [...asset.seen], notSeen: [] }, silent] }],
      },
    ],
    sources: [{ id: 'l', name, kind: 'syslog-udp', site: name, count: 0, last: null, verdict: 'no_evidence', clock }],
    alerts: { bySeverity: { high: 2 }, acknowledgeSeconds: { median: 90, p95: null }, open: 1 },
    suppressed: 4,
  };
}

describe('the page of a report', () => {
  it('writes hostile names as text', () => {
    const page = renderReport(report(HOSTILE));
    const tags = page.replaceAll(/<(\/?[a-z0-9]+|!doctype)/gi, (_all, tag: string) => `\u0000${tag}`);
    expect(tags).not.toContain('<');
    expect(page).not.toMatch(/<script|<img|\u202E/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page.match(/&lt;\/style&gt;/g)?.length).toBeGreaterThan(5);
  });

  it('needs nothing from elsewhere and runs nothing', () => {
    const page = renderReport(report('Waterworks'));
    expect(page).not.toMatch(/\b(src|href|on\w+|style)=|url\(|@import/);
    expect(pageSecurity(page)).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; .*sandbox$/);
  });

  it('says what is missing before anything else', () => {
    const page = renderReport(report('Waterworks'));
    expect(page.indexOf('What is wrong or missing')).toBeLessThan(page.indexOf('assets with all six categories seen'));
    expect(page.indexOf('Not confirmed: evidence is missing')).toBeLessThan(page.indexOf('What is wrong or missing'));
  });

  it('never paints what was not seen as good', () => {
    const page = renderReport(report('Waterworks'));
    const body = page.slice(page.indexOf('<main>'), page.indexOf('How to read this'));
    expect(body).not.toMatch(/class="[^"]*\bmet\b/);
    expect(body.match(/class="unseen"/g)?.length).toBeGreaterThan(5);
  });

  it('tells times in the zone of the report', () => {
    expect(renderReport(report('Waterworks'))).toContain('2026-05-01 00:00 to 2026-05-02 00:00 (Europe/Prague)');
  });
});

describe('markup', () => {
  it('escapes what is put in, once', () => {
    const inner = html`<b>${'a & b'}</b>`;
    expect(html`<p title="${'"'}">${inner}${[inner]}${7}</p>`.text).toBe(
      '<p title="&quot;"><b>a &amp; b</b><b>a &amp; b</b>7</p>',
    );
  });

  it('does not take text for markup because it looks like one', () => {
    expect(html`${JSON.stringify({ text: '<b>' })}`.text).toBe('{&quot;text&quot;:&quot;&lt;b&gt;&quot;}');
  });
});

describe('wording', () => {
  it.each([
    [0.42, '0.4 s'],
    [12.4, '12 s'],
    [59.7, '1 min'],
    [125, '2 min 5 s'],
    [3600, '1 h'],
    [90_061, '1 d 1 h'],
  ])('%s seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it('says which way a clock is off', () => {
    expect(clockText({ medianSkewMs: -2000, state: 'within', verdict: 'met' })).toBe('2 s behind');
    expect(clockText({ medianSkewMs: 400_000, state: 'implausible', verdict: 'not_met' })).toBe(
      '6 min 40 s ahead: implausible',
    );
    expect(clockText({ medianSkewMs: null, state: 'unknown', verdict: 'no_evidence' })).toBe('not known');
  });

  it('writes times as ISO 8601 does', () => {
    expect(localTime('2026-01-01T23:30:00.000Z', 'Europe/Prague')).toBe('2026-01-02 00:30');
  });
});
