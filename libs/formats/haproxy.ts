import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanClf } from '#ecs/timestamps.js';
import { classify, countOf, endpointOf, given, readRequestLine, readResponse } from './web-request.js';

/** HAProxy: `option tcplog`, `option httplog`, the default and the error line (HAProxy configuration manual, 8.2). */
export const haproxy = { name: 'haproxy', matches, parse } satisfies BodyParser<'haproxy'>;

const HEAD = /^([0-9a-fA-F.:]{2,45}):(\d{1,5}) \[(?=\d\d\/)/;
const CONNECT =
  /^Connect from ([0-9a-fA-F.:]{2,45}):(\d{1,5}) to ([0-9a-fA-F.:*]{1,45}):(\d{1,5}) \(([^/)]{1,128})\/([A-Z]{2,6})\)/;
const TIMES = [
  'http_request_time_wait_ms',
  'total_waiting_time_ms',
  'connection_wait_time_ms',
  'http_request_time_wait_without_data_ms',
  'time_active_ms',
];
const CONNECTIONS = ['active', 'frontend', 'backend', 'server', 'retries'];

function matches({ process, message }: EcsEvent): boolean {
  return (
    process?.name === 'haproxy' ||
    (process?.name === undefined &&
      HEAD.test(message) &&
      / \d{1,10}\/\d{1,10}\/\d{1,10}\/\d{1,10}\/\+?\d{1,10} /.test(message))
  );
}

function parse(event: EcsEvent, arrival: Arrival): Remainder {
  event.event.dataset = 'haproxy.log';
  event.event.module = 'haproxy';
  const text = event.message;
  const connect = CONNECT.exec(text);
  if (connect !== null) readConnect(event, connect);
  else if (HEAD.test(text)) readSession(event, text, arrival);
  return 'done';
}

function readConnect(
  event: EcsEvent,
  [, from = '', fromPort = '', to = '', toPort = '', name = '', mode = '']: RegExpExecArray,
): void {
  event.source = isIp(from) ? { ip: from, port: portOf(fromPort) } : undefined;
  event.destination = isIp(to) ? { ip: to, port: portOf(toPort) } : undefined;
  event.haproxy = { frontend_name: name, mode };
  event.event.category = mode === 'HTTP' ? ['network', 'web'] : ['network'];
  event.event.type = ['connection'];
}

/** `ip:port [date] frontend backend/server times …`, where the times tell TCP (three) from HTTP (five). */
function readSession(event: EcsEvent, text: string, arrival: Arrival): void {
  const head = HEAD.exec(text);
  const stamp = head === null ? undefined : scanClf(text, head[0].length);
  const close = stamp === undefined ? -1 : text.indexOf('] ', stamp.end);
  if (head === null || stamp === undefined || close < 0) return;
  event.source = endpointOf(`${head[1]}:${head[2]}`);
  if (isIp(head[1] ?? '')) event.source = { ip: head[1], port: portOf(head[2] ?? '') };
  if (event['@timestamp'] === '') applyStamp(event, stamp, arrival);
  const tokens = text.slice(close + 2).split(' ', 24);
  const [frontend = '', server = '', times = ''] = tokens;
  const numbers = times.split('/', 6).map((time) => Number(/^\+?(-?\d{1,15})$/.exec(time)?.[1] ?? NaN));
  const block: JsonObject = { frontend_name: frontend.replace(/~$/, '') };
  const [backend, node] = server.split('/', 2);
  if (given(backend) !== undefined) block.backend_name = backend ?? '';
  if (given(node) !== undefined) block.server_name = node ?? '';
  event.haproxy = block;
  if (numbers.length >= 5) readHttp(event, tokens, numbers, text);
  else readTcp(event, tokens, numbers);
  const total = numbers.at(-1) ?? NaN;
  if (total >= 0 && total < 1e9) event.event.duration = total * 1e6;
}

function readTcp(event: EcsEvent, tokens: readonly string[], [waiting, connecting]: readonly number[]): void {
  const [bytes, state, connections, queues] = tokens.slice(3);
  const block = (event.haproxy ??= {});
  keep(block, 'total_waiting_time_ms', waiting);
  keep(block, 'connection_wait_time_ms', connecting);
  readCounts(block, bytes, state, connections);
  readQueues(block, queues);
  event.event.category = ['network'];
  event.event.type = ['connection', 'end'];
  if (state?.startsWith('PR')) event.event.type = ['connection', 'denied'];
}

function readHttp(event: EcsEvent, tokens: readonly string[], numbers: readonly number[], text: string): void {
  const [status, bytes, , , state, connections, queues] = tokens.slice(3);
  const block = (event.haproxy ??= {});
  for (const [at, name] of TIMES.entries()) keep(block, name, numbers[at]);
  readCounts(block, bytes, state, connections);
  readQueues(block, queues);
  const open = text.indexOf(' "');
  if (open >= 0) readRequestLine(event, text.slice(open + 2, text.endsWith('"') ? -1 : undefined));
  readResponse(event, status, bytes);
  classify(event, 'access', false);
}

function readCounts(
  block: JsonObject,
  bytes: string | undefined,
  state: string | undefined,
  connections: string | undefined,
): void {
  keep(block, 'bytes_read', countOf(bytes?.replace(/^\+/, '')));
  if (given(state) !== undefined) block.termination_state = state ?? '';
  const counts: JsonObject = {};
  const written = connections?.split('/', 5) ?? [];
  for (const [at, name] of CONNECTIONS.entries()) keep(counts, name, countOf(written[at]?.replace(/^\+/, '')));
  block.connections = counts;
}

function readQueues(block: JsonObject, queues: string | undefined): void {
  const [server, backend] = queues?.split('/', 2) ?? [];
  keep(block, 'server_queue', countOf(server));
  keep(block, 'backend_queue', countOf(backend));
}

function keep(block: JsonObject, name: string, value: number | undefined): void {
  if (value !== undefined && !Number.isNaN(value)) block[name] = value;
}
