import type { EcsEvent, EventCategory, EventType, Outcome } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { endpointOf } from './web-request.js';

/**
 * OpenVPN's server (`ssl.c`, `multi.c`, `forward.c` of OpenVPN 2.x): a line is `[client/]address:port text`, where the
 * client's name comes with its certificate or its sign-in.
 */
export const openvpn = { name: 'openvpn', matches, parse } satisfies BodyParser<'openvpn'>;

interface Reading {
  readonly says: RegExp;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const SIGN_IN = ['authentication', 'session', 'network'] as const;
const ATTEMPT = ['authentication', 'network'] as const;
const LINK = ['network'] as const;

const READINGS: readonly Reading[] = [
  {
    says: /^\[(?<user>[^\]]{1,128})\] Peer Connection Initiated with /,
    action: 'vpn_login',
    category: SIGN_IN,
    type: ['start'],
    outcome: 'success',
  },
  {
    says: /^TLS Auth Error: |^AUTH: .{0,64}AUTH_FAILED|^SENT CONTROL \[.{0,128}\]: 'AUTH_FAILED/,
    action: 'vpn_login',
    category: ATTEMPT,
    type: ['start'],
    outcome: 'failure',
  },
  {
    says: /^VERIFY ERROR: depth=\d{1,3}, error=(?<reason>[^:]{1,200})/,
    action: 'vpn_certificate_refused',
    category: ATTEMPT,
    type: ['denied'],
    outcome: 'failure',
  },
  {
    says: /^TLS: Username\/Password authentication succeeded for username '(?<user>[^']{1,128})'/,
    action: 'vpn_password_accepted',
    category: ['authentication'],
    type: ['info'],
    outcome: 'success',
  },
  {
    says: /^TLS Error: (?<reason>.{1,200})/,
    action: 'vpn_handshake_failed',
    category: LINK,
    type: ['connection', 'error'],
    outcome: 'failure',
  },
  {
    says: /^(?:SIGTERM|SIGUSR1|SIGHUP)\[(?<reason>[^\]]{1,64})\] received, client-instance (?:exiting|restarting)/,
    action: 'vpn_session_ended',
    category: ['session', 'network'],
    type: ['end'],
  },
  { says: /^MULTI: primary virtual IP for .{1,200}: \S/, action: 'vpn_address_given', category: LINK, type: ['info'] },
  {
    says: /^Connection reset, restarting/,
    action: 'vpn_connection_reset',
    category: LINK,
    type: ['connection', 'end'],
  },
  { says: /^TLS: Initial packet from /, action: 'vpn_connection', category: LINK, type: ['connection', 'start'] },
];
const PEER = /^(?:([^\s/]{1,128})\/)?(\[?[0-9a-fA-F.:]{2,47}\]?:\d{1,5}) /;

function matches({ process }: EcsEvent): boolean {
  return process?.name === 'openvpn' || process?.name?.startsWith('ovpn-') === true;
}

function parse(event: EcsEvent): 'done' {
  event.event.dataset = 'openvpn.log';
  event.event.module = 'openvpn';
  const peer = PEER.exec(event.message);
  if (peer !== null) event.source = endpointOf(peer[2] ?? '');
  const text = peer === null ? event.message : event.message.slice(peer[0].length);
  const name = peer?.[1];
  if (name !== undefined && name !== 'UNDEF') event.user = { name };
  for (const { says, action, category, type, outcome } of READINGS) {
    const found = says.exec(text);
    if (found === null) continue;
    event.event.action = action;
    event.event.category = category;
    event.event.type = type;
    event.event.outcome = outcome;
    if (found.groups?.user !== undefined) event.user = { name: found.groups.user };
    if (found.groups?.reason !== undefined) event.event.reason = found.groups.reason;
    break;
  }
  return 'done';
}
