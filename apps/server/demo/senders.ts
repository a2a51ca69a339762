import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

export async function sendUdp(port: number, host: string, lines: readonly string[]): Promise<void> {
  const socket = createSocket('udp4');
  for (const line of lines)
    await new Promise<void>((resolve, reject) =>
      socket.send(line, port, host, (error) => (error ? reject(error) : resolve())),
    );
  socket.close();
}

export async function sendTcp(port: number, host: string, lines: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, host, () => socket.end(lines.map((line) => `${line}\n`).join('')));
    socket
      .on('close', () => resolve())
      .on('error', reject)
      .resume();
  });
}

export async function sendNdjson(url: string, token: string, rows: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' };
  const answer = await fetch(`${url}/ndjson`, { method: 'POST', headers, body: rows.join('\n') });
  if (!answer.ok) throw new Error(`NDJSON: ${answer.status} ${await answer.text()}`);
}

export async function sendBulk(url: string, token: string, rows: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' };
  const body = rows.map((row) => `{"create":{}}\n${row}\n`).join('');
  const answer = await fetch(`${url}/_bulk`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`_bulk: ${answer.status} ${await answer.text()}`);
}
