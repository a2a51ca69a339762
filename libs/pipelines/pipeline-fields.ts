import { z } from 'zod';
import type { Expression, Item, Test } from '#sigma/expression.js';
import { mapTests, referredFields } from '#sigma/expression-walk.js';
import { changeItems, type Run, type Scope, type Transformation } from './pipeline-run.js';

type Names = string | string[] | undefined;
/** A new name, several, or undefined to leave the field as it is; null stands for keywords. */
type Rename = (field: string | null) => Names;

const name = z.string().min(1);
const names = z.union([name, z.array(name).min(1)]);
const mapping = z.record(z.string(), names);

const listOf = (found: string | string[]): string[] => (typeof found === 'string' ? [found] : found);

/** Whether an item asks for a field that is not there. */
const wantsAbsent = ({ tests }: Item): boolean =>
  tests.every((test) => test.op === 'null' || (test.op === 'exists' && !test.expected));

/**
 * One field as several: any of them may hold the value. A field counts as absent only if all of them are; there pySigma,
 * which joins by `or` always, would find an absent field in every event.
 */
function asSeveral(item: Item, fields: string[]): Expression {
  const of = fields.map((field): Expression => ({ ...item, field }));
  return of.length === 1 ? of[0]! : { kind: wantsAbsent(item) ? 'and' : 'or', of };
}

function renamed(field: string, found: Names, run: Run, { id }: Scope): string[] {
  if (found === undefined) return [field];
  const to = listOf(found);
  run.mapped.add(field);
  for (const one of to) run.mapped.add(one);
  if (to.length === 1 && to[0] === field) return to;
  const ids = new Set([...(run.changedFields.get(field) ?? []), ...(id === undefined ? [] : [id])]);
  run.changedFields.delete(field);
  for (const one of to) run.changedFields.set(one, ids);
  return to;
}

/** Renames fields of the detection, of references to fields, and of the document's list of fields. */
const renaming =
  (rename: Rename): Transformation =>
  (run, scope) => {
    const one = (field: string): string[] =>
      renamed(field, scope.ofField(field, run) ? rename(field) : undefined, run, scope);
    run.fields = run.fields.map((list) => list.flatMap(one));
    changeItems(run, scope, (item) => {
      const tests = renameReferences(item.tests, one);
      const found = scope.ofField(item.field, run) ? rename(item.field) : undefined;
      if (found === undefined) return tests === item.tests ? undefined : { ...item, tests };
      for (const field of [item.field ?? [], found].flat()) run.mapped.add(field);
      return asSeveral({ ...item, tests }, listOf(found));
    });
  };

function renameReferences(tests: Test[], rename: (field: string) => string[]): Test[] {
  const before = referredFields(tests);
  if (before.length === 0) return tests;
  const after = mapTests(tests, (test) =>
    test.op === 'fieldref' ? rename(test.field).map((field) => ({ ...test, field })) : [test],
  );
  return referredFields(after).join('\n') === before.join('\n') ? tests : after;
}

const prefixed = (map: Record<string, Names>): Rename => {
  const entries = Object.entries(map);
  return (field) => {
    const found = field === null ? undefined : entries.find(([from]) => field.startsWith(from));
    if (!found || field === null) return undefined;
    const [from, to = []] = found;
    return listOf(to).map((one) => one + field.slice(from.length));
  };
};

const params = {
  mapping: z.strictObject({ mapping }),
  prefix: z.strictObject({ prefix: name }),
  suffix: z.strictObject({ suffix: name }),
};

/** Transformations of field names, by type: each reads its parameters and gives the transformation. */
export const fieldTransformations = {
  field_name_mapping: params.mapping.transform(({ mapping: map }) => {
    const known = new Map(Object.entries(map));
    // The key for keywords is YAML's null.
    return renaming((field) => (field === null ? (known.get('null') ?? known.get('')) : known.get(field)));
  }),
  field_name_prefix_mapping: params.mapping.transform(({ mapping: map }) => renaming(prefixed(map))),
  field_name_prefix: params.prefix.transform(({ prefix }) =>
    renaming((field) => (field === null ? undefined : prefix + field)),
  ),
  field_name_suffix: params.suffix.transform(({ suffix }) =>
    renaming((field) => (field === null ? undefined : field + suffix)),
  ),
};
