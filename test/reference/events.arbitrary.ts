import fc from 'fast-check';
import { patternsOf } from './item.js';
import { anyOne, anyRun, type Piece } from './pattern.js';
import { fieldNames, type Detection } from './rules.arbitrary.js';

/** Random decisions, drawn beforehand so that failures shrink: 0 is always the plainest. */
type Draw = (below: number) => number;

const fillers = ['', 'x', 'a', 'B', 'é', '\n', '\\', 'xyz', '-f', 'ß', 'K', '5', '*', '1a', '😀', '\ud83d'];
const samples = ['abbc', 'a.c', 'aXc', 'ABC', 'cmd', '12', '', 'x\ny', 'a\nb\nc', 'C:\\x.exe', 'b', '\\'];
const addresses = [
  '10.1.2.3',
  '192.168.1.77',
  '11.0.0.1',
  'fe80::1',
  '2001:DB8:0:1::2',
  '::1',
  '::ffff:10.1.2.3',
  '::ffff:a01:203',
  '1.2.3',
  '::2',
];
const times = [
  '2025-08-02T05:00:00Z',
  '2024-12-30 11:03:04',
  '2021-01-02T00:12:00',
  '2025-01-01T00:30:00.5+01:30',
  '2021-12-31T23:59:59-02:00',
  '2024-02-29',
  1754110800,
  '1611100800123',
  'noon',
];
const numbers = [5, 6, '5', '5.0', '-3', ' ', '', 'x', '0x5', '1e1', 4625, 0.5, true];

const pick = <T>(draw: Draw, from: readonly T[]): T => from[draw(from.length)]!;

function fill(pattern: readonly Piece[], draw: Draw): string {
  return pattern
    .map((piece) =>
      piece === anyRun ? pick(draw, fillers) : piece === anyOne ? pick(draw, ['x', 'É', '\n', '😀']) : piece,
    )
    .join('');
}

const flip = (text: string, draw: Draw) =>
  [...text].map((it) => [it, it.toUpperCase(), it.toLowerCase()][draw(3)]!).join('');

/** A small change that often, not always, ends a match. */
function edit(text: string, draw: Draw): string {
  const characters = [...text];
  const at = draw(characters.length + 1);
  return characters.toSpliced(at, draw(2), ...[...pick(draw, fillers)].slice(0, 1)).join('');
}

function mutate(text: string, draw: Draw): string {
  const turn = draw(8);
  if (turn === 5) return edit(text, draw);
  return turn > 5 ? text : turn > 2 ? flip(text, draw) : text;
}

/** A field's content that has a good chance to satisfy a value. */
function contentFor(raw: unknown, modifiers: readonly string[], draw: Draw): unknown {
  const has = (...names: string[]) => names.some((name) => modifiers.includes(name));
  if (raw === null) return pick(draw, [null, null, '', [], {}, 'x']);
  if (has('exists')) return pick(draw, [null, '', 'x', [], 0]);
  if (has('cidr')) return pick(draw, addresses);
  if (has('minute', 'hour', 'day', 'week', 'month', 'year')) return pick(draw, times);
  if (has('lt', 'lte', 'gt', 'gte')) return draw(3) === 0 ? raw : pick(draw, numbers);
  if (has('re')) return pick(draw, samples);
  if (has('fieldref')) return pick(draw, samples);
  if (typeof raw !== 'string' && modifiers.length === 0)
    return draw(3) === 0 ? JSON.stringify(raw) : draw(6) === 5 ? pick(draw, numbers) : raw;
  return mutate(fill(pick(draw, patternsOf(raw, modifiers)), draw), draw);
}

/** The event's field, plain or in one of the shapes that logs have. */
function wrap(content: unknown, draw: Draw): unknown {
  const shape = draw(20);
  if (shape === 9) return [content];
  if (shape === 10) return ['zz', content];
  if (shape === 11) return [content, null];
  if (shape === 12) return [];
  return shape === 13 && draw(2) === 1 ? [[content], ['y']] : content;
}

function set(event: Record<string, unknown>, name: string, value: unknown, draw: Draw): void {
  const [step = '', ...rest] = name.split('.');
  const style = draw(6);
  const own = (key: string, one: unknown) =>
    Object.defineProperty(event, key, { value: one, enumerable: true, configurable: true, writable: true });
  const known: unknown = Object.hasOwn(event, step) ? event[step] : undefined;
  if (rest.length === 0) own(step, value);
  else if (style === 5) own(name, value);
  else {
    const isMap = typeof known === 'object' && known !== null && !Array.isArray(known);
    const inner = isMap ? (known as Record<string, unknown>) : {};
    set(inner, rest.join('.'), value, draw);
    const elements = Array.isArray(known) ? known : [];
    own(step, style === 4 || elements.length > 0 ? [...elements, inner] : inner);
  }
}

type Entry = [key: string, value: unknown];

function entriesOf(search: unknown): Entry[] {
  if (Array.isArray(search)) return search.flatMap(entriesOf);
  return typeof search === 'object' && search !== null ? Object.entries(search) : [['', search]];
}

function build(detection: Detection, draw: Draw): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  const { condition: _, ...searches } = detection;
  for (const [key, value] of Object.values(searches).flatMap(entriesOf)) {
    const [name = '', ...modifiers] = key.split('|');
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (draw(5) === 4) continue;
    const whole = modifiers.includes('all') && draw(3) < 2;
    const contents = (whole ? values : [pick(draw, values)]).map((raw) => contentFor(raw, modifiers, draw));
    const texts = contents.every((it) => typeof it === 'string');
    const content = contents.length === 1 ? contents[0] : texts && draw(2) === 0 ? contents.join('') : contents;
    set(
      event,
      name || pick(draw, fieldNames),
      name || draw(3) === 0 ? wrap(content, draw) : `x ${String(content)}`,
      draw,
    );
    if (modifiers.includes('fieldref')) set(event, String(pick(draw, values)), mutate(String(content), draw), draw);
  }
  return event;
}

/** Events that a rule is likely to match, or to miss by little. As JSON gives them. */
export function eventsFor(detection: Detection, count: number): fc.Arbitrary<object[]> {
  const tape = fc.array(fc.nat(0xffff), { minLength: 24, maxLength: 24 });
  return fc.array(tape, { minLength: count, maxLength: count }).map((tapes) =>
    tapes.map((decisions) => {
      let at = 0;
      const draw: Draw = (below) => decisions[at++ % decisions.length]! % below;
      return JSON.parse(JSON.stringify(build(detection, draw))) as object;
    }),
  );
}
