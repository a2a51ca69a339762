import type { Heading } from '#ecs/parser.js';

/**
 * The columns of logs as Zeek (base/, policy/) and ICSNPP ship them, for rows whose `#fields` line was never seen. `@`
 * stands for time, uid and connection, `%` for ICSNPP's sides; a column without a type is text. Old and new sets of
 * columns of one log are rows of their own.
 */
const SHIPPED: readonly (readonly [path: string, columns: string])[] = [
  ['bacnet', '@ % bvlc_function pdu_type pdu_service invoke_id:count result_code'],
  ['bacnet', '@ bvlc_function pdu_type pdu_service invoke_id:count result_code'],
  [
    'bacnet_discovery',
    '@ % pdu_service device_id_type device_id_number:count object_type instance_number:count vendor range object_name',
  ],
  ['bacnet_discovery', '@ pdu_service object_type instance_number:count vendor range object_name'],
  [
    'bacnet_property',
    '@ % invoke_id:count pdu_service object_type instance_number:count property array_index:count value',
  ],
  ['bacnet_property', '@ pdu_service object_type instance_number:count property array_index:count value'],
  ['bsap_ip_header', '@ % num_msg:count type_name'],
  ['bsap_ip_header', '@ num_msg:count type_name'],
  [
    'bsap_ip_rdb',
    '@ % header_size:count mes_seq:count res_seq:count data_len:count sequence:count app_func_code node_status:count func_code variable_count:count variables:vector[string] variable_value:vector[string]',
  ],
  [
    'bsap_ip_rdb',
    'ts:time uid header_size:count mes_seq:count res_seq:count data_len:count sequence:count app_func_code node_status:count func_code variable_count:count variables variable_value',
  ],
  ['bsap_serial_header', '@ % ser:count dadd:count sadd:count ctl:count dfun seq:count sfun nsb:count type_name'],
  ['bsap_serial_header', '@ ser:count dadd:count sadd:count ctl:count dfun seq:count sfun nsb:count type_name'],
  ['bsap_serial_rdb', '@ % func_code variable_count:count variables:vector[string] variable_value:vector[string]'],
  ['bsap_serial_rdb', 'ts:time uid func_code variable_count:count variables variable_value'],
  [
    'cip',
    '@ cip_sequence_count:count direction cip_service_code cip_service cip_status class_id class_name instance_id attribute_id',
  ],
  [
    'cip_identity',
    '@ encapsulation_version:count socket_address:addr socket_port:count vendor_id:count vendor_name device_type_id:count device_type_name product_code:count revision device_status serial_number product_name device_state',
  ],
  ['cip_io', '@ connection_id sequence_number:count data_length:count io_data'],
  [
    'conn',
    '@ proto service duration:interval orig_bytes:count resp_bytes:count conn_state local_orig:bool local_resp:bool missed_bytes:count history orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count tunnel_parents:set[string]',
  ],
  [
    'conn',
    '@ proto service duration:interval orig_bytes:count resp_bytes:count conn_state local_orig:bool local_resp:bool missed_bytes:count history orig_pkts:count orig_ip_bytes:count resp_pkts:count resp_ip_bytes:count tunnel_parents:set[string] ip_proto:count',
  ],
  ['cotp', '@ % pdu_code pdu_name'],
  ['cotp', '@ pdu_code pdu_name'],
  ['dce_rpc', '@ rtt:interval named_pipe endpoint operation'],
  [
    'dhcp',
    'ts:time uids:set[string] client_addr:addr server_addr:addr mac host_name client_fqdn domain requested_addr:addr assigned_addr:addr lease_time:interval client_message server_message msg_types:vector[string] duration:interval',
  ],
  [
    'dhcp',
    'ts:time uids:set[string] client_addr:addr server_addr:addr mac host_name client_fqdn domain requested_addr:addr assigned_addr:addr lease_time:interval client_message server_message msg_types:vector[string] duration:interval circuit_id agent_remote_id subscriber_id',
  ],
  ['dnp3', '@ fc_request fc_reply iin:count'],
  [
    'dnp3_control',
    '@ % block_type function_code index_number:count trip_control_code operation_type clear_bit:bool execute_count:count on_time:count off_time:count status_code',
  ],
  [
    'dnp3_control',
    '@ block_type function_code index_number:count trip_control_code operation_type execute_count:count on_time:count off_time:count status_code',
  ],
  ['dnp3_objects', '@ % function_code object_type object_count:count range_low:count range_high:count'],
  ['dnp3_objects', '@ function_code object_type object_count:count range_low:count range_high:count'],
  [
    'dns',
    '@ proto trans_id:count rtt:interval query qclass:count qclass_name qtype:count qtype_name rcode:count rcode_name AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool',
  ],
  [
    'dns',
    '@ proto trans_id:count rtt:interval query qclass:count qclass_name qtype:count qtype_name rcode:count rcode_name AA:bool TC:bool RD:bool RA:bool Z:count answers:vector[string] TTLs:vector[interval] rejected:bool auth:set[string] addl:set[string]',
  ],
  ['dpd', '@ proto analyzer failure_reason'],
  ['enip', '@ enip_command_code enip_command length:count session_handle enip_status sender_context options'],
  [
    'files',
    'ts:time fuid tx_hosts:set[addr] rx_hosts:set[addr] conn_uids:set[string] source depth:count analyzers:set[string] mime_type filename duration:interval local_orig:bool is_orig:bool seen_bytes:count total_bytes:count missing_bytes:count overflow_bytes:count timedout:bool parent_fuid md5 sha1 sha256 extracted extracted_cutoff:bool extracted_size:count',
  ],
  [
    'files',
    'ts:time fuid uid id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port source depth:count analyzers:set[string] mime_type filename duration:interval local_orig:bool is_orig:bool seen_bytes:count total_bytes:count missing_bytes:count overflow_bytes:count timedout:bool parent_fuid md5 sha1 sha256 extracted extracted_cutoff:bool extracted_size:count',
  ],
  [
    'ftp',
    '@ user password command arg mime_type file_size:count reply_code:count reply_msg data_channel.passive:bool data_channel.orig_h:addr data_channel.resp_h:addr data_channel.resp_p:port fuid',
  ],
  [
    'http',
    '@ trans_depth:count method host uri referrer version user_agent origin request_body_len:count response_body_len:count status_code:count status_msg info_code:count info_msg tags:set[enum] username password proxied:set[string] orig_fuids:vector[string] orig_filenames:vector[string] orig_mime_types:vector[string] resp_fuids:vector[string] resp_filenames:vector[string] resp_mime_types:vector[string]',
  ],
  [
    'http',
    '@ trans_depth:count method host uri referrer version user_agent origin request_body_len:count response_body_len:count status_code:count status_msg info_code:count info_msg tags:set[enum] username password proxied:set[string] orig_fuids:vector[string] orig_filenames:vector[string] orig_mime_types:vector[string] resp_fuids:vector[string] resp_filenames:vector[string] resp_mime_types:vector[string] client_header_names:vector[string] server_header_names:vector[string]',
  ],
  [
    'intel',
    '@ seen.indicator seen.indicator_type seen.where seen.node matched:set[enum] sources:set[string] fuid file_mime_type file_desc',
  ],
  ['irc', '@ nick user command value addl dcc_file_name dcc_file_size:count fuid'],
  [
    'kerberos',
    '@ request_type client service success:bool error_msg from:time till:time cipher forwardable:bool renewable:bool client_cert_subject client_cert_fuid server_cert_subject server_cert_fuid',
  ],
  ['known_hosts', 'ts:time host:addr'],
  ['known_modbus', 'ts:time host:addr device_type'],
  ['known_services', 'ts:time host:addr port_num:port port_proto service:set[string]'],
  ['modbus', '@ func exception'],
  [
    'modbus_detailed',
    '@ tid:count unit:count func address:count quantity:count request_values:vector[count] response_values:vector[count] modbus_detailed_link_id matched:bool request_subfunction_code response_subfunction_code request_data response_data exception_code mei_type',
  ],
  ['modbus_detailed', '@ unit_id:count func network_direction address:count quantity:count values'],
  [
    'modbus_mask_write_register',
    '@ % modbus_detailed_link_id tid:count unit:count func request_response address:count and_mask:count or_mask:count',
  ],
  ['modbus_mask_write_register', '@ unit_id:count func network_direction address:count and_mask:count or_mask:count'],
  [
    'modbus_read_write_multiple_registers',
    '@ % modbus_detailed_link_id tid:count unit:count func request_response write_start_address:count write_registers:vector[count] read_start_address:count read_quantity:count read_registers:vector[count]',
  ],
  [
    'modbus_read_write_multiple_registers',
    '@ unit_id:count func network_direction write_start_address:count write_registers:vector[count] read_start_address:count read_quantity:count read_registers:vector[count]',
  ],
  ['modbus_register_change', '@ register:count old_val:count new_val:count delta:interval'],
  ['mqtt_connect', '@ proto_name proto_version client_id connect_status will_topic will_payload'],
  ['mqtt_publish', '@ from_client:bool retain:bool qos status topic payload payload_len:count'],
  ['mqtt_subscribe', '@ action topics:vector[string] qos_levels:vector[count] granted_qos_level:count ack:bool'],
  ['mysql', '@ cmd arg success:bool rows:count response'],
  [
    'notice',
    '@ fuid file_mime_type file_desc proto note msg sub src:addr dst:addr p:port n:count peer_descr actions:set[enum] suppress_for:interval remote_location.country_code remote_location.region remote_location.city remote_location.latitude:double remote_location.longitude:double',
  ],
  [
    'ntlm',
    '@ username hostname domainname server_nb_computer_name server_dns_computer_name server_tree_name success:bool',
  ],
  [
    'ntp',
    '@ version:count mode:count stratum:count poll:interval precision:interval root_delay:interval root_disp:interval ref_id ref_time:time org_time:time rec_time:time xmt_time:time num_exts:count',
  ],
  [
    'ocsp',
    'ts:time id hashAlgorithm issuerNameHash issuerKeyHash serialNumber certStatus revoketime:time revokereason thisUpdate:time nextUpdate:time',
  ],
  [
    'rdp',
    '@ cookie result security_protocol client_channels:vector[string] keyboard_layout client_build client_name client_dig_product_id desktop_width:count desktop_height:count requested_color_depth cert_type cert_count:count cert_permanent:bool encryption_level encryption_method',
  ],
  [
    'rfb',
    '@ client_major_version client_minor_version server_major_version server_minor_version authentication_method auth:bool share_flag:bool desktop_name width:count height:count',
  ],
  [
    's7comm',
    '@ % rosctr_code:count rosctr_name pdu_reference:count function_code function_name subfunction_code subfunction_name error_class error_code',
  ],
  [
    's7comm',
    '@ rosctr_code:count rosctr_name pdu_reference:count function_code function_name subfunction_code subfunction_name error_class error_code',
  ],
  ['s7comm_plus', '@ % version:count opcode opcode_name function_code function_name'],
  ['s7comm_plus', '@ version:count opcode opcode_name function_code function_name'],
  ['s7comm_read_szl', '@ % pdu_reference:count method szl_id szl_id_name szl_index return_code return_code_name'],
  ['s7comm_read_szl', '@ pdu_reference:count method szl_id szl_id_name szl_index return_code return_code_name'],
  [
    's7comm_upload_download',
    '@ % rosctr pdu_reference:count function_name function_status session_id:count blocklength:count filename block_type block_number destination_filesystem',
  ],
  [
    'smb_files',
    '@ fuid action path name size:count prev_name times.modified:time times.accessed:time times.created:time times.changed:time',
  ],
  ['smb_mapping', '@ path service native_file_system share_type'],
  [
    'smtp',
    '@ trans_depth:count helo mailfrom rcptto:set[string] date from to:set[string] cc:set[string] reply_to msg_id in_reply_to subject x_originating_ip:addr first_received second_received last_reply path:vector[addr] user_agent tls:bool fuids:vector[string]',
  ],
  [
    'snmp',
    '@ duration:interval version community get_requests:count get_bulk_requests:count get_responses:count set_requests:count display_string up_since:time',
  ],
  [
    'socks',
    '@ version:count user password status request.host:addr request.name request_p:port bound.host:addr bound.name bound_p:port',
  ],
  [
    'software',
    'ts:time host:addr host_p:port software_type name version.major:count version.minor:count version.minor2:count version.minor3:count version.addl unparsed_version',
  ],
  [
    'ssh',
    '@ version:count auth_success:bool auth_attempts:count direction client server cipher_alg mac_alg compression_alg kex_alg host_key_alg host_key',
  ],
  [
    'ssl',
    '@ version cipher curve server_name resumed:bool last_alert next_protocol established:bool cert_chain_fuids:vector[string] client_cert_chain_fuids:vector[string] subject issuer client_subject client_issuer',
  ],
  [
    'ssl',
    '@ version cipher curve server_name resumed:bool last_alert next_protocol established:bool ssl_history cert_chain_fps:vector[string] client_cert_chain_fps:vector[string] sni_matches_cert:bool',
  ],
  ['syslog', '@ proto facility severity message'],
  ['tunnel', '@ tunnel_type action'],
  ['weird', '@ name addl notice:bool peer source'],
  [
    'x509',
    'ts:time id certificate.version:count certificate.serial certificate.subject certificate.issuer certificate.not_valid_before:time certificate.not_valid_after:time certificate.key_alg certificate.sig_alg certificate.key_type certificate.key_length:count certificate.exponent certificate.curve san.dns:vector[string] san.uri:vector[string] san.email:vector[string] san.ip:vector[addr] basic_constraints.ca:bool basic_constraints.path_len:count',
  ],
];

const CONNECTION = 'ts:time uid id.orig_h:addr id.orig_p:port id.resp_h:addr id.resp_p:port';
const SIDES = 'is_orig:bool source_h:addr source_p:port destination_h:addr destination_p:port';

const BY_LENGTH = new Map<number, Heading[]>();
for (const [path, columns] of SHIPPED) {
  const written = columns.replace('@', CONNECTION).replace('%', SIDES).split(' ');
  const heading: Heading = {
    file: '',
    separator: '\t',
    setSeparator: ',',
    empty: '(empty)',
    unset: '-',
    path,
    fields: written.map((column) => column.split(':', 1)[0] ?? ''),
    types: written.map((column) => column.split(':')[1] ?? 'string'),
  };
  BY_LENGTH.set(written.length, [...(BY_LENGTH.get(written.length) ?? []), heading]);
}

export function knownHeadings(columns: number): readonly Heading[] {
  return BY_LENGTH.get(columns) ?? [];
}
