import type { AuditCategory, EcsEvent, EventCategory, EventType, OtOperation } from './event.js';

/** IEC 62443-4-2 CR 2.8: which of the six kinds of auditable events an event is, by the first row that holds. */

/** What happened to the record itself outranks what else the event is. */
const BY_ACTION: ReadonlyMap<string, AuditCategory> = new Map<string, AuditCategory>([
  ['audit_log_cleared', 'audit_log'],
  ['audit_log_full', 'audit_log'],
  ['audit_log_backed_up', 'audit_log'],
  ['audit_log_error', 'audit_log'],
  ['audit_records_lost', 'audit_log'],
  ['audit_policy_changed', 'audit_log'],
  ['audit_source_changed', 'audit_log'],
  ['logging_changed', 'audit_log'],
  ['logging_disabled', 'audit_log'],
  ['logging_started', 'audit_log'],
  ['logging_stopped', 'audit_log'],
  // auditd's own words for itself
  ['changed-audit-configuration', 'audit_log'],
  ['changed-audit-feature', 'audit_log'],
  ['changed-auditd-configuration', 'audit_log'],
  ['reconfigured-auditd', 'audit_log'],
  ['started-audit', 'audit_log'],
  ['shutdown-audit', 'audit_log'],
  ['aborted-auditd-startup', 'audit_log'],
  ['resumed-audit-logging', 'audit_log'],
  ['rotated-audit-logs', 'audit_log'],
  ['audit-error', 'audit_log'],
  ['backup_created', 'backup_restore'],
  ['backup_restored', 'backup_restore'],
  ['program_upload', 'backup_restore'],
  ['program_download', 'configuration_change'],
  ['mode_change', 'control_system'],
]);

/** Reading a program out of a controller is how it is backed up; reading values is operation, not an event to audit. */
const BY_OPERATION: ReadonlyMap<OtOperation, AuditCategory> = new Map<OtOperation, AuditCategory>([
  ['program_download', 'configuration_change'],
  ['program_upload', 'backup_restore'],
  ['time', 'configuration_change'],
  ['mode_change', 'control_system'],
  ['stop', 'control_system'],
  ['start', 'control_system'],
  ['restart', 'control_system'],
  ['control', 'control_system'],
  ['write', 'control_system'],
]);

interface Row {
  readonly category: EventCategory;
  /** Any of these; left out: any type. */
  readonly types?: readonly EventType[];
  readonly audit: AuditCategory;
}

const BY_CATEGORY: readonly Row[] = [
  {
    category: 'configuration',
    types: ['change', 'creation', 'deletion', 'installation'],
    audit: 'configuration_change',
  },
  { category: 'authentication', audit: 'access_control' },
  { category: 'session', audit: 'access_control' },
  { category: 'iam', audit: 'access_control' },
  { category: 'network', types: ['denied'], audit: 'access_control' },
  { category: 'process', types: ['denied'], audit: 'access_control' },
  { category: 'file', types: ['denied'], audit: 'access_control' },
  { category: 'web', types: ['denied', 'error'], audit: 'request_error' },
  { category: 'package', types: ['installation', 'change', 'deletion'], audit: 'configuration_change' },
  { category: 'host', types: ['start', 'end', 'error'], audit: 'control_system' },
];

export function auditCategory(event: EcsEvent): AuditCategory | undefined {
  const { action, category, type } = event.event;
  const byAction = action === undefined ? undefined : BY_ACTION.get(action);
  if (byAction !== undefined) return byAction;
  const { ot } = event;
  if (ot !== undefined) {
    if (ot.exception !== undefined) return 'request_error';
    const byOperation = ot.operation === undefined ? undefined : BY_OPERATION.get(ot.operation);
    if (byOperation !== undefined) return byOperation;
  }
  if (category === undefined) return undefined;
  for (const row of BY_CATEGORY) {
    if (category.includes(row.category) && (row.types === undefined || hasOneOf(type, row.types))) return row.audit;
  }
  return undefined;
}

function hasOneOf(types: readonly EventType[] | undefined, wanted: readonly EventType[]): boolean {
  if (types === undefined) return false;
  for (const type of wanted) if (types.includes(type)) return true;
  return false;
}
