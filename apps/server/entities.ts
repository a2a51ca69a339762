import { AuditRecordEntity } from '#audit/audit-record.entity.js';
import { AssignmentEntity } from '#access/assignment.entity.js';
import { CredentialEntity } from '#access/credential.entity.js';
import { PersonEntity } from '#access/person.entity.js';
import { TenantEntity } from '#tenancy/tenant.entity.js';

/** Every table that the server reads or writes; the isolation tests walk this list. */
export const entities = [TenantEntity, AuditRecordEntity, PersonEntity, AssignmentEntity, CredentialEntity];
