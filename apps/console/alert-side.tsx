import type { AlertDetail } from './api.js';
import { spanText, utcText } from './moment.js';
import { useNow } from './now.js';
import { TextFromLog } from './text-from-log.js';

export function AlertAssets({ assets }: Pick<AlertDetail, 'assets'>) {
  return (
    <section aria-labelledby="assets-title">
      <h2 id="assets-title">Assets</h2>
      {assets.length === 0 && <p className="hint">None that we know: the addresses are in no inventory.</p>}
      <ul className="assets">
        {assets.map(({ id, name }) => (
          <li key={id}>
            <TextFromLog text={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const STEP_WORDS = { pending: 'in', done: 'told', cancelled: 'not needed' } as const;

/** Who is told when nobody takes note. */
export function AlertEscalation({ steps }: { steps: AlertDetail['escalation'] }) {
  const now = useNow();
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="escalation-title">
      <h2 id="escalation-title">Escalation</h2>
      <ol className="steps">
        {steps.map(({ step, label, state, dueAt }) => (
          <li key={step} className={`step-${state}`} title={utcText(dueAt)}>
            <TextFromLog text={label} />
            <span>
              {STEP_WORDS[state]} {state === 'pending' && spanText(Math.max(0, Date.parse(dueAt) - now))}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
