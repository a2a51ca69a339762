import type { EcsEvent } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';

/**
 * What else a Linux (or macOS) machine writes into /var/log: a line without a priority is from such a file, and a few
 * programs run nowhere else.
 */
export const linuxSystem = { name: 'linux-system', matches, parse } satisfies BodyParser<'linux-system'>;

interface Meaning {
  readonly starts: string;
  readonly action: string;
  readonly category: 'host' | 'process' | 'session' | 'configuration';
  readonly type: 'start' | 'end' | 'change' | 'info' | 'error';
}

const PROGRAMS = new Set(
  (
    'kernel systemd systemd-logind systemd-timesyncd systemd-udevd systemd-networkd systemd-resolved CRON cron crond ' +
    'anacron atd dbus-daemon rsyslogd syslog-ng shutdown thermald chronyd ntpd dhclient NetworkManager'
  ).split(' '),
);
/** The clock and the log are what CR 2.8 and 2.11 ask about. */
const MEANINGS: ReadonlyMap<string, readonly Meaning[]> = new Map<string, readonly Meaning[]>([
  ['shutdown', [{ starts: 'shutting down', action: 'shutdown', category: 'host', type: 'end' }]],
  [
    'systemd-logind',
    [
      { starts: 'New session ', action: 'session_opened', category: 'session', type: 'start' },
      { starts: 'Removed session ', action: 'session_closed', category: 'session', type: 'end' },
      { starts: 'Session ', action: 'session_closed', category: 'session', type: 'end' },
      { starts: 'System is rebooting', action: 'reboot', category: 'host', type: 'end' },
      { starts: 'System is powering down', action: 'shutdown', category: 'host', type: 'end' },
      { starts: 'Power key pressed', action: 'power_key', category: 'host', type: 'info' },
    ],
  ],
  [
    'systemd',
    [
      { starts: 'Started ', action: 'service_started', category: 'process', type: 'start' },
      { starts: 'Stopped ', action: 'service_stopped', category: 'process', type: 'end' },
      { starts: 'Failed to start ', action: 'service_failed', category: 'process', type: 'error' },
    ],
  ],
  [
    'rsyslogd',
    [
      { starts: '[origin software="rsyslogd"', action: 'logging_started', category: 'process', type: 'start' },
      { starts: 'exiting on signal', action: 'logging_stopped', category: 'process', type: 'end' },
    ],
  ],
  ['kernel', [{ starts: 'Linux version ', action: 'system_started', category: 'host', type: 'start' }]],
]);
const CRON = /^\(([^)]{1,64})\) (CMD|RELOAD|REPLACE|DELETE|BEGIN EDIT|END EDIT|LIST) \((.{0,4096})\)$/;
const SESSION_USER = / of user ([^\s.]{1,256})\.?$/;
const FAILED_EXIT = /\borigin software="rsyslogd".{0,256}exiting on signal/;

function matches({ log, host, process }: EcsEvent): boolean {
  const name = process?.name;
  if (name === undefined) return false;
  return PROGRAMS.has(name) || (log?.syslog?.priority === undefined && host?.name !== undefined);
}

function parse(event: EcsEvent): 'done' {
  const name = event.process?.name ?? '';
  const text = event.message;
  event.event.dataset = name === 'systemd-logind' ? 'system.auth' : 'system.syslog';
  event.event.module = 'system';
  const meaning = MEANINGS.get(name)?.find(({ starts }) => text.startsWith(starts));
  if (meaning !== undefined) {
    event.event.action = FAILED_EXIT.test(text) ? 'logging_stopped' : meaning.action;
    event.event.category = [meaning.category];
    event.event.type = [meaning.type];
  }
  if (name === 'systemd-logind') {
    const user = SESSION_USER.exec(text)?.[1];
    if (user !== undefined) event.user = { name: user };
  }
  if (name === 'CRON' || name === 'crond' || name === 'cron' || name === 'crontab') readCron(event, text);
  return 'done';
}

/** `(root) CMD (run-parts /etc/cron.hourly)`, and crontab's own `(root) REPLACE (root)`. */
function readCron(event: EcsEvent, text: string): void {
  const found = CRON.exec(text);
  if (found === null) return;
  const [, user = '', verb, what = ''] = found;
  event.user = { name: user };
  if (verb === 'CMD') {
    event.process = { ...event.process, command_line: what.trim() };
    event.event.action = 'cron_command';
    event.event.category = ['process'];
    event.event.type = ['start'];
  } else if (verb === 'REPLACE' || verb === 'DELETE') {
    event.event.action = verb === 'REPLACE' ? 'crontab_replaced' : 'crontab_deleted';
    event.event.category = ['configuration'];
    event.event.type = [verb === 'REPLACE' ? 'change' : 'deletion'];
  }
}
