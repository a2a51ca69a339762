import { Fault } from './fault.js';
import { stepsPerCharacter } from './regex-cost.js';
import { toNative } from './regex-native.js';
import { parseRegex } from './regex-syntax.js';

/** Characters of the longest text that is replaced in, and the steps for each of them: a fraction of a second in all. */
const longestText = 1_000;
const maxSteps = 1_000_000;

/** What a match has found: by number (0: all of it) and by name. */
type Found = { groups: (string | undefined)[]; named: Record<string, string | undefined> };

/** Python's replacement text (`\1`, `\g<name>`) with what the groups found. */
function fillIn(template: string, { groups, named }: Found): string {
  return template.replace(/\\(?:(\d{1,2})|g<(\w+)>|(.))/g, (_, index?: string, name?: string, other?: string) => {
    if (other !== undefined) return other === '\\' ? '\\' : `\\${other}`;
    const key = index ?? name ?? '';
    return (/^\d+$/.test(key) ? groups[Number(key)] : named[key]) ?? '';
  });
}

function foundOf(parts: unknown[]): Found {
  const named = typeof parts.at(-1) === 'object' ? (parts.pop() as Found['named']) : {};
  return { groups: parts.slice(0, -2) as string[], named };
}

/**
 * Replaces every match of a regular expression, as Python's re.sub.
 * @throws Fault what is no regular expression or would be slow; from the function: a text over 1,000 characters
 */
export function compileReplacement(source: string, replacement: string): (text: string) => string {
  const node = parseRegex(source, '');
  if (stepsPerCharacter(node, longestText) > maxSteps) {
    throw new Fault(
      'the regular expression is refused: it would be slow; repeat no group without end, and less at once',
    );
  }
  const native = toNative(node, 'g', true);
  return (text) => {
    if (text.length > longestText) {
      throw new Fault(`replacing in a text of over ${longestText} characters is not supported; exclude the value`);
    }
    return text.replace(native, (...parts: unknown[]) => fillIn(replacement, foundOf(parts)));
  };
}
