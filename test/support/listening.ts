import { connect } from 'node:net';
import { eventually } from './eventually.js';

/** Waits until somebody listens on a TCP port of this machine. */
export async function listening(port: number): Promise<void> {
  await eventually(
    () =>
      new Promise<boolean>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
        socket.on('error', () => resolve(false));
      }),
    Boolean,
  );
}
