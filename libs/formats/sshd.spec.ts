import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { EcsEvent } from '#ecs/event.js';
import { normalise } from './normalise.js';

const linesOf = (name: string) => readFileSync(`test/fixtures/ecs/auth/${name}`, 'utf8').trim().split('\n');
const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-02-28T00:00:00Z'), timeZone: 'UTC' });
const sshd = (message: string) => at(`<86>1 2026-02-22T16:45:20Z host sshd 2738 - - ${message}`);

/** Filebeat's legacy types, which ECS no longer has; and the zone it wrote for its own test machine. */
const NOT_COMPARED = ['event.type', 'event.timezone'];

function valueAt(event: EcsEvent, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (node instanceof Object ? Reflect.get(node, key) : undefined), event);
}

/** Lists of ECS have no order. */
function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? value.toSorted() : value;
}

describe.each(['test.log', 'secure-rhel7.log'])('%s', (name) => {
  const documents: Record<string, unknown>[] = JSON.parse(
    readFileSync(`test/fixtures/ecs/auth/${name}-expected.json`, 'utf8'),
  );
  const lines = linesOf(name);

  it('agrees with Filebeat on every ECS field that both have', () => {
    expect(documents).toHaveLength(lines.length);
    for (const [index, line] of lines.entries()) {
      const event = at(line);
      for (const [path, expected] of Object.entries(documents[index]!)) {
        const ours = NOT_COMPARED.includes(path) ? undefined : valueAt(event, path);
        expect(inOrder(ours ?? expected), `${path} of ${line}`).toEqual(inOrder(expected));
      }
    }
  });
});

describe('an SSH log-on', () => {
  it('has one outcome an attempt, told by sshd and not by PAM', () => {
    const events = linesOf('secure-rhel7.log').map(at);
    const failures = events.filter(
      ({ event }) => event.category?.includes('authentication') && event.outcome === 'failure',
    );
    expect(failures).toHaveLength(
      linesOf('secure-rhel7.log').filter((line) => line.includes('Failed password')).length,
    );
    expect(failures[0]).toMatchObject({
      user: { name: 'root' },
      source: { ip: '202.196.224.106', port: 1786 },
      event: { action: 'ssh_login' },
    });
  });

  it.each([
    ['Failed password for invalid user admin from 10.0.0.9 port 22 ssh2', 'failure', 'admin', '10.0.0.9'],
    ['Failed keyboard-interactive/pam for root from 2001:db8::7 port 22 ssh2', 'failure', 'root', '2001:db8::7'],
    ['Failed none for invalid user x from 10.0.0.9 port 22 ssh2', undefined, 'x', '10.0.0.9'],
    [
      'Failed password for invalid user root from 1.1.1.1 port 1 ssh2 from 10.0.0.9 port 22 ssh2',
      'failure',
      'root from 1.1.1.1 port 1 ssh2',
      '10.0.0.9',
    ],
    ['Failed password for invalid user  from 10.0.0.9 port 22 ssh2', 'failure', undefined, '10.0.0.9'],
    [
      'Accepted publickey for op from 10.0.0.9 port 22 ssh2: ED25519-CERT SHA256:x ID key from afar (serial 0)',
      'success',
      'op',
      '10.0.0.9',
    ],
    ['Invalid user test from 10.0.0.9 port 4022', undefined, 'test', '10.0.0.9'],
    [
      'error: maximum authentication attempts exceeded for root from 10.0.0.9 port 22 ssh2 [preauth]',
      undefined,
      'root',
      '10.0.0.9',
    ],
    ['Connection closed by authenticating user root 10.0.0.9 port 22 [preauth]', undefined, 'root', '10.0.0.9'],
    ['Disconnected from invalid user a b 10.0.0.9 port 22 [preauth]', undefined, 'a b', '10.0.0.9'],
    ['Received disconnect from 10.0.0.9: 11: disconnected by user', undefined, undefined, '10.0.0.9'],
    ['Connection reset by 10.0.0.9 port 22 [preauth]', undefined, undefined, '10.0.0.9'],
    ['Failed to release session: Interrupted system call', undefined, undefined, undefined],
  ])('%s', (message, outcome, user, ip) => {
    const event = sshd(message);
    expect([event.event.outcome, event.user?.name, event.source?.ip]).toEqual([outcome, user, ip]);
    expect(event.event.dataset).toBe('system.auth');
  });

  it('counts what rsyslog has folded', () => {
    expect(sshd('message repeated 5 times: [ Failed password for root from 10.0.0.9 port 22 ssh2]')).toMatchObject({
      event: { outcome: 'failure' },
      source: { ip: '10.0.0.9', port: 22 },
      plantwatch: { repeated: 5 },
    });
  });

  it('names a host that is no address', () => {
    expect(sshd('Failed password for root from ews-1.plant.example port 22 ssh2').source).toEqual({
      domain: 'ews-1.plant.example',
      port: 22,
    });
  });
});

describe('accounts on Linux', () => {
  const body = (app: string, message: string) => at(`<86>Feb 22 16:45:20 host ${app}: ${message}`);

  it.each([
    [
      'sudo',
      'op : TTY=pts/0 ; PWD=/home/op ; USER=root ; COMMAND=/bin/sh -c a ; COMMAND=b',
      {
        event: { action: 'sudo_command' },
        user: { name: 'op', effective: { name: 'root' } },
        process: { command_line: '/bin/sh -c a ; COMMAND=b' },
      },
    ],
    [
      'sudo',
      'op : 3 incorrect password attempts ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/ls',
      { event: { action: 'sudo_denied', outcome: 'failure', reason: '3 incorrect password attempts' } },
    ],
    [
      'su[1]',
      'FAILED SU (to root) op on pts/0',
      { event: { action: 'su', outcome: 'failure' }, user: { name: 'op', effective: { name: 'root' } } },
    ],
    [
      'userdel[1]',
      "delete user 'eve'",
      { event: { category: ['iam'], type: ['user', 'deletion'] }, user: { name: 'eve' } },
    ],
    [
      'login[1]',
      'pam_unix(login:auth): authentication failure; logname= uid=0 euid=0 tty=/dev/tty1 ruser= rhost=  user=op',
      { event: { outcome: 'failure' }, user: { name: 'op' } },
    ],
    [
      'login[1]',
      'pam_unix(login:session): session opened for user root(uid=0) by LOGIN(uid=0)',
      { event: { action: 'session_opened', category: ['session'] }, user: { name: 'root' } },
    ],
  ])('%s: %s', (app, message, expected) => expect(body(app, message)).toMatchObject(expected));
});
