import { z } from 'zod';
import { readSearch } from './detection.js';
import type { Logsource, SigmaError, SigmaRule } from './document.js';
import type { Expression, Test } from './expression.js';
import { readPages } from './pages.js';

/** Events of this log source are those for which `when` holds; `fields` maps a rule's field names to the schema's. */
export type Route = { logsource: Logsource; when: Expression; fields: Record<string, string> };

/** What a schema says about Sigma's log sources. */
export type LogsourceRouting = { routes: Route[] };

const part = z.string().min(1).optional();
const routingSchema = z.strictObject({
  routes: z.array(
    z.strictObject({
      logsource: z.strictObject({ category: part, product: part, service: part }),
      when: z.record(z.string(), z.unknown()),
      fields: z.record(z.string(), z.string().min(1)).default({}),
    }),
  ),
});

/** Reads a routing table: `routes`, each with a `logsource`, a Sigma search `when` and field names. */
export function parseRouting(
  text: string,
  file = 'logsources.yml',
): { routing: LogsourceRouting; errors: SigmaError[] } {
  const { pages, errors } = readPages(text, file);
  const routes: Route[] = [];
  for (const page of pages) {
    const report = (path: readonly PropertyKey[], message: string) => {
      errors.push({ file, line: page.lineOf(path), message });
    };
    const read = routingSchema.safeParse(page.value);
    if (!read.success) {
      for (const issue of read.error.issues)
        report(issue.path, `${issue.path.map(String).join('.')}: ${issue.message}`);
      continue;
    }
    for (const [index, { logsource, when, fields }] of read.data.routes.entries()) {
      const always = Object.keys(when).length === 0;
      const search: Expression = always ? { kind: 'and', of: [] } : readSearch(when, ['routes', index, 'when'], report);
      routes.push({ logsource, fields, when: search });
    }
  }
  return { routing: { routes }, errors };
}

/** A rule in a schema's terms: the events it is tried on, and its detection with the schema's field names. */
export type Routed = { when: Expression; detection: Expression };

const parts = ['category', 'product', 'service'] as const;

function renameTest(test: Test, rename: ReadonlyMap<string, string>): Test {
  if (test.op === 'any') return { ...test, of: test.of.map((one) => renameTest(one, rename)) };
  return test.op === 'fieldref' ? { ...test, field: rename.get(test.field) ?? test.field } : test;
}

function renameFields(expression: Expression, rename: ReadonlyMap<string, string>): Expression {
  if (expression.kind === 'not') return { ...expression, of: renameFields(expression.of, rename) };
  if (expression.kind !== 'item') return { ...expression, of: expression.of.map((one) => renameFields(one, rename)) };
  const { field, tests } = expression;
  return {
    ...expression,
    field: field === null ? null : (rename.get(field) ?? field),
    tests: tests.map((test) => renameTest(test, rename)),
  };
}

/**
 * Joins every route whose parts are all named by the rule's log source. Null when a part of the log source is named by no
 * such route: this schema has no events for the rule.
 */
export function route({ logsource, detection }: SigmaRule, routing: LogsourceRouting): Routed | null {
  const applied = routing.routes.filter((it) =>
    parts.every((name) => it.logsource[name] === undefined || it.logsource[name] === logsource[name]),
  );
  const covered = parts.every(
    (name) => logsource[name] === undefined || applied.some((it) => it.logsource[name] !== undefined),
  );
  if (!covered) return null;
  const rename = new Map(applied.flatMap((it) => Object.entries(it.fields)));
  return { when: { kind: 'and', of: applied.map((it) => it.when) }, detection: renameFields(detection, rename) };
}
