import fc from 'fast-check';
import { searchesOf } from './condition.js';
import { timeParts } from './time-part.js';

/** A rule's detection as YAML has it. */
export type Detection = Record<string, unknown>;

const letters = [...'abABkKisS1 .-/\\*?%\n'];
/** The Kelvin sign, both sharp s, the dotless and the dotted i, all sigmas, letters beyond the basic plane, dashes. */
const strange = [...'\u212aıİßẞéÉσΣς😀𐐀𐐨–—'];
const words = [
  '',
  'cmd',
  'CMD.exe',
  '-f',
  ' /c ',
  '-a -b',
  'C:\\',
  '\\\\srv\\',
  '\\*',
  '\\\\*',
  '\\?',
  '*',
  '??',
  'true',
  '5',
];

const characters = fc.array(fc.constantFrom(...letters), { maxLength: 5 });
const strangeCharacters = fc.array(fc.constantFrom(...letters, ...strange), { maxLength: 5 });
const text = fc.oneof(
  { arbitrary: characters.map((it) => it.join('')), weight: 4 },
  { arbitrary: strangeCharacters.map((it) => it.join('')), weight: 1 },
  { arbitrary: fc.constantFrom(...words), weight: 2 },
);
const unwild = text.map((it) => it.replaceAll(/[*?]/g, '') || 'x');

const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(0.5, 4625, 1e21, -1.25));
const scalar = fc.oneof(
  { arbitrary: text, weight: 5 },
  { arbitrary: number, weight: 1 },
  { arbitrary: fc.boolean(), weight: 1 },
);
const textOrNumber = fc.oneof({ arbitrary: text, weight: 5 }, { arbitrary: number, weight: 1 });

export const fieldNames = ['a', 'b', 'c.d', 'c.e', 'f.g.h', 'constructor', '__proto__.x', 'length', 'a.length'];
const field = fc.oneof(
  { arbitrary: fc.constantFrom(...fieldNames.slice(0, 5)), weight: 12 },
  { arbitrary: fc.constantFrom(...fieldNames), weight: 1 },
);

/** Modifiers that go together, the values they take (only one?), and whether they need a field. */
type Shape = { modifiers: string[]; values: fc.Arbitrary<unknown>; single?: boolean; field?: boolean };

const place = ['', 'contains', 'startswith', 'endswith'];
const encodings = ['wide', 'utf16le', 'utf16be', 'utf16', 'base64', 'base64offset', 'wide|base64', 'utf16|base64'];
const offsets = ['utf16le|base64offset', 'utf16be|base64offset', 'base64offset'];
const patterns = ['b+', '^a.*c$', 'A.C', '(?:cmd|sh)', '[0-9]{2}', '^$', 'a|b$', '\\\\', 'é', 'x.y', '^b$', '\\.exe'];
const networks = [
  '10.0.0.0/8',
  '192.168.1.0/24',
  '0.0.0.0/0',
  '10.1.2.3',
  '10.1.2.2/31',
  'fe80::/10',
  '2001:db8::/33',
  '::1/128',
  '::ffff:10.0.0.0/104',
  '::/0',
];

const split = (chain: string) => chain.split('|').filter(Boolean);
const shapes: Shape[] = [
  ...place.flatMap((it) => [
    { modifiers: split(it), values: it === '' ? scalar : textOrNumber },
    { modifiers: [...split(it), 'windash'], values: text },
    { modifiers: ['windash', ...split(it)], values: text },
    { modifiers: ['re', ...split(it)], values: fc.constantFrom(...patterns) },
    { modifiers: ['fieldref', ...split(it)], values: fc.constantFrom(...fieldNames), field: true },
  ]),
  { modifiers: [], values: fc.constant(null), single: true, field: true },
  ...encodings.map((it) => ({ modifiers: split(it), values: unwild })),
  ...offsets.map((it) => ({ modifiers: [...split(it), 'contains'], values: unwild })),
  { modifiers: ['windash', 'base64offset', 'contains'], values: unwild },
  { modifiers: ['contains', 'wide'], values: text },
  ...['i', 'm', 's', 'i|m', 'm|s', 'ignorecase', 'multiline', 'dotall'].map((it) => ({
    modifiers: ['re', ...split(it)],
    values: fc.constantFrom(...patterns),
  })),
  ...['lt', 'lte', 'gt', 'gte'].map((it) => ({ modifiers: [it], values: number, field: true })),
  { modifiers: ['cidr'], values: fc.constantFrom(...networks), field: true },
  { modifiers: ['exists'], values: fc.boolean(), single: true, field: true },
];
const partNumbers = [0, 1, 2, 5, 8, 11, 12, 30, 53, 59, 2021, 2024, 2025];

/** The time modifiers, alone and with a comparison. */
export const timeChains = Object.keys(timeParts).flatMap((part) => [[part], [part, 'gte'], [part, 'lt']]);

const forFields = ['startswith', 'endswith'];
const uncased = ['re', 'exists', 'lt', 'lte', 'gt', 'gte', 'cidr', ...Object.keys(timeParts)];

/** Puts a modifier that speaks of the whole item anywhere among the others; `re` stays before its own. */
const insert = (modifiers: string[], name: string, at: number) =>
  modifiers.includes('re') ? [...modifiers, name] : modifiers.toSpliced(at % (modifiers.length + 1), 0, name);

const choices = fc.tuple(fc.nat(11), fc.nat(5), fc.nat(3), fc.boolean());

/** Now and then a long list: the engine looks for many texts at once. */
const lists = (values: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { arbitrary: fc.array(values, { minLength: 1, maxLength: 3 }), weight: 12 },
    { arbitrary: fc.array(values, { minLength: 7, maxLength: 12 }), weight: 1 },
  );

type Pair = readonly [key: string, value: unknown];

/** One `field|modifier: values`; the empty name makes keywords. */
const pairOf = (key: fc.Arbitrary<string>, shape: fc.Arbitrary<Shape>): fc.Arbitrary<Pair> =>
  fc.tuple(shape, choices).chain(([{ modifiers, values, single }, [neq, cased, at, all]]) =>
    fc.tuple(key, single ? fc.tuple(values) : lists(values)).map(([name, list]) => {
      let chain = modifiers;
      const text = list[0] !== null && !modifiers.some((it) => uncased.includes(it));
      if (cased === 0 && text) chain = insert(chain, 'cased', at);
      if (all && list.length > 1) chain = insert(chain, 'all', at + 1);
      if (neq === 0 && name !== '' && !modifiers.includes('exists')) chain = insert(chain, 'neq', at);
      return [[name, ...chain].join('|'), list.length === 1 && at > 0 ? list[0] : list];
    }),
  );

function searchOf(usable: Shape[]): fc.Arbitrary<unknown> {
  const forKeywords = usable.filter((it) => !it.field && !it.modifiers.some((name) => forFields.includes(name)));
  const item = pairOf(field, fc.constantFrom(...usable));
  const keyword = pairOf(fc.constant(''), fc.constantFrom(...forKeywords)).filter(([key]) => key !== '');
  const map = fc.array(item, { minLength: 1, maxLength: 3 }).map((pairs) => Object.fromEntries(pairs));
  const listed = fc.oneof({ arbitrary: map, weight: 4 }, { arbitrary: text, weight: 1 });
  return fc.oneof(
    { arbitrary: map, weight: 8 },
    { arbitrary: fc.array(listed, { minLength: 1, maxLength: 3 }), weight: 2 },
    { arbitrary: fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 3 }), weight: 1 },
    { arbitrary: keyword.map((pair) => Object.fromEntries([pair])), weight: 1 },
  );
}

const searchNames = ['sel_1', 'sel_2', 'filter', 'not_x', '_hidden'];
const selectors = ['them', 'sel_*', '*', '*_1', 'f*r', '_*', 'sel_1'];

/** Conditions over the searches of these names. */
function conditionOver(names: string[]): fc.Arbitrary<string> {
  const usable = selectors.filter((it) => searchesOf(it, names).length > 0);
  const quantified = fc
    .tuple(fc.constantFrom('1', 'any', 'all'), fc.constantFrom(...usable))
    .map(([count, of]) => `${count} of ${of}`);
  const name = fc.constantFrom(...names);
  const { expression } = fc.letrec<{ expression: string; operand: string }>((tie) => ({
    operand: fc.oneof(
      { maxDepth: 3 },
      { arbitrary: name, weight: 5 },
      { arbitrary: usable.length > 0 ? quantified : name, weight: 2 },
      { arbitrary: tie('operand').map((it) => `not ${it}`), weight: 2 },
      { arbitrary: tie('expression').map((it) => `(${it})`), weight: 1 },
    ),
    expression: fc
      .tuple(tie('operand'), fc.array(fc.tuple(fc.constantFrom('and', 'or'), tie('operand')), { maxLength: 2 }))
      .map(([first, rest]) => [first, ...rest.flat()].join(' ')),
  }));
  return expression;
}

const conditionsOf = ({ condition }: Detection) => (Array.isArray(condition) ? condition : [condition]).map(String);

/**
 * The same beside a value that hardly any event has: an engine that looks for the rarest value first then finds the rule by
 * it, and asks for all others.
 */
export const besideRare = (detection: Detection): Detection => ({
  ...detection,
  _rare: { rare: 'the rarest value' },
  condition: conditionsOf(detection).map((it) => `(${it}) and _rare`),
});

/**
 * Random detections: every modifier with what it goes with, every kind of value, lists, maps, keywords and conditions.
 *
 * @param times the chains of time modifiers to be among them
 */
export function detections(times: readonly string[][]): fc.Arbitrary<Detection> {
  const timeShapes = times.map((modifiers): Shape => {
    const { from, to } = timeParts[modifiers[0]!]!;
    return { modifiers, values: fc.constantFrom(...partNumbers.filter((it) => from <= it && it <= to)), field: true };
  });
  const search = searchOf([...shapes, ...timeShapes]);
  const someNames = fc.uniqueArray(fc.constantFrom(...searchNames), { minLength: 1, maxLength: 3 });
  return someNames.chain((names) => {
    const condition = conditionOver(names);
    const conditions = fc.oneof(
      { arbitrary: condition, weight: 9 },
      { arbitrary: fc.array(condition, { minLength: 1, maxLength: 2 }), weight: 1 },
    );
    return fc.tuple(fc.tuple(...names.map(() => search)), conditions).map(([searches, written]) => {
      return { ...Object.fromEntries(names.map((name, at) => [name, searches[at]])), condition: written };
    });
  });
}
