import type { CharSet } from './char-set.js';
import type { Node } from './regex-syntax.js';
import { foldText } from './wildcard.js';

const minLength = 3;
const maxTexts = 64;
const maxTotal = 48;
const maxCopies = 16;

/**
 * What is known of the texts that a part matches: all of them (`exact`), or some of which each contains one (`within`).
 * All as {@link foldText} has them.
 */
type Known = { exact: string[] | null; within: string[] | null };

const unknown: Known = { exact: null, within: null };
const shortest = (texts: string[]) => Math.min(...texts.map((text) => text.length));

/** The texts without those that contain another of them. */
const fewest = (texts: string[]) => texts.filter((text) => !texts.some((it) => it !== text && text.includes(it)));

/** How rarely one of the texts stands in an event: long texts are rare, many of them less so. */
const rarity = (texts: string[]) => shortest(texts) - Math.log2(texts.length);

function better(a: string[] | null, b: string[] | null): string[] | null {
  if (!a || !b) return a ?? b;
  return rarity(a) >= rarity(b) ? a : b;
}

function telling({ exact, within }: Known): string[] | null {
  const longEnough = exact !== null && exact.length > 0 && shortest(exact) >= minLength;
  return better(longEnough ? fewest(exact) : null, within);
}

/** The set's characters as {@link foldText} has them, when they are few. */
function ofSet(set: CharSet): Known {
  const found = new Set<string>();
  for (let at = 0; at < set.length; at += 2) {
    if (set[at + 1]! - set[at]! > 8) return unknown;
    for (let point = set[at]!; point <= set[at + 1]!; point++) found.add(foldText(String.fromCodePoint(point)));
  }
  return found.size > 0 && found.size <= 4 ? { exact: [...found], within: null } : unknown;
}

function join(heads: string[], tails: string[]): string[] | null {
  if (heads.length * tails.length > maxTexts) return null;
  const joined = [...new Set(heads.flatMap((head) => tails.map((tail) => head + tail)))];
  return joined.length <= maxTexts && joined.every((text) => text.length <= maxTotal) ? joined : null;
}

function ofSequence(parts: Known[]): Known {
  let whole = true;
  let run = [''];
  let within: string[] | null = null;
  const end = () => {
    within = better(telling({ exact: run, within: null }), within);
    whole = false;
  };
  for (const part of parts) {
    const longer = part.exact && join(run, part.exact);
    if (longer) {
      run = longer;
      continue;
    }
    end();
    within = better(within, part.within);
    run = part.exact ?? [''];
  }
  if (!whole) end();
  return whole ? { exact: run, within: null } : { exact: null, within };
}

function ofChoice(parts: Known[]): Known {
  const exact = parts.every((part) => part.exact) ? [...new Set(parts.flatMap((part) => part.exact!))] : null;
  if (exact && exact.length <= maxTexts) return { exact, within: null };
  const lists = parts.map(telling);
  const within = lists.every((list) => list) ? [...new Set(lists.flatMap((list) => list!))] : null;
  return { exact: null, within: within && within.length <= maxTexts * 8 ? within : null };
}

function ofRepeat(part: Known, min: number, max: number): Known {
  const copies = Array.from({ length: Math.min(min, maxCopies) }, () => part);
  if (min === max && min <= maxCopies) return ofSequence(copies);
  if (min === 0 && max === 1 && part.exact) return ofChoice([{ exact: [''], within: null }, part]);
  return ofSequence([...copies, unknown]);
}

function know(node: Node): Known {
  if (node.kind === 'char') return ofSet(node.set);
  if (node.kind === 'edge') return { exact: [''], within: null };
  if (node.kind === 'repeat') return ofRepeat(know(node.of), node.min, node.max);
  const parts = node.of.map(know);
  return node.kind === 'sequence' ? ofSequence(parts) : ofChoice(parts);
}

/**
 * Texts of three characters or more, of which one stands in every text that matches, both as {@link foldText} has them;
 * null when none is known.
 */
export function findNeedles(node: Node): string[] | null {
  const found = telling(know(node));
  return found && fewest(found);
}
