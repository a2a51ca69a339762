import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) =>
  normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'Europe/Berlin' });
const linesOf = (name: string) => readFileSync(`test/fixtures/ecs/beats/auditd.log/${name}`, 'utf8').trim().split('\n');
const STAMP = 'msg=audit(1481077043.046:408)';

describe('records of many types', () => {
  const lines = [...linesOf('records.log'), ...linesOf('otrf.log')];

  it.each(lines)('%s', (line) => {
    const event = at(line);
    expect(event.event).toMatchObject({ dataset: 'auditd.log', module: 'auditd', original: line });
    expect(event.event.action).toMatch(/^[a-z0-9_[\]-]+$/);
  });

  it.each(lines.filter((line) => line.includes('msg=audit(')))('%s has the time that it says', (line) => {
    const event = at(line);
    expect(event['@timestamp']).toMatch(/^20(?:16|20)/);
    expect(event.tags).toBeUndefined();
  });
});

describe('an audit record', () => {
  it.each<[string, object]>([
    [
      `type=USER_AUTH ${STAMP}: pid=1298 uid=0 auid=4294967295 ses=4294967295 msg='op=PAM:authentication acct="op" exe="/usr/sbin/sshd" hostname=10.0.0.9 addr=10.0.0.9 terminal=ssh res=failed'`,
      {
        '@timestamp': '2016-12-07T02:17:23.046Z',
        event: { action: 'authenticated', category: ['authentication'], outcome: 'failure', sequence: 408 },
        user: { name: 'op', effective: { name: 'op' } },
        source: { ip: '10.0.0.9' },
        process: { executable: '/usr/sbin/sshd', pid: 1298 },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      `type=USER_LOGIN ${STAMP}: pid=1 uid=0 auid=4294967295 ses=1 msg='op=login acct=28756E6B6E6F776E207573657229 exe="/usr/sbin/sshd" hostname=? addr=10.0.0.9 terminal=ssh res=failed'`,
      { user: { name: '(unknown user)' }, event: { action: 'logged-in', outcome: 'failure' } },
    ],
    [
      `type=SYSCALL ${STAMP}: arch=c000003e syscall=59 success=yes exit=0 items=2 ppid=2 pid=3 auid=1000 uid=0 gid=0 euid=0 comm="dd" exe="/bin/dd" key="exec"`,
      {
        event: { action: 'syscall', category: ['process'], type: ['start'], outcome: 'success' },
        host: { architecture: 'x86_64' },
        user: { id: '0', group: { id: '0' }, effective: { id: '0' } },
        process: { pid: 3, name: 'dd', executable: '/bin/dd', parent: { pid: 2 } },
        auditd: { log: { record_type: 'SYSCALL', syscall: '59', key: 'exec', exit: '0' } },
      },
    ],
    [
      `type=EXECVE ${STAMP}: argc=3 a0="sh" a1="-c" a2=6563686F2022686922`,
      { process: { args: ['sh', '-c', 'echo "hi"'], args_count: 3, command_line: 'sh -c echo "hi"' } },
    ],
    [
      `type=EXECVE ${STAMP}: a2[0]="abc" a2[1]="def" a3="x"`,
      { process: { args: ['[... 2 truncated arguments ...]', 'abcdef', 'x'] } },
    ],
    [`type=PROCTITLE ${STAMP}: proctitle=617270002D61`, { process: { args: ['arp', '-a'], command_line: 'arp -a' } }],
    [
      `type=PATH ${STAMP}: item=1 name="/etc/cron.d/x" inode=1 mode=0100644 ouid=0 ogid=5 nametype=CREATE`,
      {
        event: { category: ['file'], type: ['creation'] },
        file: { path: '/etc/cron.d/x', name: 'x', uid: '0', gid: '5' },
      },
    ],
    [`type=SOCKADDR ${STAMP}: saddr=020001F60A0000090000000000000000`, { destination: { ip: '10.0.0.9', port: 502 } }],
    [
      `type=CONFIG_CHANGE ${STAMP}: auid=1000 ses=3 op="remove_rule" key=(null) list=4 res=1`,
      { event: { outcome: 'success' }, plantwatch: { audit_category: 'audit_log' } },
    ],
    [
      `node=hmi-1.plant type=USYS_CONFIG ${STAMP}: pid=1 uid=0 msg='changing system time exe="/usr/sbin/hwclock" res=success'`,
      {
        host: { name: 'hmi-1.plant', hostname: 'hmi-1' },
        auditd: { log: { op: 'changing system time' } },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    [
      `type=USER_LOGIN ${STAMP}: pid=1 uid=0 auid=1000 msg='op=login id=1000 exe="/usr/sbin/sshd" hostname=h addr=10.0.0.9 terminal=ssh res=success'\u001DUID="root" AUID="op" ID="op"`,
      { user: { id: '1000', effective: { id: '1000' } }, source: { domain: 'h' }, auditd: { log: { AUID: 'op' } } },
    ],
    [
      'Nov 23 09:00:00 hmi-1 kernel: [   12.345678] audit: type=1400 audit(1481077043.046:9): apparmor="DENIED" operation="open" profile="x" name="/etc/shadow" pid=7 comm="cat"',
      { event: { action: 'violated-selinux-policy', sequence: 9 }, host: { name: 'hmi-1' }, process: { name: 'cat' } },
    ],
    [
      `<85>Nov 23 09:00:00 hmi-1 audispd: type=DEL_USER ${STAMP}: pid=9 uid=0 auid=1000 msg='op=delete-user id=1004 exe="/usr/sbin/userdel" hostname=? addr=? terminal=? res=success'`,
      {
        '@timestamp': '2016-12-07T02:17:23.046Z',
        event: { action: 'deleted-user-account', type: ['user', 'deletion'] },
        user: { id: '1000', target: { id: '1004' } },
        host: { name: 'hmi-1' },
      },
    ],
    [
      `<85>Nov 23 09:00:00 hmi-1 audit[70]: USER_END pid=70 uid=0 auid=1000 msg='op=PAM:session_close acct="root" exe="/usr/bin/sudo" res=success'`,
      { '@timestamp': '2026-11-23T08:00:00.000Z', event: { action: 'ended-session' }, user: { name: 'root' } },
    ],
  ])('%s', (line, expected) => expect(at(line)).toMatchObject(expected));

  it('keeps a login nobody made out of user.id', () => {
    const line = `type=CRED_ACQ ${STAMP}: pid=1 uid=0 auid=4294967295 msg='op=PAM:setcred acct="op" res=success'`;
    expect(at(line).user?.id).toBeUndefined();
  });
});
