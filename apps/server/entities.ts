import { AssignmentEntity } from '#access/assignment.entity.js';
import { CredentialEntity } from '#access/credential.entity.js';
import { PersonEntity } from '#access/person.entity.js';
import { AlertEventEntity } from '#alerts/alert-event.entity.js';
import { AlertHistoryEntity } from '#alerts/alert-history.entity.js';
import { AlertEntity } from '#alerts/alert.entity.js';
import { EscalationPolicyEntity } from '#alerts/escalation-policy.entity.js';
import { EscalationStepEntity } from '#alerts/escalation-step.entity.js';
import { AuditRecordEntity } from '#audit/audit-record.entity.js';
import { ReportEntity, ReportScheduleEntity } from '#compliance/report.entity.js';
import { AssetEntity, AssetVersionEntity } from '#customers/asset.entity.js';
import { MaintenanceWindowEntity, ChangeTicketEntity } from '#customers/change.entity.js';
import { LogSourceEntity, LogSourceEndpointEntity } from '#customers/log-source.entity.js';
import { PlantVersionEntity } from '#customers/plant-version.entity.js';
import { SiteEntity, ZoneEntity, ConduitEntity } from '#customers/plant.entity.js';
import { SuppressedMatchEntity } from '#detection/suppressed-match.entity.js';
import { EventIndexEntity } from '#events/event-index.entity.js';
import { DeadLetterEntity } from '#ingest/dead-letter.entity.js';
import { RefusedSenderEntity } from '#ingest/refused-sender.entity.js';
import { SourceCounterEntity } from '#ingest/source-counter.entity.js';
import { ChannelEntity } from '#notify/channel.entity.js';
import { DeliveryEntity } from '#notify/delivery.entity.js';
import { TenantEntity } from '#tenancy/tenant.entity.js';

/** Every table that the server reads or writes; the isolation tests walk this list. */
export const entities = [
  AssignmentEntity,
  CredentialEntity,
  PersonEntity,
  AlertEventEntity,
  AlertHistoryEntity,
  AlertEntity,
  EscalationPolicyEntity,
  EscalationStepEntity,
  AuditRecordEntity,
  ReportEntity,
  ReportScheduleEntity,
  AssetEntity,
  AssetVersionEntity,
  PlantVersionEntity,
  MaintenanceWindowEntity,
  ChangeTicketEntity,
  LogSourceEntity,
  LogSourceEndpointEntity,
  SiteEntity,
  ZoneEntity,
  ConduitEntity,
  SuppressedMatchEntity,
  EventIndexEntity,
  DeadLetterEntity,
  RefusedSenderEntity,
  SourceCounterEntity,
  ChannelEntity,
  DeliveryEntity,
  TenantEntity,
];
