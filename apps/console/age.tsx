import { spanText, utcText } from './moment.js';
import { useNow } from './now.js';

/** How long ago, with the exact time for whoever points at it. `ago`: in a sentence. */
export function Age({ at, ago = false }: { at: string; ago?: boolean }) {
  const age = Math.max(0, useNow() - Date.parse(at));
  return (
    <time dateTime={at} title={utcText(at)}>
      {ago && age < 1000 ? 'just ' : ''}
      {spanText(age)}
      {ago && age >= 1000 ? ' ago' : ''}
    </time>
  );
}
