import { relations, type CorrelationType, type SigmaCorrelation } from './document.js';

type Checked = Pick<
  SigmaCorrelation,
  'type' | 'rules' | 'groupBy' | 'aliases' | 'bounds' | 'valueFields' | 'percentile'
>;
export type Mistake = [path: string[], message: string];

export const isTemporal = (type: CorrelationType): boolean => type === 'temporal' || type === 'temporal_ordered';

const isCount = (type: CorrelationType) => isTemporal(type) || type === 'event_count' || type === 'value_count';

/** Whether the type reads its field as a number. */
export const isNumeric = ({ type, percentile }: Pick<SigmaCorrelation, 'type' | 'percentile'>): boolean =>
  !isCount(type) && (type !== 'value_percentile' || percentile !== null);

const repeated = (names: readonly string[]) => names.find((name, at) => names.indexOf(name) < at);

/** What the type does not go together with, each with the place to correct. */
export function* impossible(section: Checked): Generator<Mistake> {
  const { type, rules, groupBy, aliases, valueFields } = section;
  const twice = repeated(rules);
  if (twice !== undefined) yield [['rules'], `"${twice}" is named twice; name each rule once`];
  const sameField = repeated(groupBy);
  if (sameField !== undefined) yield [['group-by'], `"${sameField}" is named twice; name each field once`];
  if (isTemporal(type) && rules.length < 2) yield [['rules'], `"${type}" needs two or more rules`];
  for (const alias of Object.keys(aliases)) {
    if (groupBy.includes(alias) || valueFields.includes(alias)) continue;
    yield [['aliases', alias], `nothing uses the alias "${alias}"; put it into "group-by" or remove it`];
  }
  yield* impossibleBounds(section);
  yield* impossibleField(section);
}

function* impossibleBounds(section: Checked): Generator<Mistake> {
  const { type, bounds } = section;
  if (!isTemporal(type) && bounds.length === 0) yield [['condition'], `"${type}" needs a condition such as gte: 6`];
  if (bounds.length > 2) yield [['condition'], 'a condition has one bound, or two for a range'];
  for (const { relation, value } of bounds) {
    if (isCount(type) && !Number.isInteger(value)) {
      yield [['condition', relation], `"${type}" counts; write a whole number`];
    }
  }
  if (bounds.length > 0 && !candidates(section).some((one) => holdsAll(section, one))) {
    yield [['condition'], `"${type}" never comes to such a number; correct the bounds`];
  }
}

const holdsAll = ({ bounds }: Checked, number: number) =>
  bounds.every(({ relation, value }) => relations[relation](number, value));

/** Numbers of which one fulfils the bounds if the type can come to any that does; windows without an event are not judged. */
function candidates({ type, rules, bounds, percentile }: Checked): number[] {
  if (isTemporal(type)) return rules.map((_, at) => at + 1);
  const values = bounds.map(({ value }) => value);
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const near = [...values.flatMap((value) => [value - 1, value, value + 1]), middle];
  const least = { event_count: 1, value_count: 0 }[String(type)];
  if (least !== undefined) return [...near.map(Math.ceil).filter((one) => one >= least), least];
  if (type === 'value_percentile' && percentile === null) return [...near.filter((one) => one > 0 && one <= 100), 100];
  return near;
}

function* impossibleField({ type, valueFields, percentile }: Checked): Generator<Mistake> {
  const reads = type.startsWith('value_');
  if (reads && valueFields.length === 0) yield [['condition'], `"${type}" needs condition.field`];
  if (!reads && valueFields.length > 0) {
    yield [['condition', 'field'], `"${type}" reads no field; remove "field" or use a value type`];
  }
  if (isNumeric({ type, percentile }) && valueFields.length > 1) {
    yield [['condition', 'field'], `"${type}" reads the numbers of one field; name only one`];
  }
  if (percentile !== null && type !== 'value_percentile') {
    yield [['condition', 'percentile'], `"${type}" has no percentile; remove it or use value_percentile`];
  }
}
