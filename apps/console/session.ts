import { useEffect, useState } from 'react';
import { answered, api, onSignedOut, type Me } from './api.js';
import { problemOf, type Problem } from './problem.js';

export interface Session {
  /** Who is, or was, signed in. */
  me: Me | null;
  /** `ended`: the server no longer knows us; what is on the screen stays until somebody signs in again. */
  phase: 'asking' | 'open' | 'ended' | 'none' | 'failed';
  problem: Problem | null;
  opened(me: Me): void;
  ask(): void;
  signOut(): void;
}

type State = Pick<Session, 'me' | 'phase' | 'problem'>;

export function useSession(): Session {
  const [state, setState] = useState<State>({ me: null, phase: 'asking', problem: null });
  const opened = (me: Me): void => setState({ me, phase: 'open', problem: null });
  const ask = (): void => {
    setState((now) => ({ ...now, phase: 'asking' }));
    answered(api.GET('/api/v1/session')).then(opened, (error: unknown) => setState(refused(problemOf(error))));
  };
  const signOut = (): void => {
    const leave = (): void => location.reload();
    answered(api.DELETE('/api/v1/session')).then(leave, leave);
  };
  useEffect(ask, []);
  useEffect(() => onSignedOut(() => setState((now) => (now.me ? { ...now, phase: 'ended' } : now))), []);
  return { ...state, opened, ask, signOut };
}

function refused(problem: Problem): State {
  return { me: null, phase: problem.status === 401 ? 'none' : 'failed', problem };
}

/** Another person than before: nothing of the one before may stay on the screen. */
export function openAs(session: Session, me: Me): void {
  if (session.me && session.me.id !== me.id) location.reload();
  else session.opened(me);
}
