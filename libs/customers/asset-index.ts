import ipaddr from 'ipaddr.js';

/** IEC 62443-4-2, clause 4: the four kinds of component. */
export const COMPONENT_TYPES = ['embedded_device', 'host_device', 'network_device', 'software_application'] as const;
export type ComponentType = (typeof COMPONENT_TYPES)[number];

export const ASSET_ROLES = [
  'plc',
  'rtu',
  'sis',
  'hmi',
  'engineering_workstation',
  'historian',
  'operator_station',
  'network_device',
  'firewall',
  'server',
  'jump_host',
  'sensor',
  'actuator',
] as const;
export type AssetRole = (typeof ASSET_ROLES)[number];

/** What is known of an asset and may change in its life. */
export interface AssetFacts {
  name: string;
  role: AssetRole;
  componentType: ComponentType;
  criticality: number;
  zoneId: string | null;
  addresses: string[];
  hostnames: string[];
  /** As ECS writes them: `00-00-5E-00-53-23`. Versions that were kept before there were any have none. */
  macs?: string[];
  serialNumbers?: string[];
}

/** Facts that held in `[validFrom, validTo)`, milliseconds since 1970; null is without end. */
export interface AssetVersion extends AssetFacts {
  assetId: string;
  validFrom: number | null;
  validTo: number | null;
}

export interface Place {
  id: string;
  name: string;
}

export interface AssetContext {
  id: string;
  name: string;
  role: AssetRole;
  componentType: ComponentType;
  criticality: number;
  zone: Place | null;
  site: Place | null;
}

interface Entry {
  context: AssetContext;
  from: number;
  to: number;
}

/** Which asset is meant by an address or a name at a time. Two assets that both could be meant are no answer. */
export class AssetIndex {
  private readonly addresses = new Map<string, Entry[]>();
  private readonly names = new Map<string, Entry[]>();
  private readonly ids = new Map<string, Entry[]>();
  private readonly macs = new Map<string, Entry[]>();
  private readonly serials = new Map<string, Entry[]>();

  /** @param zones by id, each with its site */
  constructor(versions: readonly AssetVersion[], zones: ReadonlyMap<string, Place & { site: Place }>) {
    for (const version of versions) {
      const entry = entryOf(version, zones);
      add(this.ids, version.assetId, entry);
      for (const address of new Set(version.addresses.map(plainAddress))) add(this.addresses, address, entry);
      for (const name of new Set([version.name, ...version.hostnames].map(plainName))) add(this.names, name, entry);
      for (const mac of new Set(version.macs)) add(this.macs, mac, entry);
      for (const serial of new Set(version.serialNumbers)) add(this.serials, serial, entry);
    }
  }

  /** @param siteId plants reuse addresses: the source's site decides between assets that share one */
  byAddress(ip: string, at: number, siteId?: string): AssetContext | undefined {
    return only(this.addresses.get(plainAddress(ip)), at, siteId);
  }

  byName(host: string, at: number, siteId?: string): AssetContext | undefined {
    return only(this.names.get(plainName(host)), at, siteId);
  }

  /** @param mac as ECS writes it */
  byMac(mac: string, at: number, siteId?: string): AssetContext | undefined {
    return only(this.macs.get(mac), at, siteId);
  }

  bySerial(serialNumber: string, at: number, siteId?: string): AssetContext | undefined {
    return only(this.serials.get(serialNumber), at, siteId);
  }

  /** As it was at a time; without one, as it was last. */
  byId(id: string, at?: number): AssetContext | undefined {
    const versions = this.ids.get(id);
    if (at !== undefined) return versions?.find((entry) => holds(entry, at))?.context;
    return versions?.reduce((last, entry) => (entry.from >= last.from ? entry : last)).context;
  }
}

function entryOf(version: AssetVersion, zones: ReadonlyMap<string, Place & { site: Place }>): Entry {
  const { assetId: id, name, role, componentType, criticality, zoneId, validFrom, validTo } = version;
  const zone = zoneId === null ? undefined : zones.get(zoneId);
  const place = { zone: zone ? { id: zone.id, name: zone.name } : null, site: zone?.site ?? null };
  return {
    context: { id, name, role, componentType, criticality, ...place },
    from: validFrom ?? -Infinity,
    to: validTo ?? Infinity,
  };
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

function holds({ from, to }: Entry, at: number): boolean {
  return from <= at && at < to;
}

function only(entries: readonly Entry[] | undefined, at: number, siteId?: string): AssetContext | undefined {
  if (entries === undefined) return undefined;
  const found = entries.length === 1 && holds(entries[0]!, at) ? entries : entries.filter((entry) => holds(entry, at));
  if (found.length < 2 || siteId === undefined) return found.length === 1 ? found[0]?.context : undefined;
  const near = found.filter(({ context }) => context.site?.id === siteId);
  return near.length === 1 ? near[0]?.context : undefined;
}

/** One spelling an address: IPv6 has many (RFC 5952), and IPv4 may come mapped into it. */
export function plainAddress(ip: string): string {
  return ip.includes(':') && ipaddr.isValid(ip) ? ipaddr.process(ip).toString() : ip;
}

function plainName(name: string): string {
  return name.toLowerCase();
}
