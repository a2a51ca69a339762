import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const at = (document: object | string) =>
  normalise({
    raw: typeof document === 'string' ? document : JSON.stringify(document),
    receivedAt: Date.parse('2026-11-23T10:00:00Z'),
    timeZone: 'Europe/Berlin',
  });

describe("a document of rsyslog's omelasticsearch", () => {
  // StdJSONFmt, the default template: the tag is not in it.
  const DEFAULT = {
    message: ' Failed password for root from 10.0.0.9 port 22 ssh2',
    fromhost: 'hmi-1',
    facility: 'authpriv',
    priority: 'info',
    timereported: '2026-11-23T09:00:00.123456+01:00',
    timegenerated: '2026-11-23T09:00:01+01:00',
  };

  it('is read as the syslog message it was', () => {
    expect(at(DEFAULT)).toMatchObject({
      '@timestamp': '2026-11-23T08:00:00.123Z',
      event: { action: 'ssh_login', outcome: 'failure', dataset: 'system.auth' },
      host: { name: 'hmi-1' },
      source: { ip: '10.0.0.9' },
      user: { name: 'root' },
      log: { level: 'informational', syslog: { priority: 86, facility: { name: 'authpriv' } } },
    });
  });

  it.each([
    [
      { ...DEFAULT, message: 'session opened', syslogtag: 'CRON[71]:' },
      { process: { name: 'CRON', pid: 71 }, event: { dataset: 'system.syslog' } },
    ],
    [
      {
        '@timestamp': '2026-11-23T09:00:00Z',
        host: 'h',
        severity: 'err',
        facility: 'local7',
        tag: 'app:',
        message: 'x',
      },
      { log: { syslog: { priority: 187 } }, host: { name: 'h' }, process: { name: 'app' } },
    ],
    [{ ...DEFAULT, message: '%SYS-5-RESTART: System restarted --' }, { event: { dataset: 'cisco.ios' } }],
  ])('%o', (document, expected) => expect(at(document)).toMatchObject(expected));
});

describe('a document in ECS', () => {
  it('keeps the fields that fit the mapping and sets the others aside', () => {
    const event = at({
      '@timestamp': '2026-11-23T09:00:00.5Z',
      ecs: { version: '8.0.0' },
      agent: { type: 'filebeat' },
      event: { category: 'authentication', outcome: 'failure', original: 'forged', id: 'forged', created: 'forged' },
      source: { ip: 'not an address', port: '22' },
      'destination.ip': '10.0.0.2',
      host: { name: ['a', 'b'], ip: '10.0.0.3' },
      process: 'not an object',
      user: { name: { first: 'x' } },
      plantwatch: { asset: { id: 'forged' } },
      tags: ['mine', 7],
      unknown: { a: 1 },
    });
    expect(event).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.500Z',
      event: { category: ['authentication'], outcome: 'failure', created: '2026-11-23T10:00:00.000Z' },
      source: { port: 22 },
      destination: { ip: '10.0.0.2' },
      host: { name: 'a', ip: ['10.0.0.3'] },
      tags: ['mine'],
      json: { 'source.ip': 'not an address', process: 'not an object', unknown: { a: 1 } },
    });
    expect(event.event.id).toBeUndefined();
    expect(event.source?.ip).toBeUndefined();
    expect(event.plantwatch).toEqual({ parser: 'ecs-document', audit_category: 'access_control' });
    expect(event.event.original).toContain('forged');
  });

  it('has the line in its message read', () => {
    const event = at({
      '@timestamp': '2026-11-23T09:00:05Z',
      agent: { type: 'filebeat' },
      host: { name: 'shipper', id: '7' },
      log: { file: { path: '/var/log/auth.log' }, offset: 7 },
      message: 'Nov 23 10:00:00 ews-1 sshd[3402]: Accepted password for op from 10.0.0.9 port 22 ssh2',
    });
    expect(event).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.000Z',
      host: { name: 'ews-1' },
      event: { action: 'ssh_login', outcome: 'success' },
      log: { file: { path: '/var/log/auth.log' }, syslog: { appname: 'sshd' } },
      plantwatch: { parser: 'sshd' },
    });
  });

  it('keeps a message that is no line, without calling it unparsed', () => {
    const event = at({ '@timestamp': '2026-11-23T09:00:05Z', event: { dataset: 'my.app' }, message: 'pump started' });
    expect(event).toMatchObject({
      '@timestamp': '2026-11-23T09:00:05.000Z',
      message: 'pump started',
      event: { dataset: 'my.app' },
    });
    expect(event.tags).toBeUndefined();
  });
});

describe('any other JSON', () => {
  it('is kept under its own namespace and marked', () => {
    expect(at({ temperature: 21.5, time: '2026-11-23T09:00:00Z', message: 'warm' })).toMatchObject({
      '@timestamp': '2026-11-23T09:00:00.000Z',
      json: { temperature: 21.5 },
      message: 'warm',
      tags: ['unparsed'],
    });
  });

  it.each([1741944413, 1741944413000])('counts %d as a time', (time) => {
    expect(at({ time })['@timestamp']).toBe('2025-03-14T09:26:53.000Z');
  });

  it('has a syslog line in its message read', () => {
    expect(at({ id: 7, message: '<34>1 2026-11-23T09:00:00Z h su - - - x' })).toMatchObject({
      host: { name: 'h' },
      json: { id: 7 },
    });
  });

  it.each(['{"a":', '{"a":1}}', '{a:1}', '{'])('%s is kept as text, with the reason', (raw) => {
    expect(at(raw)).toMatchObject({
      message: raw,
      error: { message: 'not JSON' },
      tags: ['timestamp_missing', 'unparsed'],
    });
  });

  it('gives nobody a prototype', () => {
    const raw =
      '{"__proto__":{"polluted":1},"a":{"constructor":{"prototype":{"polluted":1}},"\\u005f_proto__":{"polluted":1}},"@timestamp":"2026-11-23T09:00:00Z","event":{"__proto__":{"polluted":1}}}';
    const event = at(raw);
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const {
      event: { original, ...rest },
      message: _message,
      ...others
    } = event;
    expect(original).toBe(raw);
    expect(JSON.stringify([rest, others])).not.toContain('polluted');
  });

  it('cuts what is nested too deep to be written again', () => {
    const raw = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(JSON.stringify(at(raw).json).length).toBeLessThan(200);
  });
});
