import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (raw: string) => normalise({ raw, receivedAt: Date.parse('2026-11-23T10:00:00Z'), timeZone: 'UTC' });

describe('a log of a web server or proxy', () => {
  it.each<[string, object]>([
    [
      '10.0.0.9 - PLANT\\op [23/Nov/2026:10:00:00 +0100] "POST /scada/login?next=%2F HTTP/1.1" 401 12 "https://hmi/" "Mozilla/5.0"',
      {
        '@timestamp': '2026-11-23T09:00:00.000Z',
        event: { category: ['web'], type: ['access'], outcome: 'failure' },
        source: { ip: '10.0.0.9' },
        user: { name: 'op', domain: 'PLANT' },
        http: { request: { method: 'POST', referrer: 'https://hmi/' }, response: { status_code: 401 }, version: '1.1' },
        url: { path: '/scada/login', query: 'next=/' },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      '10.0.0.9 - - [23/Nov/2026:10:00:00 +0000] "GET /a\\"b HTTP/1.1" 500 -',
      { event: { dataset: 'apache.access' }, plantwatch: { audit_category: 'request_error' } },
    ],
    [
      '<190>Nov 23 09:59:59 gw nginx: 10.0.0.9 - - [23/Nov/2026:09:59:59 +0000] "GET / HTTP/2.0" 200 5 "-" "curl/8"',
      { event: { dataset: 'nginx.access' }, host: { name: 'gw' }, http: { version: '2.0' } },
    ],
    [
      '2026/11/23 09:00:00 [error] 54053#0: *1 open() "/x" failed (2: No such file or directory), client: 10.0.0.9, server: hmi, request: "GET /x HTTP/1.1", host: "hmi"',
      {
        event: { dataset: 'nginx.error', type: ['error'] },
        process: { pid: 54053, thread: { id: 0 } },
        source: { ip: '10.0.0.9' },
        url: { path: '/x' },
        nginx: { error: { connection_id: 1 } },
      },
    ],
    [
      'Nov 23 09:00:00 lb haproxy[7]: 10.0.0.9:51222 [23/Nov/2026:09:00:00.123] web~ app/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {a} {b} "GET /index.html HTTP/1.1"',
      {
        event: { dataset: 'haproxy.log', category: ['web'], outcome: 'success', duration: 109_000_000 },
        source: { ip: '10.0.0.9', port: 51222 },
        http: { request: { method: 'GET' }, response: { status_code: 200, body: { bytes: 2750 } } },
        haproxy: { frontend_name: 'web', backend_name: 'app', server_name: 's1', time_active_ms: 109 },
      },
    ],
    [
      'Nov 23 09:00:00 lb haproxy[7]: Connect from 10.0.0.9:40780 to 10.0.0.1:5000 (main/HTTP)',
      { destination: { ip: '10.0.0.1', port: 5000 }, haproxy: { frontend_name: 'main', mode: 'HTTP' } },
    ],
    [
      '2026-11-23 09:00:00 10.0.0.9 2894 10.0.0.1 80 HTTP/1.1 GET /x - 503 1 Timer_ConnectionIdle DefaultAppPool',
      {
        '@timestamp': '2026-11-23T09:00:00.000Z',
        event: { dataset: 'iis.error', reason: 'Timer_ConnectionIdle' },
        http: { response: { status_code: 503 } },
        iis: { error: { site_id: 1, queue_name: 'DefaultAppPool' } },
      },
    ],
    [
      'information/cli: Icinga application loader (version: r2.6.3-1)',
      { event: { dataset: 'icinga.startup' }, log: { level: 'information' } },
    ],
    [
      '[2026-11-23 10:00:00 +0100] debug/Process: running',
      { '@timestamp': '2026-11-23T09:00:00.000Z', event: { dataset: 'icinga.debug' }, message: 'running' },
    ],
  ])('%s', (line, expected) => expect(at(line)).toMatchObject(expected));
});

describe('a line of /var/log', () => {
  it.each<[string, object]>([
    [
      'Nov 23 09:00:00 hmi-1 CRON[7]: (root) CMD (   cd / && run-parts --report /etc/cron.hourly)',
      {
        event: { dataset: 'system.syslog', action: 'cron_command' },
        user: { name: 'root' },
        process: { command_line: 'cd / && run-parts --report /etc/cron.hourly' },
      },
    ],
    [
      'Nov 23 09:00:00 hmi-1 crontab[7]: (root) REPLACE (op)',
      { event: { action: 'crontab_replaced' }, plantwatch: { audit_category: 'configuration_change' } },
    ],
    [
      '<38>Nov 23 09:00:00 hmi-1 systemd-logind[7]: New session 12 of user op.',
      { event: { dataset: 'system.auth', category: ['session'], type: ['start'] }, user: { name: 'op' } },
    ],
    [
      '<46>Nov 23 09:00:00 hmi-1 rsyslogd: [origin software="rsyslogd" swVersion="8" x-pid="1"] exiting on signal 15.',
      { event: { action: 'logging_stopped' }, plantwatch: { audit_category: 'audit_log' } },
    ],
    ['Nov 23 09:00:00 hmi-1 odd-daemon[7]: hello', { event: { dataset: 'system.syslog', module: 'system' } }],
  ])('%s', (line, expected) => expect(at(line)).toMatchObject(expected));
});
