import { z } from 'zod';
import { ASSET_ROLES, COMPONENT_TYPES, plainAddress } from './asset-index.js';
import { isAddress } from './source-endpoint.js';
import { line } from './text.js';
import { instant, moment } from './time.js';

const address = z.string().refine(isAddress, 'is not an IP address').overwrite(plainAddress);

/** Written in any of the usual ways, kept as ECS has them: capitals, hyphens. */
const mac = z
  .string()
  .regex(/^(?:[0-9a-f]{2}[:.-]?){5}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}$/i, 'is not a hardware address')
  .overwrite((text) =>
    text
      .replaceAll(/[:.-]/g, '')
      .toUpperCase()
      .replaceAll(/..(?!$)/g, '$&-'),
  );

const facts = {
  name: line(120),
  zoneId: z.uuid().nullable(),
  componentType: z.enum(COMPONENT_TYPES),
  role: z.enum(ASSET_ROLES),
  criticality: z.number().int().min(1).max(4),
  addresses: z.array(address).max(64),
  hostnames: z.array(line(253)).max(64),
  macs: z.array(mac).max(64),
  serialNumbers: z.array(line(120)).max(16),
  vendor: line(120).nullable(),
  model: line(120).nullable(),
};

export const newAsset = z.strictObject({
  ...facts,
  tenant: z.uuid().optional(),
  zoneId: facts.zoneId.default(null),
  criticality: facts.criticality.default(2),
  addresses: facts.addresses.default([]),
  hostnames: facts.hostnames.default([]),
  macs: facts.macs.default([]),
  serialNumbers: facts.serialNumbers.default([]),
  vendor: facts.vendor.default(null),
  model: facts.model.default(null),
  validFrom: moment.nullable().default(null),
  validTo: moment.nullable().default(null),
});
export type NewAsset = z.output<typeof newAsset>;

/** `validFrom`: since when the change is true (now unless told); what was true before stays true of the time before. */
export const assetChange = z.strictObject({ ...facts, validFrom: moment, validTo: moment.nullable() }).partial();
export type AssetChange = z.output<typeof assetChange>;

export const assetAnswer = z.object({
  ...facts,
  id: z.uuid(),
  tenantId: z.uuid(),
  validFrom: instant.nullable(),
  validTo: instant.nullable(),
  createdAt: instant,
});
