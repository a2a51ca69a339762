/**
 * IEC 62443-4-2:2019, CR 2.8 Auditable events (clause 6.10): every kind of component, from SL 1, can record events of
 * these six categories. Titles are the standard's short ones, texts are our own words. Its twin for systems, SR 2.8 of
 * IEC 62443-3-3:2013, adds operating system events and potential reconnaissance.
 */
export const AUDITABLE_EVENTS = {
  id: 'CR 2.8',
  standard: 'IEC 62443-4-2:2019',
  title: 'Auditable events',
  fromLevel: 1,
} as const;

export const AUDIT_CATEGORIES = [
  'access_control',
  'request_error',
  'control_system',
  'backup_restore',
  'configuration_change',
  'audit_log',
] as const;
export type AuditCategory = (typeof AUDIT_CATEGORIES)[number];

export const CATEGORY_TEXTS: Record<AuditCategory, { title: string; text: string }> = {
  access_control: { title: 'Access control', text: 'Who signed in or out, was refused, or was given or lost a right.' },
  request_error: { title: 'Request errors', text: 'Requests that were malformed, unknown or refused.' },
  control_system: {
    title: 'Control system events',
    text: 'What the process equipment did: start, stop, mode, program, fault.',
  },
  backup_restore: { title: 'Backup and restore', text: 'That a backup was made or read back, and whether it worked.' },
  configuration_change: { title: 'Configuration changes', text: 'What was set differently, on what, and by whom.' },
  audit_log: { title: 'Audit log events', text: 'That the record itself was started, stopped, cleared or ran full.' },
};

export function isAuditCategory(name: string): name is AuditCategory {
  return name in CATEGORY_TEXTS;
}
