import type { Selection } from './use-selection.js';

/** What can be done with the alerts that are selected. */
export function SelectionBar({ selection }: { selection: Selection }) {
  return (
    <div className="selection-bar" role="toolbar" aria-label="Selected alerts">
      <strong>{selection.count} selected</strong>
      <button onClick={selection.acknowledge}>
        Acknowledge <kbd>a</kbd>
      </button>
      <button onClick={selection.askToClose}>
        Close <kbd>c</kbd>
      </button>
      <button className="quiet" onClick={selection.clear}>
        Clear <kbd>Esc</kbd>
      </button>
    </div>
  );
}
