import { isIp } from '#ecs/addresses.js';
import type { EcsEvent } from '#ecs/event.js';

/**
 * What PAM modules log in the name of a service: `pam_unix(sshd:auth): authentication failure; … rhost=… user=…`,
 * `pam_unix(login:session): session opened for user root(uid=0) by (uid=0)`.
 */

const HEAD = /^(pam_[a-z0-9_]{1,32})\(([^:)]{1,64}):([a-z_]{1,32})\): /;
const SESSION = /^session (opened|closed) for user ([^\s(]{1,256})(?:\(uid=\d{1,10}\))?(?: by ([^\s(]{1,256})\(uid=)?/;
const QUOTED_USER = / user[ =]"([^"]{1,256})"/;
const RHOST = /\brhost=(\S{1,255})/;
/** Last on its line, and may hold blanks. */
const USER = /\buser=(.{1,256})$/;

/** Fills the event from a PAM line; false when the text is none. */
export function readPam(event: EcsEvent, text: string): boolean {
  const head = HEAD.exec(text);
  const more = head === null && text.startsWith('PAM ') && text.includes('authentication failure');
  if (head === null && !more) return false;
  const rest = head === null ? text : text.slice(head[0].length);
  const session = SESSION.exec(rest);
  if (session !== null) readSession(event, session);
  else if (more || rest.startsWith('authentication failure')) readFailure(event, rest, head?.[2] ?? 'sshd');
  else {
    const user = QUOTED_USER.exec(rest)?.[1];
    if (user !== undefined) event.user = { name: user };
  }
  return true;
}

/** Who opens a session for another (`root by op(uid=1000)`) acts as that other; LOGIN is what login(1) calls itself. */
function readSession(event: EcsEvent, [, verb, user, by]: RegExpExecArray): void {
  const opened = verb === 'opened';
  event.event.action = opened ? 'session_opened' : 'session_closed';
  event.event.category = ['session'];
  event.event.type = [opened ? 'start' : 'end'];
  event.user =
    by === undefined || by === user || by === 'LOGIN' ? { name: user } : { name: by, effective: { name: user } };
}

function readFailure(event: EcsEvent, text: string, service: string): void {
  event.event.action = 'pam_authentication_failure';
  event.event.category = ['authentication'];
  event.event.type = ['info'];
  // sshd tells the same attempt in a line of its own; other services leave it to PAM.
  if (service !== 'sshd') event.event.outcome = 'failure';
  const user = USER.exec(text)?.[1];
  if (user !== undefined) event.user = { name: user };
  const rhost = RHOST.exec(text)?.[1];
  if (rhost !== undefined) event.source = isIp(rhost) ? { ip: rhost } : { domain: rhost };
}
