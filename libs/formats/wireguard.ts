import type { EcsEvent, EventType } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { endpointOf } from './web-request.js';

/**
 * WireGuard in the kernel with its dynamic debug on (`drivers/net/wireguard`): `wireguard: wg0: Receiving handshake
 * initiation from peer 3 (192.0.2.1:51820)`. It knows peers, not people: a handshake is a connection, not a sign-in.
 */
export const wireguard = { name: 'wireguard', matches, parse } satisfies BodyParser<'wireguard'>;

const HEAD = /^(?:\[ {0,8}\d{1,10}\.\d{1,9}\] )?wireguard: ([A-Za-z0-9_.-]{1,32}): /;
const PEER = /\bpeer (\d{1,10})(?: \((\[?[0-9a-fA-F.:]{2,47}\]?:\d{1,5})\))?/;
const READINGS: readonly (readonly [starts: string, action: string, type: readonly EventType[]])[] = [
  ['Receiving handshake initiation', 'vpn_handshake_received', ['connection', 'start']],
  ['Sending handshake initiation', 'vpn_handshake_sent', ['connection', 'start']],
  ['Keypair ', 'vpn_session_keyed', ['connection', 'info']],
  ['Handshake for peer ', 'vpn_handshake_failed', ['connection', 'error']],
  ['Invalid handshake initiation', 'vpn_handshake_refused', ['connection', 'denied']],
  ['Invalid MAC of handshake', 'vpn_handshake_refused', ['connection', 'denied']],
  ['Packet has unallowed src IP', 'vpn_packet_refused', ['connection', 'denied']],
  ['Peer ', 'vpn_peer_changed', ['connection', 'info']],
];

function matches({ message, process }: EcsEvent): boolean {
  return process?.name === 'wireguard' || (process?.name === 'kernel' && HEAD.test(message));
}

function parse(event: EcsEvent): 'done' {
  const head = HEAD.exec(event.message);
  const text = head === null ? event.message : event.message.slice(head[0].length);
  event.event.dataset = 'wireguard.log';
  event.event.module = 'wireguard';
  event.event.category = ['network'];
  const peer = PEER.exec(text);
  const end = /\((\[?[0-9a-fA-F.:]{2,47}\]?:\d{1,5})\)/.exec(text)?.[1] ?? peer?.[2];
  if (end !== undefined) event.source = endpointOf(end);
  if (head?.[1] !== undefined) event.observer = { ingress: { interface: { name: head[1] } } };
  if (peer?.[1] !== undefined) event.wireguard = { peer: peer[1] };
  const reading = READINGS.find(([starts]) => text.startsWith(starts));
  event.event.type = reading?.[2] ?? ['info'];
  if (reading !== undefined) event.event.action = reading[1];
  if (reading?.[2].includes('denied') === true || reading?.[2].includes('error') === true)
    event.event.outcome = 'failure';
  return 'done';
}
