import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Severity } from './severity.js';
import type { Status, Verdict } from './triage.js';

@Entity('alerts')
export class AlertEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;

  /** Of one rule and one group; see `alert-identity.ts`. */
  @Column('text')
  series!: string;

  @Column('text', { name: 'rule_id' })
  ruleId!: string;

  @Column('text', { name: 'rule_title' })
  ruleTitle!: string;

  @Column('text', { name: 'rule_description' })
  ruleDescription!: string;

  @Column('text')
  severity!: Severity;

  @Column('integer', { name: 'risk_score' })
  riskScore!: number;

  @Column('text')
  status!: Status;

  @Column('text', { nullable: true })
  verdict!: Verdict | null;

  @Column('text', { array: true })
  techniques!: string[];

  @Column('jsonb')
  group!: Record<string, string>;

  @Column('text')
  summary!: string;

  @Column('uuid', { name: 'asset_ids', array: true })
  assetIds!: string[];

  /** As they were called when the alert was raised, in the order of `assetIds`. */
  @Column('text', { name: 'asset_names', array: true })
  assetNames!: string[];

  @Column('integer')
  count!: number;

  @Column('timestamptz', { name: 'first_event_at' })
  firstEventAt!: Date;

  @Column('timestamptz', { name: 'last_event_at' })
  lastEventAt!: Date;

  @Column('timestamptz', { name: 'raised_at' })
  raisedAt!: Date;

  /** The first time that anybody took note of it; a reopening does not undo that. */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true })
  acknowledgedAt!: Date | null;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('uuid', { name: 'claimed_by', nullable: true })
  claimedBy!: string | null;

  @Column('text', { name: 'claimed_name', nullable: true })
  claimedName!: string | null;

  @Column('timestamptz', { name: 'claim_expires_at', nullable: true })
  claimExpiresAt!: Date | null;

  @Column('uuid', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null;

  @Column('text', { name: 'assignee_name', nullable: true })
  assigneeName!: string | null;

  /** Grows by one with every change; an edit may name the one it was made on. */
  @Column('integer')
  revision!: number;

  /** Grows with every change of any alert: the place in the live stream. */
  @Column('bigint', { name: 'updated_seq' })
  updatedSeq!: string;
}
