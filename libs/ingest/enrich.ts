import type { AssetContext as Asset, AssetIndex } from '#customers/asset-index.js';
import { isPrivate } from '#ecs/addresses.js';
import type { AssetContext, EcsEvent, EndpointBlock } from '#ecs/event.js';
import { instantOfIso } from '#ecs/timestamps.js';

/** Where a line came from: the same for all lines of a delivery. */
export interface Origin {
  sourceId: string;
  siteId: string | undefined;
  /** The asset that the source belongs to, if it is the log of just one. */
  assetId: string | null;
  collector: string;
  sender: string;
  assets: AssetIndex;
}

/** Puts on an event what was true of its plant at its own time. */
export function enrich(event: EcsEvent, origin: Origin, sequence: number): void {
  const { siteId } = origin;
  const at = instantOfIso(event['@timestamp']);
  const context = (event.plantwatch ??= {});
  context.source_id = origin.sourceId;
  context.collector = origin.collector;
  context.sequence = sequence;
  context.skew_ms = instantOfIso(event.event.created) - at;
  if (siteId !== undefined) context.site = { id: siteId };
  const asset = assetOf(event, origin, at);
  if (asset) {
    context.asset = { id: asset.id, name: asset.name, role: asset.role };
    if (asset.zone) context.zone = asset.zone;
    if (asset.site) context.site = { id: asset.site.id };
  }
  const source = endOf(event.source, origin, at);
  if (source) context.source_asset = peer(source);
  const destination = endOf(event.destination, origin, at);
  if (destination) context.destination_asset = peer(destination);
  const direction = directionOf(event, source !== undefined, destination !== undefined);
  if (direction !== undefined) event.network = { ...event.network, direction };
}

function endOf(end: EndpointBlock | undefined, { assets, siteId }: Origin, at: number): Asset | undefined {
  if (end === undefined) return undefined;
  const byAddress = end.ip === undefined ? undefined : assets.byAddress(end.ip, at, siteId);
  return byAddress ?? (end.mac === undefined ? undefined : assets.byMac(end.mac, at, siteId));
}

/** `network.direction` as ECS has it, seen from the plant: its assets and private addresses are inside. What a device says stands. */
function directionOf({ source, destination, network }: EcsEvent, from: boolean, to: boolean): string | undefined {
  if (network?.direction !== undefined || source?.ip === undefined || destination?.ip === undefined) return undefined;
  const [begins, ends] = [from || isPrivate(source.ip), to || isPrivate(destination.ip)];
  if (begins) return ends ? 'internal' : 'outbound';
  return ends ? 'inbound' : 'external';
}

/**
 * Whom the event is about. Of an industrial protocol: the controller that is spoken to. Else the host that speaks of
 * itself, the source's one asset, or the sender.
 */
function assetOf(event: EcsEvent, { assets, siteId, assetId, sender }: Origin, at: number): Asset | undefined {
  if (event.ot && event.destination?.ip) {
    const controller = assets.byAddress(event.destination.ip, at, siteId);
    if (controller) return controller;
  }
  const name = event.host?.name ?? event.host?.hostname;
  return (
    (name === undefined ? undefined : (assets.byName(name, at, siteId) ?? assets.byAddress(name, at, siteId))) ??
    (event.host?.ip?.[0] === undefined ? undefined : assets.byAddress(event.host.ip[0], at, siteId)) ??
    bySelf(event, { assets, siteId }, at) ??
    (assetId === null ? undefined : assets.byId(assetId, at)) ??
    assets.byAddress(sender, at, siteId)
  );
}

/** What a device calls itself besides its name: hardware address, serial number. */
function bySelf(
  { host, observer }: EcsEvent,
  { assets, siteId }: Pick<Origin, 'assets' | 'siteId'>,
  at: number,
): Asset | undefined {
  const mac = host?.mac?.[0] ?? observer?.mac?.[0];
  const serial = observer?.serial_number;
  return (
    (serial === undefined ? undefined : assets.bySerial(serial, at, siteId)) ??
    (mac === undefined ? undefined : assets.byMac(mac, at, siteId))
  );
}

function peer({ id, name, role, zone }: Asset): AssetContext {
  return { id, name, role, ...(zone ? { zone: zone.name } : {}) };
}
