import { visibleParts } from './visible-text.js';

/** Text that somebody else wrote: shown, never obeyed. */
export function TextFromLog({ text }: { text: string }) {
  return (
    <span className="from-log">
      {visibleParts(text).map((part, index) =>
        'text' in part ? (
          part.text
        ) : (
          <span key={index} className="glyph" title={part.meaning}>
            {part.glyph}
          </span>
        ),
      )}
    </span>
  );
}
