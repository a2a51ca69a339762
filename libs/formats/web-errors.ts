import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf } from '#ecs/json-values.js';
import type { Arrival, BodyParser, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanBsd, scanIso } from '#ecs/timestamps.js';
import { endpointOf, readRequestLine } from './web-request.js';

/**
 * Error logs of Apache httpd (`ErrorLogFormat` of 2.2 and 2.4, https://httpd.apache.org/docs/2.4/mod/core.html) and of
 * nginx (`ngx_log.c`).
 */
export const webErrors = {
  name: 'web-errors',
  matches: (first, text) => (first === 91 ? APACHE.test(text) : first === 50 && NGINX.test(text)),
  parse: (event, text, arrival) => (text.charCodeAt(0) === 91 ? readApache : readNginx)(event, text, arrival),
} satisfies LineParser<'web-errors'>;

/** Syslog has said the time; what is left begins at the level. */
export const webErrorsBody = {
  name: 'web-errors-body',
  matches: ({ message }) =>
    message.startsWith('[') ? APACHE.test(message) : message.startsWith('2') && NGINX.test(message),
  parse: (event, arrival) => (event.message.startsWith('[') ? readApache : readNginx)(event, event.message, arrival),
} satisfies BodyParser<'web-errors-body'>;

const APACHE =
  /^\[(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) ([A-Z][a-z]{2} [ 0-3]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?) (\d{4})\] \[(?:([a-z0-9_-]{1,40}):)?([a-z0-9]{1,10})\] (?:\[pid (\d{1,10})(?::tid (\d{1,20}))?\] )?/;
const CLIENT = /^\[(?:client|remote) ([^\]\s]{1,260})\] /;
const MISSING = /^(?:AH\d{5}: )?File does not exist: (.{1,4096}?)(?:, referer: .{0,4096})?$/;
const NGINX = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d) \[([a-z]{3,6})\] (\d{1,10})#(\d{1,10}): (?:\*(\d{1,19}) )?/;
/** Levels that say that something went wrong. */
const WRONG = new Set(['emerg', 'alert', 'crit', 'error', 'warn']);

function readApache(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const head = APACHE.exec(text);
  // `Dec 26 16:15:55.103522`, the year from the end in front of it.
  const stamp = head === null ? undefined : scanBsd(`${head[2]} ${head[1]} `, 0);
  if (head === null || stamp === undefined) return 'refused';
  const [whole, , , module, level = '', pid, tid] = head;
  let rest = text.slice(whole.length);
  const client = CLIENT.exec(rest);
  if (client !== null) {
    rest = rest.slice(client[0].length);
    event.source = endpointOf(client[1] ?? '');
  }
  describe(event, 'apache.error', level, rest);
  if (event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  setProcess(event, pid, tid);
  if (module !== undefined) event.apache = { error: { module } };
  const path = MISSING.exec(rest)?.[1];
  if (path !== undefined) event.file = { path };
  return 'done';
}

function readNginx(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const head = NGINX.exec(text);
  const stamp = head === null ? undefined : scanIso(`${head[1]}-${head[2]}-${head[3]} ${head[4]}`, 0);
  if (head === null || stamp === undefined) return 'refused';
  const message = text.slice(head[0].length);
  describe(event, 'nginx.error', head[5] ?? '', message);
  if (event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  setProcess(event, head[6], head[7]);
  const error: JsonObject = {};
  const connection = integerOf(head[8]);
  if (connection !== undefined) error.connection_id = connection;
  event.nginx = { error };
  const client = /, client: ([0-9a-fA-F.:]{2,45})(?:,|$)/.exec(message)?.[1];
  if (client !== undefined) event.source = endpointOf(client);
  const request = /, request: "([^"]{1,8192})"/.exec(message)?.[1];
  if (request !== undefined) readRequestLine(event, request);
  return 'done';
}

function setProcess(event: EcsEvent, pid: string | undefined, tid: string | undefined): void {
  const number = integerOf(pid);
  const thread = integerOf(tid);
  if (number === undefined) return;
  event.process = { ...event.process, pid: number };
  if (thread !== undefined) event.process.thread = { id: thread };
}

function describe(event: EcsEvent, dataset: string, level: string, message: string): void {
  event.event.dataset = dataset;
  event.event.module = dataset.split('.', 1)[0];
  event.event.category = ['web'];
  event.event.type = [WRONG.has(level) ? 'error' : 'info'];
  event.log = { ...event.log, level };
  event.message = message;
}
