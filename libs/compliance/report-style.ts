/** Reads well on a screen and on A4 in grey; no colour carries a meaning alone. */
export const REPORT_STYLE = `
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --grey: #eef0f2; --red: #a40e26; --red-soft: #fbeaec; --green: #14603b; --green-soft: #e8f4ed; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 40px 32px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 40px 0 8px; padding-bottom: 4px; border-bottom: 2px solid var(--ink); break-after: avoid; }
h3 { font-size: 15px; margin: 24px 0 8px; break-after: avoid; }
p { margin: 0 0 8px; max-width: 75ch; }
small, .soft { color: var(--soft); }
dl.head { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 16px 0 24px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.statement { margin-top: 8px; border: 1px solid var(--line); border-left: 6px solid var(--soft); background: var(--grey); padding: 14px 18px; break-inside: avoid; }
.statement p { margin: 4px 0 0; font-size: 16px; }
.statement.not_met { border-left-color: var(--red); background: var(--red-soft); }
.statement.met { border-left-color: var(--green); background: var(--green-soft); }
.word { font-weight: 650; white-space: nowrap; }
.word.not_met { color: var(--red); }
.word.met { color: var(--green); }
.word.no_evidence { color: var(--soft); }
ol.gaps { padding-left: 22px; margin: 0; }
ol.gaps > li { margin: 0 0 12px; }
ol.gaps ul { columns: 2; column-gap: 32px; margin: 4px 0 0; padding-left: 18px; color: var(--soft); overflow-wrap: anywhere; }
ol.gaps ul li { break-inside: avoid; }
ol.gaps ul.long { columns: 1; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 12.5px; margin: 0 0 8px; }
th, td { text-align: left; vertical-align: top; padding: 5px 6px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:first-child { width: 16%; }
thead { display: table-header-group; }
thead th { font-size: 0.86em; overflow-wrap: normal; font-weight: 400; border-bottom: 1px solid var(--ink); vertical-align: bottom; }
tbody th { font-weight: 600; }
tr { break-inside: avoid; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
.day { white-space: nowrap; }
td.unseen { background: var(--grey); color: var(--soft); }
td.off { color: var(--red); }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px; margin: 20px 0 0; }
.figures div { border: 1px solid var(--line); padding: 10px 12px; break-inside: avoid; }
.figures b { display: block; font-size: 22px; line-height: 1.2; font-variant-numeric: tabular-nums; }
footer { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 12px; color: var(--soft); font-size: 12px; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  table { font-size: 8.5pt; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
