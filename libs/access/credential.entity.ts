import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A session of a browser or a token of a program: 256 random bits, kept by their hash. */
@Entity('credentials')
export class CredentialEntity {
  @PrimaryColumn('text')
  hash!: string;

  @Column('uuid')
  id!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('text')
  kind!: 'session' | 'token';

  @Column('text')
  name!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
