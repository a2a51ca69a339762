import type { AssetRole, ComponentType, Place } from './asset-index.js';

/** What a customer has, for whoever reports on it. */
export interface Inventory {
  sites: Place[];
  zones: { id: string; siteId: string; name: string; slTarget: number }[];
  assets: {
    id: string;
    name: string;
    zoneId: string | null;
    role: AssetRole;
    componentType: ComponentType;
    criticality: number;
  }[];
}

interface Lived {
  validFrom: Date | null;
  validTo: Date | null;
}

/** Whether an asset was part of the plant at any time in `[from, to)`. */
export function livedIn({ validFrom, validTo }: Lived, from: Date, to: Date): boolean {
  return (validFrom === null || validFrom < to) && (validTo === null || validTo > from);
}
