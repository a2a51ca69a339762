import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { required } from '#test/support/environment.js';

const run = promisify(execFile);

/** The services of this run that we may kill: those that are processes of this machine. */
export class Services {
  constructor(readonly keys: readonly string[]) {}

  static async find(): Promise<Services> {
    const services = new Services((await fault('list')).trim().split(',').filter(Boolean));
    // A test before may have failed while one was away.
    for (const key of services.keys) await services.start(key);
    return services;
  }

  async kill(key: string): Promise<void> {
    await fault('kill', key);
  }

  async freeze(key: string): Promise<void> {
    await fault('freeze', key);
  }

  async thaw(key: string): Promise<void> {
    await fault('thaw', key);
  }

  async start(key: string): Promise<void> {
    await fault('start', key);
  }
}

async function fault(...action: string[]): Promise<string> {
  const script = ['docker/local/faults.mjs', required('PLANTWATCH_PROFILE'), ...action];
  return (await run(process.execPath, script)).stdout;
}
