import { z } from 'zod';
import { senderNetwork, SOURCE_KINDS } from './source-endpoint.js';
import { line } from './text.js';
import { instant, timeZone } from './time.js';

const network = z
  .string()
  .refine((text) => senderNetwork(text) !== undefined, 'is neither an IP address nor a network such as 10.20.0.0/16')
  .overwrite((text) => senderNetwork(text) ?? text);

/** SHA-256 of the certificate, as `openssl x509 -fingerprint -sha256` writes it, or a DNS name in it. */
const certificate = z
  .string()
  .overwrite((text) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^sha-?256[: ]/, ''),
  )
  .regex(
    /^(?:(?:[0-9a-f]{2}:){31}[0-9a-f]{2}|(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+)$/,
    'is neither a SHA-256 fingerprint such as AB:CD:… nor a DNS name',
  );

const fields = {
  name: line(120),
  assetId: z.uuid().nullable(),
  listenPort: z.number().int().min(1).max(65535).nullable(),
  senderAddresses: z.array(network).max(256),
  clientCertificate: certificate.nullable(),
  timeZone,
  parser: line(60).nullable(),
};

export const newLogSource = z.strictObject({
  tenant: z.uuid().optional(),
  kind: z.enum(SOURCE_KINDS),
  name: fields.name,
  siteId: z.uuid(),
  assetId: fields.assetId.default(null),
  listenPort: fields.listenPort.default(null),
  senderAddresses: fields.senderAddresses.default([]),
  clientCertificate: fields.clientCertificate.default(null),
  /** The site's unless told. */
  timeZone: timeZone.optional(),
  parser: fields.parser.default(null),
});
export type NewLogSource = z.output<typeof newLogSource>;

export const logSourceChange = z.strictObject(fields).partial();
export type LogSourceChange = z.output<typeof logSourceChange>;

export const logSourceAnswer = z.object({
  ...fields,
  id: z.uuid(),
  tenantId: z.uuid(),
  kind: z.enum(SOURCE_KINDS),
  siteId: z.uuid(),
  timeZone: z.string(),
  createdAt: instant,
});

/** `token` is shown this once; null for syslog, which cannot carry one. */
export const issuedLogSource = logSourceAnswer.extend({ token: z.string().nullable() });
