import { setTimeout as pause } from 'node:timers/promises';

/** Asks until the answer satisfies; for what happens a moment later in another part of the server. */
export async function eventually<T>(ask: () => Promise<T>, good: (answer: T) => boolean, within = 15_000): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`Not within ${within} ms; the last answer was ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await pause(50);
  }
}
