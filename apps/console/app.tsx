import { Console } from './console.js';
import { Notice } from './notice.js';
import { openAs, useSession } from './session.js';
import { SignIn } from './sign-in.js';

export function App() {
  const session = useSession();
  const { me, phase, problem } = session;
  const open = (person: Parameters<typeof openAs>[1]): void => openAs(session, person);
  if (me) {
    return (
      <>
        <div className="behind" inert={phase === 'ended'}>
          <Console me={me} onSignOut={session.signOut} />
        </div>
        {phase === 'ended' && (
          <div className="session-ended" role="dialog" aria-modal="true" aria-label="Sign in again">
            <SignIn email={me.email} onOpen={open} />
          </div>
        )}
      </>
    );
  }
  if (phase === 'none') return <SignIn onOpen={open} />;
  if (phase === 'failed' && problem) {
    return (
      <main className="sign-in">
        <Notice problem={problem}>
          <button onClick={session.ask}>Try again</button>
        </Notice>
      </main>
    );
  }
  return null;
}
