import type { z } from 'zod';
import { Budget } from './budget.js';
import { readCorrelation } from './correlation-section.js';
import { readDetection, type Context } from './detection.js';
import type { SigmaDocument, SigmaError } from './document.js';
import { readFilter } from './filter.js';
import { correlationSchema, fieldNames, filterSchema, ruleSchema } from './header.js';
import { limits } from './limits.js';
import { nearest } from './nearest.js';
import { readPages, type Page } from './pages.js';

type Kind = SigmaDocument['kind'];
type Header = Omit<z.output<typeof filterSchema>, 'filter' | 'logsource' | 'level' | 'status'> &
  Partial<Pick<z.output<typeof correlationSchema>, 'level' | 'status'>>;

class PageReader {
  readonly errors: SigmaError[] = [];

  constructor(
    private readonly page: Page,
    private readonly file: string,
    private readonly budget: Budget,
  ) {}

  readonly report = (path: readonly PropertyKey[], message: string): void => {
    const line = this.errors.length < limits.errors ? this.page.lineOf(path) : this.page.line;
    this.errors.push({ file: this.file, line, message });
  };

  read(): SigmaDocument | null {
    const { value } = this.page;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report([], 'a Sigma document is a map that begins with a title');
      return null;
    }
    if ('action' in value) {
      this.report(['action'], '"action" was removed from Sigma; write correlation documents instead');
      return null;
    }
    const document = this.document(value);
    return this.errors.length > 0 ? null : document;
  }

  private document(value: object): SigmaDocument | null {
    if ('correlation' in value) return this.correlation(value, value.correlation);
    if ('filter' in value) return this.filter(value, value.filter);
    return this.rule(value, 'detection' in value ? value.detection : undefined);
  }

  private rule(value: object, raw: unknown): SigmaDocument | null {
    const read = ruleSchema.safeParse(value);
    if (!read.success) this.reportIssues(read.error.issues, 'rule');
    if (raw === undefined) return null;
    const detection = readDetection(raw, ['detection'], this.context(read.data?.plantwatch.timezone));
    if (!read.success) return null;
    const { logsource, fields, ...rest } = read.data;
    return { kind: 'rule', ...this.described(rest), logsource, fields, detection };
  }

  private correlation(value: object, raw: unknown): SigmaDocument | null {
    const read = correlationSchema.safeParse(value);
    if (!read.success) this.reportIssues(read.error.issues, 'correlation');
    const section = readCorrelation(raw, (issues) => this.reportIssues(issues, null, ['correlation']));
    if (!read.success || !section) return null;
    const generate = section.generate || read.data.generate === true;
    return { kind: 'correlation', ...this.described(read.data), ...section, generate };
  }

  private filter(value: object, raw: unknown): SigmaDocument | null {
    const read = filterSchema.safeParse(value);
    if (!read.success) this.reportIssues(read.error.issues, 'filter');
    const section = readFilter(raw, this.context(read.data?.plantwatch.timezone));
    if (!read.success || !section) return null;
    return { kind: 'filter', ...this.described(read.data), logsource: read.data.logsource, ...section };
  }

  private context(zone = 'UTC'): Context {
    return { report: this.report, written: (path) => this.page.written(path), budget: this.budget, zone };
  }

  /** What every kind of document says of itself. */
  private described(read: Header) {
    const { title, name, taxonomy, status, description, license, author, level, date, modified } = read;
    const { references, falsepositives, tags, plantwatch: settings } = read;
    const { file } = this;
    const { line } = this.page;
    const id = read.id ?? name ?? `${file}:${line}`;
    const texts = { title, name, taxonomy, status, description, license, author, level, date, modified };
    return { file, line, id, ...texts, references, falsepositives, tags, settings };
  }

  private reportIssues(issues: readonly z.core.$ZodIssue[], kind: Kind | null, base: PropertyKey[] = []): void {
    for (const issue of issues) {
      const path = [...base, ...issue.path];
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) this.reportUnknown(path, key, path.length > 0 ? null : kind);
      } else {
        this.report(path, `${path.map(String).join('.') || 'document'}: ${issue.message}`);
      }
    }
  }

  private reportUnknown(path: readonly PropertyKey[], key: string, kind: Kind | null): void {
    const meant = kind && this.errors.length < limits.errors ? nearest(key, fieldNames[kind]) : null;
    const advice = meant ? `write "${meant}"` : 'remove it or correct its name';
    this.report([...path, key], `unknown field "${key}"; ${advice}`);
  }
}

/**
 * Reads the rules, correlations and filters of one Sigma file. Nothing in a file is ignored: what is unknown or
 * impossible is an error, and a document with an error is left out of `documents`. Never throws on a text, however
 * hostile; at most `limits.errors` mistakes are told.
 */
export function parseSigma(text: string, file: string): { documents: SigmaDocument[]; errors: SigmaError[] } {
  const { pages, errors } = readPages(text, file);
  const documents: SigmaDocument[] = [];
  const budget = new Budget();
  for (const page of pages) {
    const reader = new PageReader(page, file, budget);
    const document = reader.read();
    if (document) documents.push(document);
    for (const error of reader.errors) errors.push(error);
  }
  const sorted = errors.sort((a, b) => a.line - b.line);
  const told = sorted.slice(0, limits.errors);
  const untold = sorted.length - told.length;
  if (untold > 0)
    told.push({ file, line: told.at(-1)!.line, message: `and ${untold} more mistakes; correct these first` });
  return { documents, errors: told };
}
