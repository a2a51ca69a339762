import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { required } from '#test/support/environment.js';

const run = promisify(execFile);

/** The services of this run that we may kill: those that are processes of this machine. */
export class Services {
  private readonly started = new Set<string>();

  constructor(readonly keys: readonly string[]) {}

  static async find(): Promise<Services> {
    const list = await fault('list');
    return new Services(list.trim().split(',').filter(Boolean));
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
    this.started.add(key);
  }

  /** Those that we started; the others belong to who started them. */
  async stop(): Promise<void> {
    for (const key of this.started) await fault('stop', key);
  }
}

async function fault(...action: string[]): Promise<string> {
  const script = ['docker/local/faults.mjs', required('PLANTWATCH_PROFILE'), ...action];
  return (await run(process.execPath, script)).stdout;
}
