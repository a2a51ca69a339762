import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EventType } from '#ecs/event.js';
import type { UrlBlock } from '#ecs/web-blocks.js';

/** What every log of a web server or proxy says of a request, in ECS terms. */

const LARGEST = Number.MAX_SAFE_INTEGER;
const METHOD = /^[A-Z][A-Z_-]{1,31}$/;
const VERSION = /^HTTP\/(\d(?:\.\d)?)$/;
const UNAUTHORISED = new Set([401, 403, 407]);

/** A value that servers write as `-` when there is none. */
export function given(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === '-' ? undefined : text;
}

export function countOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= LARGEST ? number : undefined;
}

/** `GET /path?query HTTP/1.1`; clients that speak no HTTP leave anything here. */
export function readRequestLine(event: EcsEvent, line: string): void {
  const first = line.indexOf(' ');
  const last = line.lastIndexOf(' ');
  const method = line.slice(0, Math.max(first, 0));
  if (!METHOD.test(method)) return;
  const version = last > first ? VERSION.exec(line.slice(last + 1)) : null;
  const target = line.slice(first + 1, version === null ? undefined : last);
  event.http = { ...event.http, request: { ...event.http?.request, method } };
  if (version !== null) event.http.version = version[1];
  if (target !== '') event.url = { ...event.url, ...urlOf(target) };
}

export function readResponse(event: EcsEvent, status: string | undefined, bytes: string | undefined): void {
  const code = /^[1-9]\d\d$/.test(status ?? '') ? Number(status) : undefined;
  const length = countOf(bytes);
  if (code === undefined && length === undefined) return;
  const response = { ...event.http?.response };
  if (code !== undefined) response.status_code = code;
  if (length !== undefined) response.body = { bytes: length };
  event.http = { ...event.http, response };
}

export function readBrowser(event: EcsEvent, referrer: string | undefined, agent: string | undefined): void {
  const from = given(referrer);
  const original = given(agent);
  if (from !== undefined) event.http = { ...event.http, request: { ...event.http?.request, referrer: from } };
  if (original !== undefined) event.user_agent = { original };
}

/** `web` by ECS; a refused or failed request is one of the six kinds of CR 2.8 whatever its type says. */
export function classify(event: EcsEvent, type: EventType, network: boolean): void {
  event.event.category = network ? ['web', 'network'] : ['web'];
  event.event.type = [type];
  const status = event.http?.response?.status_code;
  if (status === undefined) return;
  event.event.outcome = status < 400 ? 'success' : 'failure';
  if (status < 400) return;
  event.plantwatch ??= {};
  event.plantwatch.audit_category = UNAUTHORISED.has(status) ? 'access_control' : 'request_error';
}

/** The parts of a request target: origin form (`/a?b`), absolute form, or a host and port (CONNECT). RFC 9112, 3.2. */
export function urlOf(original: string): UrlBlock {
  const url: UrlBlock = { original };
  let rest = original;
  const scheme = /^([a-z][a-z0-9+.-]{1,15}):\/\//i.exec(rest);
  if (scheme !== null) {
    url.scheme = scheme[1]?.toLowerCase();
    const hostAt = scheme[0].length;
    const slash = rest.slice(hostAt).search(/[/?#]/);
    readAuthority(url, slash < 0 ? rest.slice(hostAt) : rest.slice(hostAt, hostAt + slash));
    rest = slash < 0 ? '' : rest.slice(hostAt + slash);
  }
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    if (hash + 1 < rest.length) url.fragment = rest.slice(hash + 1);
    rest = rest.slice(0, hash);
  }
  const mark = rest.indexOf('?');
  const path = mark < 0 ? rest : rest.slice(0, mark);
  if (mark >= 0 && mark + 1 < rest.length) url.query = decoded(rest.slice(mark + 1));
  if (path !== '') url.path = decoded(path);
  const extension = extensionOf(path);
  if (extension !== undefined) url.extension = extension;
  return url;
}

/** With its %xx read as UTF-8, so that no rule is evaded by them; as it stands where they are none. RFC 3986, 2.1. */
export function decoded<T extends string | undefined>(text: T): T | string {
  if (text?.includes('%') !== true) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readAuthority(url: UrlBlock, authority: string): void {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const colon = host.endsWith(']') ? -1 : host.lastIndexOf(':');
  const domain = colon < 0 ? host : host.slice(0, colon);
  if (domain !== '') url.domain = domain;
  const port = colon < 0 ? undefined : portOf(host.slice(colon + 1));
  if (port !== undefined) url.port = port;
}

function extensionOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const point = name.lastIndexOf('.');
  const extension = point < 0 ? '' : name.slice(point + 1);
  return /^[A-Za-z0-9]{1,16}$/.test(extension) ? extension : undefined;
}

/** An address, a name, or a socket (`unix:`); with a port behind it or not. */
export function endpointOf(text: string): EcsEvent['source'] {
  const bare = text.startsWith('[') ? text.slice(1).replace(/\](?=:|$)/, '\0') : text;
  if (isIp(bare)) return { ip: bare };
  const at = text.startsWith('[') ? bare.indexOf('\0') : text.lastIndexOf(':');
  const host = at < 0 ? bare : bare.slice(0, at);
  const port = at < 0 ? undefined : portOf(bare.slice(at + 1).replace(/^:/, ''));
  if (host === '') return undefined;
  const end: EcsEvent['source'] = isIp(host) ? { ip: host } : { domain: host };
  if (port !== undefined && port > 0) end.port = port;
  return end;
}
