interface SelectionBarProps {
  count: number;
  onAcknowledge: () => void;
  onClose: () => void;
  onClear: () => void;
}

/** What can be done with the alerts that are selected. */
export function SelectionBar({ count, onAcknowledge, onClose, onClear }: SelectionBarProps) {
  return (
    <div className="selection-bar" role="toolbar" aria-label="Selected alerts">
      <strong>{count} selected</strong>
      <button onClick={onAcknowledge}>
        Acknowledge <kbd>a</kbd>
      </button>
      <button onClick={onClose}>
        Close <kbd>c</kbd>
      </button>
      <button className="quiet" onClick={onClear}>
        Clear <kbd>Esc</kbd>
      </button>
    </div>
  );
}
