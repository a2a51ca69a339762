import { z } from 'zod';
import { line } from './text.js';
import { instant, timeZone } from './time.js';

const tenant = z.uuid().optional();
const name = line(120);
const slTarget = z.number().int().min(1).max(4);
const services = z.array(line(80)).max(100);
const row = { id: z.uuid(), tenantId: z.uuid(), createdAt: instant };

export const newSite = z.strictObject({ tenant, name, timeZone: timeZone.optional() });
export type NewSite = z.output<typeof newSite>;
export const siteChange = z.strictObject({ name, timeZone }).partial();
export type SiteChange = z.output<typeof siteChange>;
export const siteAnswer = z.object({ ...row, name, timeZone: z.string() });

export const newZone = z.strictObject({ tenant, siteId: z.uuid(), name, slTarget });
export type NewZone = z.output<typeof newZone>;
export const zoneChange = z.strictObject({ name, slTarget }).partial();
export type ZoneChange = z.output<typeof zoneChange>;
export const zoneAnswer = z.object({ ...row, siteId: z.uuid(), name, slTarget });

export const newConduit = z.strictObject({
  tenant,
  fromZoneId: z.uuid(),
  toZoneId: z.uuid(),
  services: services.default([]),
});
export type NewConduit = z.output<typeof newConduit>;
export const conduitChange = z.strictObject({ services }).partial();
export type ConduitChange = z.output<typeof conduitChange>;
export const conduitAnswer = z.object({ ...row, fromZoneId: z.uuid(), toZoneId: z.uuid(), services });
