/** What a command typed on a Cisco device does to the record of what is done, where it does something. */
export function loggingAction(command: string): 'audit_log_cleared' | 'logging_disabled' | undefined {
  if (/^(?:do )?clear log/i.test(command)) return 'audit_log_cleared';
  return /^(?:no|default) (?:logging|archive|service timestamps log)\b/i.test(command) ? 'logging_disabled' : undefined;
}
