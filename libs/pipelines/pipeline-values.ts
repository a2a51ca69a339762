import { z } from 'zod';
import type { Item, Test } from '#sigma/expression.js';
import { mapTests } from '#sigma/expression-walk.js';
import { Fault } from '#sigma/fault.js';
import { compileReplacement } from '#sigma/regex-replace.js';
import { changeItems, Refusal, type Run, type Transformation } from './pipeline-run.js';
import { scalar } from './pipeline-rule-conditions.js';
import { parseWildcard, plainText, type Token } from '#sigma/wildcard.js';
import { writeWildcard, type Placeholder } from './write-wildcard.js';

type Text = Extract<Test, { op: 'text' }>;

/** Changes the text values of the selected items: one becomes any number. */
const ofTexts =
  (change: (value: Text, run: Run, item: Item) => Test[]): Transformation =>
  (run, scope) =>
    changeItems(run, scope, (item) => {
      const tests = mapTests(item.tests, (test) => (test.op === 'text' ? change(test, run, item) : [test]));
      return { ...item, tests };
    });

const replaceSchema = z
  .strictObject({
    regex: z.string(),
    replacement: z.string(),
    skip_special: z.boolean().default(false),
    interpret_special: z.boolean().default(false),
  })
  .transform(({ regex, replacement, skip_special: skip, interpret_special: interpret }, context): Transformation => {
    try {
      const replace = compileReplacement(regex, replacement);
      const ofPart = (token: Token): Token[] => {
        if (!('text' in token)) return [token];
        const made = replace(token.text);
        return interpret ? parseWildcard(made) : [{ text: made }];
      };
      const whole = (tokens: Token[]) => parseWildcard(replace(writeWildcard(tokens)).replace(/\\(?![*?])/g, '\\\\'));
      return ofTexts((value) => [{ ...value, tokens: skip ? value.tokens.flatMap(ofPart) : whole(value.tokens) }]);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      context.addIssue(error.message);
      return z.NEVER;
    }
  });

const mapSchema = z
  .strictObject({ mapping: z.record(z.string(), z.union([z.string(), z.array(z.string())])) })
  .transform(({ mapping }) => {
    const known = new Map(Object.entries(mapping));
    return ofTexts((value) => {
      const found = known.get(writeWildcard(value.tokens));
      if (found === undefined) return [value];
      return [found].flat().map((one) => ({ ...value, tokens: parseWildcard(one) }));
    });
  });

const setSchema = z
  .strictObject({ value: scalar.nullable(), force_type: z.enum(['str', 'num']).optional() })
  .transform(({ value, force_type: forced }, context): Transformation => {
    if (forced !== undefined && (value === null || typeof value === 'boolean')) {
      context.addIssue('"force_type" needs a text or a number');
      return z.NEVER;
    }
    const test: Test =
      value === null ? { op: 'null' } : { op: 'text', tokens: parseWildcard(String(value)), cased: false };
    return (run, scope) => changeItems(run, scope, (item) => ({ ...item, tests: item.tests.map(() => test) }));
  });

/** Values are compared as text, so that only the demand for a number says something. */
const convertSchema = z.strictObject({ target_type: z.enum(['str', 'num']) }).transform(({ target_type: to }) =>
  ofTexts((value) => {
    const plain = plainText(value.tokens);
    if (to === 'num' && (plain === null || plain.trim() === '' || Number.isNaN(Number(plain)))) {
      throw new Refusal(`"${writeWildcard(value.tokens)}" is no number`);
    }
    return [value];
  }),
);

const caseSchema = z.strictObject({ method: z.enum(['lower', 'upper']).default('lower') }).transform(({ method }) => {
  const change = (text: string) => (method === 'lower' ? text.toLowerCase() : text.toUpperCase());
  return ofTexts((value) => [
    { ...value, tokens: value.tokens.map((token) => ('text' in token ? { text: change(token.text) } : token)) },
  ]);
});

const chosen = {
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
};
const placeholderSchema = z
  .strictObject(chosen)
  .refine(({ include, exclude }) => !include || !exclude, 'give "include" or "exclude", not both');

/** Puts each value in the place of a placeholder; several placeholders give every combination. */
function fill(tokens: readonly (Token | Placeholder)[], valuesOf: (name: string) => Token[][] | undefined): Token[][] {
  return tokens.reduce<Token[][]>(
    (lists, token) => {
      const values = 'placeholder' in token ? valuesOf(token.placeholder) : undefined;
      const inserted = values ?? [[token as Token]];
      return lists.flatMap((list) => inserted.map((one) => [...list, ...one]));
    },
    [[]],
  );
}

const placeholders = (valuesOf: (name: string, run: Run) => Token[][]) =>
  placeholderSchema.transform(({ include, exclude }) => {
    const handles = (name: string) => include?.includes(name) ?? !exclude?.includes(name);
    return ofTexts((value, run) =>
      fill(value.tokens, (name) => (handles(name) ? valuesOf(name, run) : undefined)).map((tokens) => ({
        ...value,
        tokens,
      })),
    );
  });

const listed = z.union([
  z.union([z.string(), z.number()]).transform((one) => [one]),
  z.array(z.union([z.string(), z.number()])).min(1),
]);

function listOf(name: string, { vars }: Run): Token[][] {
  const read = listed.safeParse(Object.hasOwn(vars, name) ? vars[name] : undefined);
  if (!read.success) throw new Refusal(`the rule needs the list "${name}"; give its values under "vars" of a pipeline`);
  return read.data.map((one) => parseWildcard(String(one)));
}

/** Transformations of values, by type: each reads its parameters and gives the transformation. */
export const valueTransformations = {
  replace_string: replaceSchema,
  map_string: mapSchema,
  set_value: setSchema,
  convert_type: convertSchema,
  case: caseSchema,
  wildcard_placeholders: placeholders(() => [[{ wild: '*' }]]),
  value_placeholders: placeholders(listOf),
};
