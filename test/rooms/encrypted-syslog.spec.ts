import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSite, type TestSite, type TestSource } from '#test/factories/site.js';
import { freePort, startApp, type RunningApp } from '#test/support/app.js';
import { aCertificate, type TestCertificate } from '#test/support/certificates.js';
import { eventually } from '#test/support/eventually.js';
import { listening } from '#test/support/listening.js';

const NAME = 'plc7.example.org';

let running: RunningApp;
let site: TestSite;
let folder: string;
let authority: TestCertificate;
let byName: TestSource;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'plantwatch-'));
  const server = await aCertificate(folder, 'collector.example.org');
  authority = await aCertificate(folder, 'authority.example.org');
  const files = { SYSLOG_TLS_CERT: server.cert, SYSLOG_TLS_KEY: server.key, SYSLOG_TLS_CLIENT_CA: authority.cert };
  running = await startApp(files);
  site = await aSite(running);
  byName = await site.source('syslog-tls', { clientCertificate: NAME });
  await listening(byName.port);
});
afterAll(async () => {
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

/** @returns whether the server closed in peace, which it does when the lines are on its disk */
async function send(port: number, line: string, certificate?: TestCertificate): Promise<boolean> {
  const own = certificate && { cert: await readFile(certificate.cert), key: await readFile(certificate.key) };
  return new Promise((resolve) => {
    const options = { port, host: '127.0.0.1', rejectUnauthorized: false, ...own };
    const socket = connectTls(options, () => socket.end(`${Buffer.byteLength(line)} ${line}`));
    let ended = false;
    socket.on('end', () => (ended = true)).on('error', () => undefined);
    socket.on('close', () => resolve(ended)).resume();
  });
}

interface Found {
  plantwatch: { source_id: string };
}

const search = async (owner: TestSite, word: string): Promise<Found[]> =>
  (await owner.owner.get<{ items: Found[] }>(`/events?q=${word}`)).items;

const one = (owner: TestSite, word: string): Promise<Found[]> =>
  eventually(
    () => search(owner, word),
    (events) => events.length === 1,
  );

async function refusals(port: number): Promise<string[]> {
  const { items } = await site.admin.get<{ items: { port: number; reason: string }[] }>('/intake/refused');
  return items.filter((row) => row.port === port).map(({ reason }) => reason);
}

describe('a client over TLS', () => {
  it('is known by the name in a certificate that a trusted authority signed', async () => {
    await send(byName.port, '<34>1 - plc7 - - - - signedword', await aCertificate(folder, NAME, authority));
    expect((await one(site, 'signedword'))[0]?.plantwatch.source_id).toBe(byName.id);
  });

  it('is not known by a name that it gave itself', async () => {
    const other = await mkdtemp(path.join(folder, 'self-'));
    await send(byName.port, '<34>1 - plc7 - - - - forgedword', await aCertificate(other, NAME));
    await eventually(
      () => refusals(byName.port),
      (reasons) => reasons.includes('unknown sender'),
    );
    expect(await search(site, 'forgedword')).toEqual([]);
  });

  it('without a certificate is known by its address, where the source says so', async () => {
    const byAddress = await site.source('syslog-tls');
    await listening(byAddress.port);
    await send(byAddress.port, '<34>1 - plc8 - - - - addressword');
    expect((await one(site, 'addressword'))[0]?.plantwatch.source_id).toBe(byAddress.id);
  });

  it('on the same port as another customer’s is told from it by its certificate', async () => {
    const neighbour = await aSite(running);
    const certificate = await aCertificate(folder, 'plc9.example.org');
    const theirs = await neighbour.source('syslog-tls', {
      clientCertificate: certificate.fingerprint,
      listenPort: byName.port,
    });
    await eventually(
      async () => {
        await send(byName.port, '<34>1 - plc9 - - - - neighbourword', certificate);
        return search(neighbour, 'neighbourword');
      },
      (events) => events.length > 0,
    );
    expect((await search(neighbour, 'neighbourword'))[0]?.plantwatch.source_id).toBe(theirs.id);
    expect(await search(site, 'neighbourword')).toEqual([]);
  });

  it('that speaks no TLS is counted', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(byName.port, '127.0.0.1', () => socket.end('<34>plain text\n'));
      socket.on('close', () => resolve()).on('error', () => undefined);
      socket.resume();
    });
    await eventually(
      () => refusals(byName.port),
      (reasons) => reasons.some((reason) => reason.startsWith('TLS: ')),
    );
  });

  it('has a certificate of its own: a second source cannot claim it', async () => {
    const neighbour = await aSite(running);
    const claim = { clientCertificate: NAME, listenPort: await freePort() };
    await expect(neighbour.source('syslog-tls', claim)).rejects.toThrow(/409.*certificate/);
    await expect(site.source('syslog-tls', { ...claim, clientCertificate: 'no name' })).rejects.toThrow(
      /400.*clientCertificate/,
    );
  });
});

describe('RELP', () => {
  const talk = (port: number, text: string): Promise<string> =>
    new Promise((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('close', () => resolve(answer)).on('error', () => undefined);
    });

  it('answers each frame once its line is on disk, and says good-bye', async () => {
    const relp = await site.source('relp');
    await listening(relp.port);
    const answer = await talk(relp.port, '1 open 14 relp_version=0\n2 syslog 12 <34>relpword\n3 close 0\n');
    expect(answer).toMatch(/^1 rsp \d+ 200 OK\nrelp_version=0\n[\s\S]*\n2 rsp 6 200 OK\n3 rsp 0\n0 serverclose 0\n$/);
    expect((await one(site, 'relpword'))[0]?.plantwatch.source_id).toBe(relp.id);
    // What is no RELP is not answered: its sender keeps it.
    expect(await talk(relp.port, '<34>1 - - - - - - notrelp\n')).toBe('');
  });
});
