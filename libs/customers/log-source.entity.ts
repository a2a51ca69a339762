import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SourceKind } from './source-endpoint.js';

@Entity('log_sources')
export class LogSourceEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @Column('text')
  kind!: SourceKind;

  @Column('text')
  name!: string;

  @Column('uuid', { name: 'site_id' })
  siteId!: string;

  /** Set when the source is one device; null when it relays for several. */
  @Column('uuid', { name: 'asset_id', nullable: true })
  assetId!: string | null;

  @Column('integer', { name: 'listen_port', nullable: true })
  listenPort!: number | null;

  /** Networks in CIDR form; none means any sender. */
  @Column('text', { name: 'sender_addresses', array: true })
  senderAddresses!: string[];

  /** Of a client whose certificate tells the source: its SHA-256 fingerprint or a DNS name, in lower case. */
  @Column('text', { name: 'client_certificate', nullable: true })
  clientCertificate!: string | null;

  /** For times that come without a zone (RFC 3164). */
  @Column('text', { name: 'time_zone' })
  timeZone!: string;

  @Column('text', { nullable: true })
  parser!: string | null;

  /** SHA-256 of the token, hex; never read back. */
  @Column('text', { name: 'token_hash', nullable: true, select: false })
  tokenHash!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
}

/** Ports and senders that a syslog source claims; the database lets no two sources of any tenant overlap. */
@Entity('log_source_endpoints')
export class LogSourceEndpointEntity {
  @PrimaryColumn('uuid', { name: 'source_id' })
  sourceId!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  @PrimaryColumn('int4range')
  ports!: string;

  @PrimaryColumn('cidr')
  sender!: string;
}
