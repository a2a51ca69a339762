import type { Draw } from '#test/support/drawing.js';

const LONGEST = 65_536;
/** What formats have a meaning for, between bars that none has. */
const PIECES = [
  String.raw`│ │"│'│<│>│[│]│{│}│(│)│=│|│^│,│;│:│\│%│#│/│é│İ│😀│-│--│+│.│~│&amp;│&#x0;│0│-1│65536│4294967296│9007199254740993│1e999│NaN│0x│::│0.0.0.0`,
  String.raw`fe80::1%0│999.1.1.1│<0>│<191>1 │<999>│Nov 23 10:00:00 │2026-11-23T10:00:00Z│[a b="│CEF:0|│LEEF:2.0|│%ASA-6-302013: │{"a":│[[│"":│null`,
  '__proto__│constructor│type=SYSCALL msg=audit(1.1:1): │#fields\t│ from │ user=│\t│\0│\r│\u001b│\u202e│\ud800│\ufffd',
].flatMap((pieces) => pieces.split('│'));

type Mutation = (text: string, draw: Draw, corpus: readonly string[]) => string;

const pick = <T>(list: readonly T[], draw: Draw): T => list[draw(list.length)]!;

function span(text: string, draw: Draw): [number, number] {
  const from = draw(text.length + 1);
  return [from, Math.min(text.length, from + 1 + draw(pick([2, 8, 64], draw)))];
}

const TOKEN = /[\s=|,;:"[\]{}]+/;

const MUTATIONS: readonly Mutation[] = [
  function replace(text, draw) {
    const [from, to] = span(text, draw);
    return text.slice(0, from) + pick(PIECES, draw) + text.slice(to);
  },
  function insert(text, draw) {
    const [from] = span(text, draw);
    return text.slice(0, from) + pick(PIECES, draw) + text.slice(from);
  },
  function remove(text, draw) {
    const [from, to] = span(text, draw);
    return text.slice(0, from) + text.slice(to);
  },
  function cut(text, draw) {
    return text.slice(0, draw(text.length + 1));
  },
  function swap(text, draw) {
    const [from, to] = span(text, draw);
    const [second, end] = span(text.slice(to), draw);
    const rest = text.slice(to);
    return (
      text.slice(0, from) + rest.slice(second, end) + rest.slice(0, second) + text.slice(from, to) + rest.slice(end)
    );
  },
  function splice(text, draw, corpus) {
    const other = pick(corpus, draw);
    return text.slice(0, draw(text.length + 1)) + other.slice(draw(other.length + 1));
  },
  function token(text, draw, corpus) {
    const [own, other] = [text.split(TOKEN), pick(corpus, draw).split(TOKEN)];
    return text.replace(pick(own, draw), () => pick(other, draw));
  },
  function repeat(text, draw) {
    const [from, to] = span(text, draw);
    const times = pick([2, 16, 1000, 20_000], draw);
    return text.slice(0, from) + text.slice(from, to).repeat(times) + text.slice(to);
  },
];

/** A line that one to four changes were made to, at most 64 Ki characters long. */
export function mutate(line: string, draw: Draw, corpus: readonly string[]): string {
  let text = line;
  for (let changes = 1 + draw(4); changes > 0; changes--)
    text = pick(MUTATIONS, draw)(text, draw, corpus).slice(0, LONGEST);
  return text;
}
