import { z } from 'zod';
import { readCorrelation } from './correlation-section.js';
import { readDetection } from './detection.js';
import { levels, statuses, type Logsource, type SigmaDocument, type SigmaError } from './document.js';
import { readPages, type Page } from './pages.js';
import { settingsSchema } from './settings.js';

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]);
const date = z.string().regex(/^\d{4}[-/]\d{2}[-/]\d{2}$/, 'write the date as YYYY-MM-DD');

const described = {
  title: z.string().min(1).max(256),
  id: z.string().min(1).max(256).optional(),
  name: z.string().min(1).max(256).optional(),
  related: z
    .array(
      z.strictObject({
        id: z.string(),
        type: z.enum(['derived', 'obsolete', 'merged', 'renamed', 'similar', 'correlation']),
      }),
    )
    .optional(),
  taxonomy: z.string().max(256).optional(),
  status: z.enum(statuses).optional(),
  description: z.string().max(65_535).trim().optional(),
  license: z.string().optional(),
  author: z.string().optional(),
  references: texts,
  date: date.optional(),
  modified: date.optional(),
  falsepositives: texts,
  level: z.enum(levels).optional(),
  tags: z
    .array(z.string().regex(/^[a-z0-9_-]+\.[a-z0-9._-]+$/, 'write a tag as namespace.name in lower case'))
    .default([]),
  plantwatch: settingsSchema.prefault({}),
};

const logsourceSchema = z
  .strictObject({
    category: z.string().min(1).optional(),
    product: z.string().min(1).optional(),
    service: z.string().min(1).optional(),
    definition: z.string().optional(),
  })
  .refine((it) => it.category ?? it.product ?? it.service, 'name at least one of category, product and service')
  .transform(({ definition: _, ...logsource }): Logsource => logsource);

const ruleSchema = z.strictObject({
  ...described,
  logsource: logsourceSchema,
  detection: z.unknown().refine((it) => it !== undefined, 'a rule needs a detection'),
  fields: z.array(z.string()).default([]),
  scope: z.array(z.string()).optional(),
  // SigmaHQ's own fields, which say nothing about matching.
  regression_tests_path: z.unknown().optional(),
  simulation: z.unknown().optional(),
});

const correlationSchema = z.strictObject({
  ...described,
  correlation: z.unknown(),
  generate: z.boolean().optional(),
});

class PageReader {
  readonly errors: SigmaError[] = [];

  constructor(
    private readonly page: Page,
    private readonly file: string,
  ) {}

  readonly report = (path: readonly PropertyKey[], message: string): void => {
    this.errors.push({ file: this.file, line: this.page.lineOf(path), message });
  };

  read(): SigmaDocument | null {
    const { value } = this.page;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.report([], 'a Sigma document is a map that begins with a title');
      return null;
    }
    if ('action' in value)
      this.report(['action'], '"action" was removed from Sigma; write correlation documents instead');
    if ('filter' in value)
      this.report(['filter'], 'filter documents are not supported yet; put the exclusion into the rule');
    if (this.errors.length > 0) return null;
    const document = 'correlation' in value ? this.correlation(value) : this.rule(value);
    return this.errors.length > 0 ? null : document;
  }

  private rule(value: object): SigmaDocument | null {
    const read = ruleSchema.safeParse(value);
    if (!read.success) this.reportIssues(read.error.issues);
    const raw = 'detection' in value ? value.detection : undefined;
    const detection = raw === undefined ? null : readDetection(raw, ['detection'], this.report);
    if (!read.success || !detection) return null;
    const { logsource, fields, ...rest } = read.data;
    return { kind: 'rule', ...this.described(rest), logsource, fields, detection };
  }

  private correlation(value: object): SigmaDocument | null {
    const read = correlationSchema.safeParse(value);
    if (!read.success) this.reportIssues(read.error.issues);
    const raw = 'correlation' in value ? value.correlation : undefined;
    const section = readCorrelation(raw, (issues) => this.reportIssues(issues, ['correlation']));
    if (!read.success || !section) return null;
    const generate = section.generate || read.data.generate === true;
    return { kind: 'correlation', ...this.described(read.data), ...section, generate };
  }

  private described(read: Omit<z.output<typeof correlationSchema>, 'correlation' | 'generate'>) {
    const {
      title,
      name,
      status,
      description,
      license,
      author,
      references,
      falsepositives,
      tags,
      level,
      date,
      modified,
    } = read;
    const { file } = this;
    const { line } = this.page;
    const id = read.id ?? name ?? `${file}:${line}`;
    const settings = read.plantwatch;
    return {
      file,
      line,
      id,
      name,
      title,
      status,
      description,
      license,
      author,
      references,
      falsepositives,
      tags,
      level,
      date,
      modified,
      settings,
    };
  }

  private reportIssues(issues: readonly z.core.$ZodIssue[], base: PropertyKey[] = []): void {
    for (const issue of issues) {
      const path = [...base, ...issue.path];
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys)
          this.report([...path, key], `unknown field "${key}"; remove it or correct its name`);
      } else {
        this.report(path, `${path.map(String).join('.') || 'document'}: ${issue.message}`);
      }
    }
  }
}

/**
 * Reads the rules and correlations of one Sigma file. Nothing in a file is ignored: what is unknown or impossible is an
 * error, and a document with an error is left out of `documents`.
 */
export function parseSigma(text: string, file: string): { documents: SigmaDocument[]; errors: SigmaError[] } {
  const { pages, errors } = readPages(text, file);
  const documents: SigmaDocument[] = [];
  for (const page of pages) {
    const reader = new PageReader(page, file);
    const document = reader.read();
    if (document) documents.push(document);
    errors.push(...reader.errors);
  }
  return { documents, errors: errors.sort((a, b) => a.line - b.line) };
}
