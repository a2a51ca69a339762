import { visibleParts } from './visible-text.js';

/** Text that somebody else wrote: shown, never obeyed. `prose` may have several lines. */
export function TextFromLog({ text, prose = false }: { text: string; prose?: boolean }) {
  return (
    <span className="from-log">
      {visibleParts(prose ? text.trim() : text, prose).map((part, index) =>
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
