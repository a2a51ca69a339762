import { spanText, utcText } from './moment.js';
import { useNow } from './now.js';

/** How long ago, with the exact time for whoever points at it. */
export function Age({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={utcText(at)}>
      {spanText(Math.max(0, now - Date.parse(at)))}
    </time>
  );
}
