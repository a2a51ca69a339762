/** What the reader can mend: one sentence that says what is wrong and what to do. */
class Fault extends Error {}

class Interrupted extends Error {}

export function fail(sentence) {
  throw new Fault(sentence);
}

/**
 * Runs an entry command. `main` gets a signal that aborts on Ctrl-C, SIGTERM, SIGHUP or a lost parent, cleans up in its
 * own `finally` blocks, and answers the exit code.
 */
export async function entry(main) {
  const interrupt = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
    process.on(name, () => interrupt.abort(new Interrupted(name)));
  }
  watchParent(interrupt);
  try {
    process.exit((await main(interrupt.signal)) ?? 0);
  } catch (error) {
    if (error instanceof Interrupted || error.name === 'AbortError') process.exit(130);
    console.error(error instanceof Fault ? `\n${error.message}` : error);
    process.exit(1);
  }
}

/** npm hands SIGTERM to its shell, and a shell that dies of it tells us nothing: we notice that it is gone. */
function watchParent(interrupt) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return;
  setInterval(() => process.ppid === parent || interrupt.abort(new Interrupted('lost parent')), 500).unref();
}
