import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DemoFile } from './demo-file.js';
import { freshAuthLines, freshCiscoLines, freshRows } from './fresh-times.js';
import { sendBulk, sendNdjson, sendTcp, sendUdp } from './senders.js';

type Source = DemoFile['sources'][number];

async function lines(folder: string, name: string): Promise<string[]> {
  return (await readFile(path.join(folder, name), 'utf8')).split('\n').filter((line) => line !== '');
}

/** Replays the recorded logs with fresh times, over the sources that a plant would use. */
export async function feed(demo: DemoFile, folder: string): Promise<void> {
  const now = new Date();
  const [waterworks, power] = demo.tenants.map(({ id }) => (kind: Source['kind']): Source => {
    const source = demo.sources.find((candidate) => candidate.tenant === id && candidate.kind === kind);
    if (!source) throw new Error(`The demonstration has no ${kind} source for ${id}.`);
    return source;
  });
  if (!waterworks || !power) throw new Error('The demonstration has fewer than two customers.');
  const http = (source: Source): string => `http://${source.host}:${source.port}`;

  const tcp = waterworks('syslog-tcp');
  await sendTcp(tcp.port, tcp.host, freshAuthLines(await lines(folder, 'ssh-brute-force.log'), now, 1000));
  const udp = waterworks('syslog-udp');
  await sendUdp(udp.port, udp.host, freshCiscoLines(await lines(folder, 'cisco-ios.log'), now, 5000));
  for (const name of ['dnp3.ndjson', 'modbus_detailed.ndjson']) {
    await sendNdjson(
      http(waterworks('ndjson')),
      waterworks('ndjson').token ?? '',
      freshRows(await lines(folder, name), now, 500),
    );
  }
  for (const name of ['s7comm.ndjson', 's7comm_upload_download.ndjson']) {
    await sendNdjson(
      http(power('ndjson')),
      power('ndjson').token ?? '',
      freshRows(await lines(folder, name), now, 500),
    );
  }
  await sendBulk(
    http(power('bulk')),
    power('bulk').token ?? '',
    freshRows(await lines(folder, 'windows-security.ndjson'), now, 1000),
  );
}
