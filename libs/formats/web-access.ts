import { isIp, isPrivate } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanClf } from '#ecs/timestamps.js';
import { classify, countOf, endpointOf, given, readBrowser, readRequestLine, readResponse } from './web-request.js';

/**
 * Access logs in the common and combined log formats: Apache httpd (mod_log_config), nginx (`log_format combined`, also
 * with the virtual host in front and the chain of proxies for a client) and Traefik, whose lines end in request count,
 * router, server and time. A plain combined line does not tell who wrote it; unless syslog names it, it is Apache's.
 * The time of the syslog header stands, where there is one.
 */
export const webAccess = {
  name: 'web-access',
  matches: (first, text) => first !== 60 && first !== 123 && (first === 91 ? SSL.test(text) : dateAt(text) > 0),
  parse: (event, text, arrival) =>
    text.startsWith('[') ? readSsl(event, text, arrival) : read(event, text, arrival, undefined),
} satisfies LineParser<'web-access'>;

export const webAccessBody = {
  name: 'web-access-body',
  matches: (event) => dateAt(event.message) > 0,
  parse: (event, arrival) => read(event, event.message, arrival, productOf(event)),
} satisfies BodyParser<'web-access-body'>;

type Product = 'apache' | 'nginx' | 'traefik';

const LONGEST_PREFIX = 2048;

/** Where `[10/Oct/2000:13:55:36 -0700]` begins, or -1. */
function dateAt(text: string): number {
  const open = text.indexOf('[');
  if (open < 1 || open > LONGEST_PREFIX || text.charCodeAt(open + 1) > 57) return -1;
  return text.charCodeAt(open - 1) === 32 && scanClf(text, open + 1) !== undefined ? open : -1;
}

function productOf(event: EcsEvent): Product | undefined {
  const name = event.process?.name ?? '';
  if (name.includes('nginx')) return 'nginx';
  if (name.includes('traefik')) return 'traefik';
  return name.includes('httpd') || name.includes('apache') ? 'apache' : undefined;
}

/** Apache's ssl_request_log: `[time] client protocol cipher "request" bytes` (mod_ssl, "Custom Log Formats"). */
const SSL = /^\[(?=\d\d\/[A-Z][a-z]{2}\/\d{4}:)[^\]]{20,26}\] ([^\s"]{2,260}) ((?:TLS|SSL)v[\d.]{1,5}|-) (\S{1,80}) "/;

function readSsl(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const head = SSL.exec(text);
  const stamp = scanClf(text, 1);
  if (head === null || stamp === undefined) return 'refused';
  const [line = '', bytes] = fieldsOf(text, head[0].length - 1);
  event.event.dataset = 'apache.access';
  event.event.module = 'apache';
  event.message = text;
  if (event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  readRequestLine(event, line);
  readResponse(event, undefined, bytes);
  event.source = endpointOf(head[1] ?? '');
  event.apache = { access: { ssl: { protocol: head[2] ?? '', cipher: head[3] ?? '' } } };
  classify(event, 'access', false);
  return 'done';
}

function read(event: EcsEvent, text: string, arrival: Arrival, named: Product | undefined): Remainder {
  const open = dateAt(text);
  const stamp = scanClf(text, open + 1);
  if (open < 0 || stamp === undefined || text.charCodeAt(stamp.end) !== 93) return 'refused';
  const fields = fieldsOf(text, stamp.end + 1);
  const [line = '', status, bytes] = fields;
  if (status === undefined || !/^\d{3}$/.test(status)) return 'refused';
  const parties = partiesOf(text.slice(0, open));
  const product = named ?? guess(fields, parties);
  event.event.dataset = `${product}.access`;
  event.event.module = product;
  event.message = text;
  if (event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  readRequestLine(event, line);
  readResponse(event, status, bytes === '-' ? '0' : bytes);
  readBrowser(event, fields[3], fields[4]);
  readParties(event, parties);
  classify(event, 'access', false);
  if (product === 'traefik') readTraefik(event, fields, parties);
  else if (INGRESS.test(fields.slice(5, 8).join(' '))) readIngress(event, fields, parties);
  else if (product === 'nginx' && parties.clients.length > 0)
    event.nginx = { access: { remote_ip_list: parties.clients } };
  return 'done';
}

interface Parties {
  readonly host: string | undefined;
  readonly clients: string[];
  readonly ident: string | undefined;
  readonly user: string | undefined;
}

/** `[host[:port] ]client[, client…] ident user `, where proxies may have made a list of the client. */
function partiesOf(prefix: string): Parties {
  const tokens = prefix.trim().split(' ', 64);
  const user = given(tokens.pop());
  const ident = given(tokens.pop());
  const first = tokens[0] ?? '';
  const hosted = tokens.length > 1 && !first.endsWith(',') && !first.startsWith('"');
  const clients = (hosted ? tokens.slice(1) : tokens).map((token) => token.replace(/^"|[",]+$/g, '')).filter(Boolean);
  return { host: hosted ? first : undefined, clients, ident, user };
}

/** The first address of the chain that is no private one is the nearest to the person. */
function readParties(event: EcsEvent, { host, clients, user }: Parties): void {
  const client = clients.find((text) => isIp(text) && !isPrivate(text)) ?? clients[0];
  if (client !== undefined) event.source = client === 'unix:' ? undefined : endpointOf(client);
  if (user !== undefined) event.user = { name: user };
  const destination = host === undefined ? undefined : endpointOf(host);
  if (destination === undefined) return;
  event.destination = destination;
  if (destination.domain !== undefined) event.url = { ...event.url, domain: destination.domain };
}

/** Behind the date: values in quotes or bare, a quote inside one written `\"`. */
function fieldsOf(text: string, at: number): string[] {
  const fields: string[] = [];
  for (let i = at; i < text.length && fields.length < 32;) {
    const c = text.charCodeAt(i);
    if (c === 32) i++;
    else if (c === 34) {
      const end = closingQuote(text, i + 1);
      fields.push(text.slice(i + 1, end));
      i = end + 1;
    } else {
      const space = text.indexOf(' ', i);
      const end = space < 0 ? text.length : space;
      fields.push(text.slice(i, end));
      i = end;
    }
  }
  return fields;
}

function closingQuote(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) return i;
    if (c === 92) i++;
  }
  return text.length;
}

/** Traefik has four more fields; nginx writes a list of clients or the forwarded addresses, and never `-` for a size. */
function guess(fields: readonly string[], { clients, host }: Parties): Product {
  if (fields.length >= 9 && /^\d{1,10}ms$/.test(fields[8] ?? '')) return 'traefik';
  if (clients.length > 1 || clients[0] === 'unix:' || fields[0] === '' || fields[1] === '499') return 'nginx';
  if (fields.length === 6 && /^(?:-|[0-9a-f.:]{2,45}(?:, ?[0-9a-f.:]{2,45}){0,16})$/i.test(fields[5] ?? ''))
    return 'nginx';
  return host !== undefined && !/:\d{1,5}$/.test(host) ? 'nginx' : 'apache';
}

/** ingress-nginx: `length seconds [upstream] [alternative] addresses lengths seconds statuses id` behind the agent. */
const INGRESS = /^\d{1,16} \d{1,10}\.\d{3} \[[^\]]{0,256}\]$/;

/** Source: "Log format" of the ingress-nginx user guide. */
function readIngress(event: EcsEvent, fields: readonly string[], { clients }: Parties): void {
  const [length, , name, , ...tried] = fields.slice(5);
  const id = tried.at(-1);
  // Of several that were tried, `a:80, b:80`, the last has answered.
  const address = tried.find((token) => !token.endsWith(','));
  const upstream: JsonObject = { name: name?.slice(1, -1) ?? '' };
  const end = endpointOf(given(address) ?? '');
  if (end?.ip !== undefined) Object.assign(upstream, { ip: end.ip, port: end.port });
  event.nginx = { ingress_controller: { remote_ip_list: clients, upstream } };
  const request = { ...event.http?.request };
  const bytes = countOf(length);
  if (bytes !== undefined) request.bytes = bytes;
  if (given(id) !== undefined) request.id = id;
  event.http = { ...event.http, request };
  event.event.dataset = 'nginx.ingress_controller';
  event.event.module = 'nginx';
  event.event.type = ['info'];
}

function readTraefik(event: EcsEvent, fields: readonly string[], { ident }: Parties): void {
  const [count, router, server, time] = fields.slice(5, 9);
  const access: JsonObject = {};
  const number = countOf(count);
  if (number !== undefined) access.request_count = number;
  if (given(router) !== undefined) access.frontend_name = router ?? '';
  if (given(server) !== undefined) access.backend_url = server ?? '';
  if (ident !== undefined) access.user_identifier = ident;
  event.traefik = { access };
  const milliseconds = countOf(time?.slice(0, -2));
  if (milliseconds !== undefined && milliseconds < 1e9) event.event.duration = milliseconds * 1e6;
}
