import type { Token } from '#sigma/wildcard.js';

/** A placeholder inside a Sigma string, `%name%`. */
export type Placeholder = { placeholder: string };

/** A Sigma string as text, with stars and question marks escaped and backslashes as they are (pySigma's `to_plain`). */
export const writeWildcard = (tokens: readonly (Token | Placeholder)[]): string =>
  tokens
    .map((token) => {
      if ('placeholder' in token) return `%${token.placeholder}%`;
      return 'wild' in token ? token.wild : token.text.replace(/[*?]/g, '\\$&');
    })
    .join('');
