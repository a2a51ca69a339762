import { isIp } from '#ecs/addresses.js';
import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf, parseObject, textOf } from '#ecs/json-values.js';
import type { Arrival, BodyParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';

/** AMD Pensando's distributed firewall: a JSON list of flows in a syslog message whose header lacks its message id. */
export const pensando = { name: 'pensando', matches, parse } satisfies BodyParser<'pensando'>;

const START = /^(?:pen-tmagent (\d{1,10}) {1,3}- )?(?=\[\{"time":)/;
const ACTIONS: ReadonlyMap<string, 'allowed' | 'denied'> = new Map([
  ['allow', 'allowed'],
  ['implicit_allow', 'allowed'],
  ['deny', 'denied'],
  ['implicit_deny', 'denied'],
  ['reject', 'denied'],
]);

function matches({ message }: EcsEvent): boolean {
  return (
    (message.startsWith('[{') || message.startsWith('pen-')) &&
    START.test(message) &&
    message.includes('"session-state"')
  );
}

function parse(event: EcsEvent, arrival: Arrival): Remainder {
  const head = START.exec(event.message);
  if (head === null) return 'refused';
  const text = event.message.slice(head[0].length);
  // The list as an object, for the same checks as any other document.
  const flows = parseObject(`{"flows":${text}}`)?.flows;
  const flow = Array.isArray(flows) ? flows[0] : undefined;
  if (typeof flow !== 'object' || flow === null || Array.isArray(flow)) return 'refused';
  event.process ??= { name: 'pen-tmagent' };
  const pid = integerOf(head[1]);
  if (pid !== undefined) event.process.pid = pid;
  // The header breaks RFC 5424 in every message of this device: nothing is wrong with this one.
  if (event.error?.message.startsWith('not RFC 5424')) event.error = undefined;
  if (Array.isArray(flows) && flows.length > 1)
    addFlaw(event, `${flows.length} flows in one message, the first is read`);
  describe(event, flow, text);
  const stamp = scanIso(textOf(flow.time) ?? '', 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  return 'done';
}

function describe(event: EcsEvent, flow: JsonObject, text: string): void {
  const source = textOf(flow.srcaddr) ?? '';
  const destination = textOf(flow.destaddr) ?? '';
  if (isIp(source)) event.source = { ip: source, port: portOf(flow.srcport) };
  if (isIp(destination)) event.destination = { ip: destination, port: portOf(flow.destport) };
  const action = ACTIONS.get(textOf(flow.action)?.toLowerCase() ?? '');
  // Wider than a double holds, so taken from the text.
  const rule = /"rule-id":\s?"?(\d{1,20})/.exec(text)?.[1];
  event.event.dataset = 'pensando.dfw';
  event.event.module = 'pensando';
  event.event.category = ['network'];
  event.event.type = action === undefined ? ['connection'] : ['connection', action];
  event.event.outcome = action === undefined ? undefined : action === 'allowed' ? 'success' : 'failure';
  if (action !== undefined) event.event.action = action;
  if (rule !== undefined) event.rule = { id: rule };
  event.network = { transport: textOf(flow.protocol)?.toLowerCase(), type: source.includes(':') ? 'ipv6' : 'ipv4' };
  event.observer = { vendor: 'Pensando Systems', product: 'Distributed Services Platform', type: 'firewall' };
  event.pensando = { dfw: rule === undefined ? flow : { ...flow, 'rule-id': rule } };
}

function portOf(value: JsonObject[string] | undefined): number | undefined {
  const port = integerOf(value);
  return port !== undefined && port >= 0 && port <= 65_535 ? port : undefined;
}
