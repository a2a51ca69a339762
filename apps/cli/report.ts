import { FINDINGS } from './exit.js';
import { sarifLog, type Finding } from './sarif.js';

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export interface Report {
  findings: Finding[];
  /** What `json` prints, as one line. */
  json: object;
  /** The last line of `text`. */
  summary: string;
}

/** Prints a report for people or machines, and fails when there are findings. */
export function printReport({ findings, json, summary }: Report, format: Format): void {
  if (format === 'sarif') console.log(JSON.stringify(sarifLog(findings), null, 2));
  if (format === 'json') console.log(JSON.stringify(json));
  if (format === 'text') {
    for (const { file, line, message } of findings) console.log(`${file}:${line}: ${message}`);
    console.log(summary);
  }
  if (findings.length > 0) process.exitCode = FINDINGS;
}
