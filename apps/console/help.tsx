import { Dialog } from './dialog.js';

const QUEUE_KEYS: readonly [keys: string, meaning: string][] = [
  ['j k', 'Next, previous alert'],
  ['Enter', 'Open it'],
  ['x', 'Select it, for several at once'],
  ['a', 'Acknowledge'],
  ['c', 'Close with a verdict'],
  ['n', 'Show the new ones'],
  ['r', 'Read the queue again'],
  ['/', 'Search'],
  ['?', 'These keys'],
];

const ALERT_KEYS: readonly [keys: string, meaning: string][] = [
  ['j k', 'Next, previous alert'],
  ['a', 'Acknowledge'],
  ['w', 'Start work'],
  ['t', 'Take it, let go of it'],
  ['s', 'Assign'],
  ['m', 'Comment'],
  ['c', 'Close with a verdict'],
  ['u', 'Back to the queue'],
];

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose} className="help">
      <KeyList title="In the queue" keys={QUEUE_KEYS} />
      <KeyList title="In an alert" keys={ALERT_KEYS} />
      <p className="hint">
        Keys rest while you type. <kbd>Esc</kbd> closes.
      </p>
    </Dialog>
  );
}

function KeyList({ title, keys }: { title: string; keys: typeof QUEUE_KEYS }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
