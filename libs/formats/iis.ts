import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';
import { classify, countOf, decoded, endpointOf, given, readBrowser, readResponse, urlOf } from './web-request.js';

/**
 * Microsoft IIS: the W3C extended log and the error log of HTTP.sys (HTTPERR). A W3C log names its columns only at the
 * head of the file, which a line on its own does not have; the usual choices of columns are told apart by what stands
 * in them. Times are UTC. Source: "W3C Extended Log File Format", "Error logging in HTTP APIs" (Microsoft).
 */
export const iis = {
  name: 'iis',
  matches: (first, text) =>
    first === 35 ? HEAD.test(text) : (first === 50 || first === 49) && (ACCESS.test(text) || ERROR.test(text)),
  parse,
} satisfies LineParser<'iis'>;

const DATE = String.raw`^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d `;
/** What stands at the head of each file. */
const HEAD = /^#(?:Software: Microsoft |Version: \d|Date: \d{4}-|Fields: date time )/;
const METHOD = '[A-Z_-]{3,20}';
const SERVER = String.raw`(?:W3SVC\d{1,10} )?(?:[A-Za-z0-9_.-]{1,64} )?[0-9a-fA-F.:%]{2,60}`;
const ACCESS = new RegExp(`${DATE}(?:${SERVER} ${METHOD} [^ ]|W3SVC\\d{1,10} ${METHOD} /)`);
const ERROR = new RegExp(`${DATE}[0-9a-fA-F.:%]{2,60} \\d{1,5} [0-9a-fA-F.:%]{2,60} \\d{1,5} (?:HTTP/|- )`);
const NUMBER = /^\d{1,10}$/;

function parse(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  if (HEAD.test(text)) return readHead(event);
  const stamp = scanIso(text, 0);
  const tokens = text
    .replace(/[\r\n]+$/, '')
    .split(' ', 64)
    .map(withoutZone);
  if (stamp === undefined) return 'refused';
  const read = ERROR.test(text) ? readError(event, tokens) : readAccess(event, tokens);
  if (!read) return 'refused';
  event.message = text;
  applyStamp(event, { ...stamp, offset: 0 }, arrival);
  return 'done';
}

function readHead(event: EcsEvent): 'done' {
  event.event.dataset = 'iis.access';
  event.event.module = 'iis';
  event.event.type = ['info'];
  return 'done';
}

/** Columns in the order in which IIS writes whichever of them were chosen. */
function readAccess(event: EcsEvent, tokens: readonly string[]): boolean {
  const behindAddress = methodBehind(tokens, isIp);
  const methodAt = behindAddress < 0 ? methodBehind(tokens, isSite) : behindAddress;
  const client = tokens[methodAt + 5] ?? '';
  const statusAt = tokens.findIndex(
    (token, at) => at > methodAt + 5 && /^\d{3}$/.test(token) && NUMBER.test(tokens[at + 1] ?? ''),
  );
  if (methodAt < 0 || statusAt < 0 || !isIp(client)) return false;
  const [stem = '', query, port, user] = tokens.slice(methodAt + 1, methodAt + 5);
  const access: JsonObject = {};
  const server = tokens[methodAt - 1] ?? '';
  const [site, computer] = tokens.slice(2, isSite(server) ? methodAt : methodAt - 1);
  if (site !== undefined) access.site_name = site;
  if (computer !== undefined) access.server_name = computer;
  event.http = { request: { method: tokens[methodAt] } };
  event.url = { ...urlOf(stem), query: decoded(given(query)?.replaceAll('+', ' ')) };
  event.destination = { ip: isIp(server) ? server : undefined, port: portOf(port ?? '') };
  event.source = { ip: client };
  const name = given(user);
  if (name !== undefined) event.user = accountOf(name);
  readMiddle(event, tokens.slice(methodAt + 6, statusAt), access);
  readTail(event, tokens.slice(statusAt), access);
  event.event.dataset = 'iis.access';
  event.event.module = 'iis';
  event.iis = { access };
  classify(event, 'connection', true);
  return true;
}

const isSite = (token: string): boolean => /^W3SVC\d{1,10}$/.test(token);

const methodBehind = (tokens: readonly string[], isServer: (token: string) => boolean): number =>
  tokens.findIndex((token, at) => at > 2 && at < 6 && /^[A-Z_-]{3,20}$/.test(token) && isServer(tokens[at - 1] ?? ''));

/** `::1%0` names the interface behind the address. */
const withoutZone = (token: string): string => token.replace(/^([0-9a-fA-F:]{2,45})%\d{1,10}$/, '$1');

function accountOf(name: string): EcsEvent['user'] {
  const slash = name.indexOf('\\');
  return slash < 1 ? { name } : { domain: name.slice(0, slash), name: name.slice(slash + 1) };
}

/** `[HTTP/1.1] agent [cookie] [referrer] [host]`. */
function readMiddle(event: EcsEvent, middle: string[], access: JsonObject): void {
  const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(middle[0] ?? '')?.[1];
  const columns = version === undefined ? middle : middle.slice(1);
  if (version !== undefined) event.http = { ...event.http, version };
  const [agent, ...others] = columns;
  const hasHost = others.length > 1 && /^[A-Za-z0-9_.:[\]-]{1,260}$/.test(others.at(-1) ?? '') && others.at(-1) !== '-';
  const host = hasHost || others.length === 3 ? others.pop() : undefined;
  const referrer = others.pop();
  const cookie = given(others.pop());
  readBrowser(event, referrer, agent?.replaceAll('+', ' '));
  if (cookie !== undefined) access.cookie = cookie;
  const end = given(host) === undefined ? undefined : endpointOf(host ?? '');
  if (end?.domain === undefined) return;
  event.url = { ...event.url, domain: end.domain };
  event.destination = { ...event.destination, domain: end.domain };
}

/** `status substatus win32 [sent received] milliseconds [forwarded-for]`. */
function readTail(event: EcsEvent, tail: readonly string[], access: JsonObject): void {
  const end = tail.findIndex((token) => !NUMBER.test(token));
  const numbers = (end < 0 ? tail : tail.slice(0, end)).map(Number);
  const [, sub, win32, ...rest] = numbers;
  readResponse(event, tail[0], rest.length >= 2 ? String(rest[0]) : undefined);
  if (sub !== undefined) access.sub_status = sub;
  if (win32 !== undefined) access.win32_status = win32;
  const received = rest.length >= 2 ? rest[1] : undefined;
  if (received !== undefined && rest.length > 2)
    event.http = { ...event.http, request: { ...event.http?.request, body: { bytes: received } } };
  const took = rest.length > 2 ? rest[2] : rest.length === 1 ? rest[0] : undefined;
  if (took !== undefined && took < 1e9) event.event.duration = took * 1e6;
  const forwarded = end < 0 ? undefined : given(tail[end]);
  if (forwarded === undefined) return;
  const address = forwarded.split(/[,+]/, 1)[0] ?? '';
  if (isIp(address)) event.network = { forwarded_ip: address };
  else access.forwarded_for = forwarded;
}

/** `c-ip c-port s-ip s-port version method uri [stream] status site reason queue`. */
function readError(event: EcsEvent, tokens: readonly string[]): boolean {
  const [, , client = '', clientPort = '', server = '', serverPort = '', version = '', method, uri] = tokens;
  if (!isIp(client) || !isIp(server)) return false;
  event.source = { ip: client, port: portOf(clientPort) };
  event.destination = { ip: server, port: portOf(serverPort) };
  event.http = { version: /^HTTP\/(\d(?:\.\d)?)$/.exec(version)?.[1], request: { method: given(method) } };
  if (given(uri) !== undefined) event.url = urlOf(uri ?? '');
  const tail = tokens.slice(9);
  const statusAt = tail.findIndex((token) => /^[1-5]\d\d$/.test(token));
  readResponse(event, statusAt < 0 ? undefined : tail[statusAt], undefined);
  const [site, reason, queue] = tail.slice(statusAt < 0 ? Math.max(tail.length - 3, 0) : statusAt + 1);
  const error: JsonObject = {};
  const number = countOf(site);
  if (number !== undefined) error.site_id = number;
  if (given(reason) !== undefined) error.reason_phrase = reason ?? '';
  if (given(queue) !== undefined) error.queue_name = queue ?? '';
  event.event.reason = given(reason);
  event.event.dataset = 'iis.error';
  event.event.module = 'iis';
  event.iis = { error };
  classify(event, 'connection', true);
  return true;
}
