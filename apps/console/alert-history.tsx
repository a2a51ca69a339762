import type { AlertDetail, HistoryEntry, Verdict } from './api.js';
import { Age } from './age.js';
import { TextFromLog } from './text-from-log.js';
import { VERDICT_WORDS, deed } from './wording.js';

/** Newest first: what has been done about it. Amendments in a row are one line. */
export function AlertHistory({ history }: { history: AlertDetail['history'] }) {
  return (
    <ol className="history">
      {condensed(history).map((entry) => (
        <li key={entry.id} className={`deed-${entry.kind}`}>
          <span className="deed">
            <b>
              <TextFromLog text={entry.actor.name} />
            </b>{' '}
            <TextFromLog text={deed(entry)} />
          </span>
          <Age at={entry.at} />
          {entry.text && (
            <p>
              <TextFromLog text={verdictFirst(entry.text)} prose />
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function condensed(history: AlertDetail['history']): HistoryEntry[] {
  const lines: HistoryEntry[] = [];
  for (const entry of history) {
    const last = lines.at(-1);
    if (entry.kind === 'amended' && last?.kind === 'amended') lines[lines.length - 1] = { ...entry, from: last.from };
    else lines.push(entry);
  }
  return lines.toReversed();
}

/** A closing's text starts with the verdict as the interface calls it. */
function verdictFirst(text: string): string {
  const [, word = '', rest = ''] = /^(\w+)(: .*)?$/s.exec(text) ?? [];
  return word in VERDICT_WORDS ? `${VERDICT_WORDS[word as Verdict]}${rest}` : text;
}
