import type { CharSet } from './char-set.js';
import { Fault } from './fault.js';
import { lengthOf } from './regex-shape.js';
import type { Edge, Node } from './regex-syntax.js';
import { placesOfWord, Word } from './regex-word.js';

type Repeat = Extract<Node, { kind: 'repeat' }>;

/** A part of an expression: given the places of a word where it may begin, those where it ends, carried ones too. */
type Pass = (marks: number) => number;

/** The most that a word may cost, where a character costs 1: 64 KB, 2,048 words, then take below 5 ms. */
const maxCost = 900;
const passCost = 12;
/** How much less a pass costs when it is taken again at once. */
const again = 1 / 3;
/** From so many characters of one set on that may be missing they are counted instead of laid out. */
const manyCopies = 24;

/** Ends a word in a list of kinds. */
const nextWord = -1;

/** The sets of a part that is characters only. */
function charsOf(node: Node): CharSet[] | null {
  if (node.kind === 'char') return [node.set];
  if (node.kind !== 'sequence') return null;
  const sets = node.of.flatMap((one) => (one.kind === 'char' ? [one.set] : []));
  return sets.length === node.of.length ? sets : null;
}

/** An expression as passes over a word. */
class Marks {
  readonly word = new Word();
  carries = 0;
  /** By group that repeats without end: where it has ended so far within the word. */
  readonly held: number[] = [];
  private grew = false;
  private cost = 0;
  /** The shortest text of a group inside the outermost one that repeats without end; 0 outside of it. */
  private shortest = 0;

  /** @throws Fault the whole costs too much */
  private spend(cost: number): void {
    this.cost += cost;
    if (this.cost <= maxCost) return;
    throw new Fault(
      'the regular expression is too large with its repeats written out, and so too slow on long texts; ' +
        'lower the numbers in {...}, repeat no group that has repeats in it, or split it into several values',
    );
  }

  /** @throws Fault what would be slow on long texts */
  pass(node: Node): Pass {
    const passes = this.passes(node);
    if (passes.length !== 1) this.spend(passCost / 2);
    return inOrder(passes);
  }

  private passes(node: Node): Pass[] {
    if (node.kind === 'char') return [this.chars([[node.set]])];
    if (node.kind === 'edge') return [this.edge(node.edge)];
    if (node.kind === 'sequence') return this.sequence(node.of);
    if (node.kind === 'choice') return [this.choice(node.of)];
    return node.of.kind === 'char' ? this.repeatChars(node, node.of.set) : this.repeat(node);
  }

  private edge(edge: Edge): Pass {
    this.spend(passCost);
    const { word } = this;
    const kind = word.kindOf(edge);
    return (marks) => marks & word.kinds[kind]!;
  }

  private choice(of: readonly Node[]): Pass {
    const words = of.map(charsOf).filter((sets) => sets !== null);
    const others = of.filter((one) => charsOf(one) === null);
    if (others.length === 0) return this.chars(words);
    this.spend(passCost);
    const ways = others.map((one) => this.pass(one));
    if (words.length > 0) ways.push(this.chars(words));
    return (marks) => {
      let found = 0;
      for (const way of ways) found |= way(marks);
      return found;
    };
  }

  private sequence(parts: readonly Node[]): Pass[] {
    const passes: Pass[] = [];
    for (let at = 0; at < parts.length;) {
      const chars: CharSet[] = [];
      for (let part = parts[at]; part?.kind === 'char'; part = parts[++at]) chars.push(part.set);
      passes.push(...(chars.length > 0 ? [this.chars([chars])] : this.passes(parts[at++]!)));
    }
    return passes;
  }

  /** Over one of several words, each of characters of sets; only their first few characters, too, where that is allowed. */
  private chars(words: readonly CharSet[][], allowFewer = false): Pass {
    const { word } = this;
    const list = Int32Array.from(words.flatMap((sets) => [...sets.map((set) => word.kindOf(set)), nextWord]));
    this.spend(passCost + list.length);
    const first = this.carry(list.length);
    const kept = allowFewer ? -1 : 0;
    return (marks) => {
      const { kinds, from, to } = word;
      let ends = 0;
      let found = marks;
      for (let at = 0; at < list.length; at++) {
        const kind = list[at]!;
        if (kind === nextWord) {
          ends |= found;
          found = marks;
          continue;
        }
        const taken = found & kinds[kind]!;
        ends |= found & kept;
        found = (taken << 1) | from[first + at]!;
        to[first + at] = taken >>> 31;
      }
      return ends;
    };
  }

  private carry(count: number): number {
    this.carries += count;
    return this.carries - count;
  }

  private repeatChars({ min, max }: Repeat, set: CharSet): Pass[] {
    const copies = (count: number) => Array.from({ length: Math.min(count, maxCost) }, () => set);
    const optional = max - min;
    const passes: Pass[] = [];
    if (min > 0) passes.push(this.chars([copies(min)]));
    if (max === Infinity) passes.push(this.run(set));
    else if (optional >= manyCopies) passes.push(this.upTo(set, optional));
    else if (optional > 0) passes.push(this.chars([copies(optional)], true));
    return passes;
  }

  private repeat({ of, min, max }: Repeat): Pass[] {
    if (max === Infinity) {
      const once = this.group(of);
      return min === 0 ? [(marks) => marks | once(marks)] : [...this.copies(of, min - 1), once];
    }
    const passes = this.copies(of, min);
    if (max === min) return passes;
    this.spend(passCost / 2);
    return [...passes, firstOf(this.copies(of, max - min))];
  }

  private copies(of: Node, count: number): Pass[] {
    const passes: Pass[] = [];
    for (let copy = 0; copy < count; copy++) {
      this.spend(1);
      passes.push(this.pass(of));
    }
    return passes;
  }

  /** Any number of characters of a set: a mark at a stretch of them is added to it, and the sum's carry runs through it. */
  private run(set: CharSet): Pass {
    this.spend(passCost);
    const { word } = this;
    const kind = word.kindOf(set);
    const carry = this.carry(1);
    return (marks) => {
      const inSet = word.kinds[kind]! >>> 0;
      const sum = ((marks & inSet) >>> 0) + inSet + word.from[carry]!;
      word.to[carry] = sum > 0xffffffff ? 1 : 0;
      return (sum ^ inSet) | marks;
    };
  }

  /** At most so many characters of a set: the youngest mark reaches the furthest. */
  private upTo(set: CharSet, count: number): Pass {
    this.spend(2 * placesOfWord);
    const { word } = this;
    const kind = word.kindOf(set);
    const carry = this.carry(1);
    return (marks) => {
      const inSet = word.kinds[kind]!;
      let left = word.from[carry]!;
      let found = 0;
      for (let place = 0; place < placesOfWord && (left > 0 || marks >>> place !== 0); place++) {
        if ((marks >>> place) & 1) left = count + 1;
        if (left === 0) continue;
        found |= 1 << place;
        left = (inSet >>> place) & 1 ? left - 1 : 0;
      }
      word.to[carry] = left;
      return found;
    };
  }

  /**
   * A group once or more: its ends are begins again, until a word has no new ones. Each round takes all ways further by a
   * group at least, so that a word has no more rounds than shortest groups; groups inside share the outermost's rounds.
   */
  private group(of: Node): Pass {
    const { held } = this;
    const number = held.push(0) - 1;
    const outer = this.shortest;
    const before = this.cost;
    const own = shortestRound(of);
    this.shortest = outer === 0 ? own : Math.min(outer, own);
    this.spend(passCost);
    const body = this.pass(of);
    const round = (marks: number) => {
      const ends = held[number]! | body(held[number]! | marks);
      if (ends !== held[number]) this.grew = true;
      held[number] = ends;
      return ends;
    };
    if (outer > 0) return round;
    this.spend((this.cost - before) * Math.ceil(placesOfWord / this.shortest) * again);
    this.shortest = 0;
    return (marks) => {
      let ends: number;
      do {
        this.grew = false;
        ends = round(marks);
      } while (this.grew);
      return ends;
    };
  }
}

/**
 * How many characters a group takes at least where it is not the last one: in the fewest groups that reach a place, one that
 * begins with a run does not end with it, since the next one could have gone on with the run.
 */
function shortestRound(of: Node): number {
  const [first] = of.kind === 'sequence' ? of.of : [];
  const isRun = first?.kind === 'repeat' && first.of.kind === 'char' && first.min <= 1 && first.max === Infinity;
  return Math.max(isRun && first.min === 1 ? 2 : 1, lengthOf(of).min);
}

function inOrder(passes: readonly Pass[]): Pass {
  if (passes.length === 1) return passes[0]!;
  return (marks) => {
    let found = marks;
    for (const pass of passes) found = pass(found);
    return found;
  };
}

/** The first few of some passes, none among them. */
const firstOf =
  (passes: readonly Pass[]): Pass =>
  (marks) => {
    let found = marks;
    let last = marks;
    for (const pass of passes) {
      last = pass(last);
      found |= last;
    }
    return found;
  };

/**
 * A regular expression as a predicate that reads a text once, 32 places at a time, and follows all ways through the
 * expression together: as sets of places, which each part takes on. So no text takes much longer than another of its length.
 * (After R. Cameron et al., Bitwise Data Parallelism in Regular Expression Matching, PACT 2014.)
 * @throws Fault what would be slow on long texts
 */
export function compileMarks(node: Node): (text: string) => boolean {
  const marks = new Marks();
  const pass = marks.pass(node);
  const { word, held } = marks;
  word.prepare(marks.carries);
  return (text) => {
    word.begin();
    while (word.next(text)) {
      held.fill(0);
      if ((pass(word.places) & word.places) !== 0) return true;
    }
    return false;
  };
}
