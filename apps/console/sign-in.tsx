import { useState, type FormEvent } from 'react';
import { answered, api, type Me } from './api.js';
import { Mark } from './mark.js';
import { Notice } from './notice.js';
import { problemOf, type Problem } from './problem.js';

/** @param email of the person whose session ended; what they were doing waits behind */
export function SignIn({ email = '', onOpen }: { email?: string; onOpen: (me: Me) => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const body = { email: String(fields.get('email')), password: String(fields.get('password')) };
    setBusy(true);
    answered(api.POST('/api/v1/session', { body }))
      .then(onOpen, (error: unknown) => setProblem(problemOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-labelledby="sign-in-title">
        <h1 id="sign-in-title">
          <Mark /> Plantwatch
        </h1>
        <p>{email ? 'Your session has ended. Sign in to go on where you were.' : 'Sign in to the alert queue.'}</p>
        <label>
          E-mail
          <input name="email" type="email" autoComplete="username" required defaultValue={email} autoFocus={!email} />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required autoFocus={Boolean(email)} />
        </label>
        {problem && <Notice problem={problem} />}
        <button className="primary" disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>
  );
}
