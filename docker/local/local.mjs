import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tail } from './child.mjs';
import { fail } from './fail.mjs';
import { serviceUser } from './home.mjs';
import { profileState } from './paths.mjs';
import { forget, remember, remembered, stopProcess } from './processes.mjs';

/** Starts a service as a process of its own and answers once it does; `stop` ends that process and nothing else. */
export async function startLocal(service, place) {
  const plan = await service.plan(place);
  const logFile = logOf(place.profile, service.key);
  const log = openSync(logFile, 'w');
  const child = spawn(plan.command, plan.args, {
    cwd: place.folder,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...plan.env },
    detached: true, // Ctrl-C goes to the terminal's group; services have to outlive the server
    stdio: ['ignore', log, log],
    ...serviceUser,
  });
  closeSync(log);
  const running = watch(child);
  const stop = async () => {
    running.stopping = true;
    // Tests of faults may have put another process in its place.
    const now = remembered(place.profile).get(service.key) ?? { ...plan, pid: child.pid };
    if (now.pid) await stopProcess(now);
    forget(place.profile, service.key);
  };
  try {
    remember(place.profile, service.key, { pid: child.pid, marker: plan.marker, signal: plan.signal });
    await answers(service, place.url, { running, logFile, signal: place.signal });
  } catch (error) {
    await stop();
    throw error;
  }
  running.report = () => console.error(`${service.title} stopped by itself: ${logFile} says why.`);
  return stop;
}

function logOf(profile, key) {
  const folder = join(profileState(profile), 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${key}.log`);
}

function watch(child) {
  const running = { ended: undefined, stopping: false, report: () => {} };
  const end = (reason) => {
    running.ended ??= reason;
    if (!running.stopping) running.report();
  };
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => end(`it ended with ${signal ?? code}`));
  return running;
}

/** Waits until a service answers; gives up when its process ends or its patience does. */
export async function answers(service, url, { running, logFile, signal, patience = service.patience }) {
  let last;
  for (const end = Date.now() + patience; Date.now() < end; await sleep(100, undefined, { signal })) {
    if (running?.ended)
      fail(
        `${tail(readFileSync(logFile, 'utf8'))}\n${service.title} did not start (${running.ended}): see ${logFile}.`,
      );
    try {
      return await service.check(url);
    } catch (error) {
      last = error;
    }
  }
  return fail(
    `${service.title} did not answer within ${patience / 1000} s (${last?.message || last?.code}): see ${logFile ?? service.variable}.`,
  );
}
