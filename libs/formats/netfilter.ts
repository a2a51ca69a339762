import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { countOf } from './device-values.js';
import { dictionary, setField } from './ecs-setters.js';
import { setConnection } from './firewall-verdict.js';

/**
 * The LOG target of Linux's netfilter, as routers, industrial gateways and hosts write it by kernel or ulogd:
 * `PREFIX IN=eth0 OUT=eth1 MAC=… SRC=… DST=… LEN=… TTL=… PROTO=TCP SPT=… DPT=… SYN`. The prefix is free text of the
 * rule; SuSEfirewall2, Shorewall and ufw say in it what was done.
 */
export const netfilter = {
  name: 'netfilter',
  matches: ({ message }) =>
    message.includes(' OUT=') && START.test(message.length > REACH ? message.slice(0, REACH) : message),
  parse,
} satisfies BodyParser<'netfilter'>;

const REACH = 256;
const LONGEST = 2048;
const START = /(?:^|[\s\]:])IN=\S{0,32} OUT=/;
const PAIR = /(?:^|[\s\]:])([A-Z][A-Z0-9]{1,15})=(\S*)/g;
const DENIED = /\b(?:DROP|DROPPED|REJECT|DENY|DENIED|BLOCK|BLOCKED|DPT)\b/i;
const ACCEPTED = /\b(?:ACC|ACCEPT|ALLOW|ALLOWED|PASS|AUDIT)\b/i;

const KEYS = dictionary({
  IN: 'observer.ingress.interface.name',
  OUT: 'observer.egress.interface.name',
  SRC: 'source.ip',
  DST: 'destination.ip',
  SPT: 'source.port',
  DPT: 'destination.port',
  PROTO: 'network.transport',
});
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['LEN', 'length'],
  ['TTL', 'ttl'],
  ['HOPLIMIT', 'ttl'],
  ['ID', 'id'],
  ['TYPE', 'icmp_type'],
  ['CODE', 'icmp_code'],
  ['WINDOW', 'window'],
]);

function parse(event: EcsEvent): 'done' {
  const text = event.message.length > LONGEST ? event.message.slice(0, LONGEST) : event.message;
  event.event.dataset = 'netfilter';
  event.event.module = 'netfilter';
  event.event.category = ['network'];
  event.event.type = ['connection'];
  event.event.action = 'packet_logged';
  event.observer = { ...event.observer, product: 'netfilter', type: 'firewall', name: event.host?.name };
  const own: JsonObject = {};
  for (const [, key = '', value = ''] of text.matchAll(PAIR)) readPair(event, own, key, value);
  const prefix = text.slice(0, text.search(/(?:^|[\s\]:])IN=/)).replace(/^\[ {0,8}\d{1,10}\.\d{1,9}\] ?/, '');
  if (prefix !== '') own.prefix = prefix;
  event.netfilter = own;
  if (DENIED.test(prefix)) setConnection(event, 'denied');
  else if (ACCEPTED.test(prefix)) setConnection(event, 'allowed');
  return 'done';
}

function readPair(event: EcsEvent, own: JsonObject, key: string, value: string): void {
  const field = KEYS.get(key);
  if (field !== undefined) return setField(event, field, value);
  if (key === 'MAC') return readMac(event, value);
  const name = NUMBERS.get(key);
  const number = name === undefined ? undefined : countOf(value);
  // The first LEN is the packet's, the second the datagram's.
  if (name !== undefined && number !== undefined) own[name] ??= number;
  else if (name === undefined) own[key === 'FLOWLBL' ? 'flow_label' : key.toLowerCase()] ??= value;
}

/** Destination, source and type of the Ethernet frame, colon by colon. */
function readMac(event: EcsEvent, value: string): void {
  const octets = value.split(':', 14);
  if (octets.length < 12) return;
  setField(event, 'destination.mac', octets.slice(0, 6).join(':'));
  setField(event, 'source.mac', octets.slice(6, 12).join(':'));
}
