import { isIp } from '#ecs/addresses.js';
import type { EndpointBlock, JsonObject } from '#ecs/event.js';
import { integerOf, objectAt, textOf } from '#ecs/json-values.js';

/** Zeek writes `id.orig_h`; some shippers nest it or write `id_orig_h`. */
export function addressOf(document: JsonObject, side: 'orig' | 'resp'): string | undefined {
  return (
    textOf(document[`id.${side}_h`]) ??
    textOf(objectAt(document, 'id')?.[`${side}_h`]) ??
    textOf(document[`id_${side}_h`])
  );
}

/** One end of the connection; of a row without any, the one host that it speaks of. */
export function endpoint(document: JsonObject, side: 'orig' | 'resp'): EndpointBlock | undefined {
  const ip =
    addressOf(document, side) ?? sideOf(document, side, 'h') ?? (side === 'orig' ? hostOf(document) : undefined);
  const mac = macOf(document, side);
  if (ip === undefined || !isIp(ip)) return mac === undefined ? undefined : { mac };
  const port = portOf(document, side);
  const block: EndpointBlock = { ip };
  if (port !== undefined && port >= 0 && port <= 65_535) block.port = port;
  if (mac !== undefined) block.mac = mac;
  return block;
}

/** As ECS writes it. */
export function macText(text: string): string {
  return text.slice(0, 64).replaceAll(':', '-').toUpperCase();
}

/** An address where it is one, to be spread into an endpoint. */
export function ipBlock(text: string | undefined): { ip?: string } {
  return text !== undefined && isIp(text) ? { ip: text } : {};
}

/** `host` of `known_hosts` and the like; in `http` it is a name. */
function hostOf(document: JsonObject): string | undefined {
  return textOf(document.host);
}

function portOf(document: JsonObject, side: 'orig' | 'resp'): number | undefined {
  return (
    integerOf(document[`id.${side}_p`] ?? objectAt(document, 'id')?.[`${side}_p`] ?? document[`id_${side}_p`]) ??
    integerOf(sideOf(document, side, 'p'))
  );
}

/** ICSNPP's own columns name sender and receiver of the message; the connection's come first. */
function sideOf(document: JsonObject, side: 'orig' | 'resp', what: 'h' | 'p'): string | undefined {
  if (typeof document.is_orig !== 'boolean' || addressOf(document, side) !== undefined) return undefined;
  return textOf(document[`${(side === 'orig') === document.is_orig ? 'source' : 'destination'}_${what}`]);
}

function macOf(document: JsonObject, side: 'orig' | 'resp'): string | undefined {
  const mac = textOf(document[`${side}_l2_addr`]);
  return mac === undefined ? undefined : macText(mac);
}
