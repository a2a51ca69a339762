import type { SettableField } from './ecs-setters.js';

/**
 * The columns of PAN-OS's logs by type (PAN-OS Administrator's Guide, "Syslog Field Descriptions"), as `panw.panos`
 * names them. Versions add columns at the end only, so one list serves all; `-` is reserved for future use.
 */

const HEAD = '- receive_time serial type subtype - generated_time';
const SESSION =
  `${HEAD} source_ip destination_ip nat_source_ip nat_destination_ip rule source_user destination_user application vsys ` +
  'source_zone destination_zone inbound_interface outbound_interface log_action - session_id repeat_count source_port ' +
  'destination_port nat_source_port nat_destination_port flags protocol action';
const GROUPS = 'dg_1 dg_2 dg_3 dg_4 vsys_name device_name';

export const COLUMNS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    TRAFFIC:
      `${SESSION} bytes bytes_sent bytes_received packets start_time elapsed_time category - sequence action_flags ` +
      `source_country destination_country - packets_sent packets_received session_end_reason ${GROUPS} action_source ` +
      'source_vm_uuid destination_vm_uuid tunnel_id monitor_tag parent_session_id parent_start_time tunnel_type ' +
      'sctp_association_id sctp_chunks sctp_chunks_sent sctp_chunks_received rule_uuid http2_connection',
    THREAT:
      `${SESSION} url threat category severity direction sequence action_flags source_country destination_country - ` +
      'content_type pcap_id file_digest cloud url_index user_agent file_type x_forwarded_for referer sender subject ' +
      `recipient report_id ${GROUPS} - source_vm_uuid destination_vm_uuid http_method tunnel_id monitor_tag ` +
      'parent_session_id parent_start_time tunnel_type threat_category content_version - sctp_association_id ' +
      'payload_protocol_id http_headers url_categories rule_uuid http2_connection dynamic_user_group',
    DECRYPTION: `${SESSION} tunnel_id - - source_vm_uuid destination_vm_uuid rule_uuid`,
    SYSTEM: `${HEAD} vsys event_id object - - module severity description sequence action_flags ${GROUPS}`,
    CONFIG: `${HEAD} host vsys command admin client result path sequence action_flags ${GROUPS}`,
    USERID:
      `${HEAD} vsys source_ip user data_source_name event_id repeat_count timeout source_port destination_port ` +
      `data_source data_source_type sequence action_flags ${GROUPS}`,
    AUTHENTICATION:
      `${HEAD} vsys source_ip user normalised_user object authentication_policy repeat_count authentication_id vendor ` +
      `log_action server_profile description client_type event_type factor sequence action_flags ${GROUPS}`,
    GLOBALPROTECT:
      `${HEAD} vsys event_id stage authentication_method tunnel_type user source_region machine_name public_ip ` +
      'public_ipv6 private_ip private_ipv6 host_id host_serial client_version client_os client_os_version repeat_count ' +
      'reason error description status location login_duration connect_method error_code portal sequence action_flags',
    HIPMATCH: `${HEAD} user vsys machine_name os source_ip hip repeat_count hip_type - - sequence action_flags ${GROUPS}`,
    CORRELATION: `${HEAD} source_ip user vsys category severity ${GROUPS} object_name object_id evidence`,
  }).map(([type, columns]) => [type, columns.split(' ')]),
);

/** Which ECS field a column is; most are of the session that a log is about. */
export const FIELDS: ReadonlyMap<string, SettableField> = new Map<string, SettableField>([
  ['serial', 'observer.serial_number'],
  ['source_ip', 'source.ip'],
  ['destination_ip', 'destination.ip'],
  ['nat_source_ip', 'source.nat.ip'],
  ['nat_destination_ip', 'destination.nat.ip'],
  ['rule', 'rule.name'],
  ['rule_uuid', 'rule.uuid'],
  ['source_user', 'source.user.name'],
  ['destination_user', 'destination.user.name'],
  ['application', 'network.application'],
  ['source_zone', 'observer.ingress.zone'],
  ['destination_zone', 'observer.egress.zone'],
  ['inbound_interface', 'observer.ingress.interface.name'],
  ['outbound_interface', 'observer.egress.interface.name'],
  ['source_port', 'source.port'],
  ['destination_port', 'destination.port'],
  ['nat_source_port', 'source.nat.port'],
  ['nat_destination_port', 'destination.nat.port'],
  ['protocol', 'network.transport'],
  ['action', 'event.action'],
  ['bytes', 'network.bytes'],
  ['bytes_sent', 'source.bytes'],
  ['bytes_received', 'destination.bytes'],
  ['packets', 'network.packets'],
  ['packets_sent', 'source.packets'],
  ['packets_received', 'destination.packets'],
  ['elapsed_time', 'event.duration(s)'],
  ['sequence', 'event.sequence'],
  ['session_end_reason', 'event.reason'],
  ['threat', 'rule.name'],
  ['direction', 'network.direction'],
  ['file_digest', 'file.hash'],
  ['user_agent', 'user_agent.original'],
  ['referer', 'http.request.referrer'],
  ['http_method', 'http.request.method'],
  ['severity', 'log.level'],
  ['event_id', 'event.code'],
  ['user', 'user.name'],
  ['admin', 'user.name'],
  ['command', 'event.action'],
  ['result', 'event.outcome'],
  ['status', 'event.outcome'],
  ['reason', 'event.reason'],
  ['host', 'source.ip'],
  ['public_ip', 'source.ip'],
  ['machine_name', 'source.domain'],
  ['device_name', 'observer.name'],
]);
