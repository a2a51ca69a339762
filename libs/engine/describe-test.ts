import type { Test } from '#sigma/expression.js';
import type { Token } from '#sigma/wildcard.js';

/** A test in Sigma's own words: the modifiers as after a field (`|contains|cased`), and the value. */
export type Described = { modifiers: string; value: string };

type Text = Extract<Test, { op: 'text' }>;

const placeNames = { whole: '', start: '|startswith', end: '|endswith', inside: '|contains' };

const isStar = (token: Token | undefined): boolean => token !== undefined && 'wild' in token && token.wild === '*';

/** The text as a rule would spell it: what is meant literally is escaped. */
const spell = (tokens: Token[]): string => tokens.map(spellToken).join('');

function spellToken(token: Token): string {
  if ('wild' in token) return token.wild;
  return 'text' in token ? token.text.replace(/[*?]|\\(?=[*?\\]|$)/g, '\\$&') : `%${token.placeholder}%`;
}

function describeText({ tokens, cased }: Text, keyword: boolean): Described {
  const opensAt = isStar(tokens[0]) && tokens.length > 1;
  const opensTo = isStar(tokens.at(-1)) && tokens.length > 1;
  const place = opensAt && opensTo ? 'inside' : opensAt ? 'end' : opensTo ? 'start' : 'whole';
  const value = spell(tokens.slice(opensAt ? 1 : 0, opensTo ? -1 : undefined));
  return { modifiers: `${keyword ? '' : placeNames[place]}${cased ? '|cased' : ''}`, value };
}

/** Says what a value of a rule asks for, as matching understands it after the rule's modifiers have done their work. */
export function describeTest(test: Test, keyword: boolean): Described {
  switch (test.op) {
    case 'text':
      return describeText(test, keyword);
    case 'regex':
      return { modifiers: `|re${[...test.regex.flags].map((flag) => `|${flag}`).join('')}`, value: test.regex.source };
    case 'compare':
      return { modifiers: `|${test.relation}`, value: String(test.value) };
    case 'cidr':
      return { modifiers: '|cidr', value: test.range };
    case 'fieldref':
      return { modifiers: `|fieldref${placeNames[test.place]}${test.cased ? '|cased' : ''}`, value: test.field };
    case 'exists':
      return { modifiers: '|exists', value: String(test.expected) };
    case 'null':
      return { modifiers: '', value: 'null' };
    case 'any': {
      const of = test.of.map((one) => describeTest(one, keyword));
      return { modifiers: of[0]?.modifiers ?? '', value: of.map(({ value }) => value).join(' or ') };
    }
    default:
      return { modifiers: '', value: JSON.stringify(test) };
  }
}
