import type { AssetContext as Asset, AssetIndex } from '#customers/asset-index.js';
import type { AssetContext, EcsEvent } from '#ecs/event.js';
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
  const { assets, siteId } = origin;
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
  const source = event.source?.ip && assets.byAddress(event.source.ip, at, siteId);
  if (source) context.source_asset = peer(source);
  const destination = event.destination?.ip && assets.byAddress(event.destination.ip, at, siteId);
  if (destination) context.destination_asset = peer(destination);
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
    (assetId === null ? undefined : assets.byId(assetId, at)) ??
    assets.byAddress(sender, at, siteId)
  );
}

function peer({ id, name, role, zone }: Asset): AssetContext {
  return { id, name, role, ...(zone ? { zone: zone.name } : {}) };
}
