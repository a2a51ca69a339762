import type { OtShape } from './icsnpp-log.js';

/** The logs of parts of OPC UA services: which service each belongs to, and the columns by which it is known. */
export interface OpcUaDetail extends Partial<OtShape> {
  readonly log: string;
  readonly service: string;
  readonly columns: readonly string[];
}

function detail(log: string, service: string, columns: string, more: Partial<OtShape> = {}): OpcUaDetail {
  return { log: `opcua_binary_${log}`, service, columns: columns.split(' '), ...more };
}

const VALUES = {
  value: [
    'variant_data_value_string',
    'variant_data_value_signed_numeric',
    'variant_data_value_unsigned_numeric',
    'variant_data_value_decimal',
    'variant_data_value_time',
  ],
};

// The order decides between logs that share columns: the narrower first.
export const OPCUA_DETAILS: readonly OpcUaDetail[] = [
  detail('activate_session', 'ActivateSession', 'ext_obj_policy_id'),
  detail('activate_session', 'ActivateSession', 'ext_obj_type_id_encoding_mask'),
  detail('activate_session_client_software_cert', 'ActivateSession', 'client_software_cert_link_id cert_data'),
  detail('activate_session_locale_id', 'ActivateSession', 'opcua_locale_link_id local_id'),
  detail('diag_info_detail', 'DiagnosticInfo', 'root_object_id inner_diag_level', { value: ['addl_info'] }),
  detail('aggregate_filter', 'CreateMonitoredItems', 'monitored_parameters_link_id processing_interval'),
  detail('data_change_filter', 'CreateMonitoredItems', 'monitored_parameters_link_id trigger', {
    value: ['deadband_value'],
  }),
  detail('event_filter', 'CreateMonitoredItems', 'monitored_parameters_link_id'),
  detail('event_filter_where_clause_elements', 'CreateMonitoredItems', 'filter_operator'),
  detail('event_filter_where_clause', 'CreateMonitoredItems', 'where_clause_link_id'),
  detail('event_filter_select_clause', 'CreateMonitoredItems', 'select_clause_link_id'),
  detail('event_filter_attribute_operand', 'CreateMonitoredItems', 'content_filter_filter_operand_link_id alias'),
  detail('event_filter_element_operand', 'CreateMonitoredItems', 'content_filter_filter_operand_link_id element_index'),
  detail(
    'event_filter_literal_operand',
    'CreateMonitoredItems',
    'content_filter_filter_operand_link_id literal_operand_variant_link',
  ),
  detail(
    'event_filter_simple_attribute_operand',
    'CreateMonitoredItems',
    'content_filter_filter_operand_link_id simple_attribute_operand_browse_path_link_id',
  ),
  detail('event_filter_simple_attribute_operand_browse_paths', 'CreateMonitoredItems', 'browse_path_src'),
  detail('event_filter_attribute_operand_browse_paths', 'CreateMonitoredItems', 'browse_path_element_link_id'),
  detail('variant_array_dims', 'Variant', 'array_dim_link_id'),
  detail('variant_data_value', 'Variant', 'variant_data_value_source_link'),
  detail('variant_extension_object', 'Variant', 'ext_obj_link_id'),
  detail('variant_metadata', 'Variant', 'variant_data_source_str'),
  ...VALUES.value.map((column) => detail('variant_data', 'Variant', column, VALUES)),
  detail('variant_data', 'Variant', 'variant_data_link_id', VALUES),
  detail('browse_response_references', 'Browse', 'browse_response_ref_encoding_mask', {
    value: ['browse_response_ref_name'],
  }),
  detail('browse_description', 'Browse', 'browse_description_encoding_mask'),
  detail('browse', 'Browse', 'browse_service_type'),
  detail('browse_request_continuation_point', 'BrowseNext', 'continuation_point'),
  detail('browse_result', 'Browse', 'browse_result_continuation_point'),
  detail('browse_result', 'Browse', 'browse_reference_link_id'),
  detail('close_session', 'CloseSession', 'del_subscriptions'),
  detail('create_monitored_items_create_item', 'CreateMonitoredItems', 'item_to_monitor_node_id_encoding_mask'),
  detail('create_monitored_items_create_item', 'CreateMonitoredItems', 'monitoring_mode'),
  detail(
    'create_monitored_items_create_item',
    'CreateMonitoredItems',
    'monitoring_parameters_revised_sampling_interval',
  ),
  detail('create_subscription', 'CreateSubscription', 'requested_publishing_interval', {
    value: ['requested_publishing_interval'],
  }),
  detail('create_subscription', 'CreateSubscription', 'revised_publishing_interval', {
    value: ['revised_publishing_interval'],
  }),
  detail('create_monitored_items', 'CreateMonitoredItems', 'subscription_id timestamps_to_return'),
  detail('create_monitored_items', 'CreateMonitoredItems', 'create_item_link_id'),
  detail('opensecure_channel', 'OpenSecureChannel', 'client_proto_ver'),
  detail('opensecure_channel', 'OpenSecureChannel', 'server_proto_ver'),
  // The log of 2020 had both sides of the service in one.
  detail('get_endpoints', 'GetEndpoints', 'opcua_id endpoint_url', { value: ['endpoint_url'] }),
  detail('create_session', 'CreateSession', 'req_session_timeout', { value: ['session_name', 'endpoint_url'] }),
  detail('create_session', 'CreateSession', 'revised_session_timeout'),
  detail('create_session_discovery', 'CreateSession', 'discovery_profile_link_id discovery_profile_uri'),
  detail('create_session_endpoints', 'CreateSession', 'endpoint_url application_uri security_level', {
    value: ['endpoint_url'],
  }),
  detail('get_endpoints_description', 'GetEndpoints', 'endpoint_uri application_uri', { value: ['endpoint_uri'] }),
  detail('get_endpoints_discovery', 'GetEndpoints', 'discovery_profile_link_id'),
  // In JSON the user tokens of the two services look the same: GetEndpoints comes first on the wire.
  detail('get_endpoints_user_token', 'GetEndpoints', 'user_token_policy_id', { value: ['user_token_policy_id'] }),
  detail('create_session_user_token', 'CreateSession', 'user_token_policy_id', { value: ['user_token_policy_id'] }),
  detail('get_endpoints_locale_id', 'GetEndpoints', 'locale_link_id locale_id'),
  detail('get_endpoints_profile_uri', 'GetEndpoints', 'profile_uri_link_id profile_uri'),
  detail('read', 'Read', 'max_age'),
  detail('read', 'Read', 'read_results_link_id'),
  detail('write', 'Write', 'node_id_encoding_mask data_value_encoding_mask'),
  detail('read_nodes_to_read', 'Read', 'node_id_encoding_mask attribute_id'),
  detail('read_results', 'Read', 'data_value_encoding_mask level'),
  detail('write', 'Write', 'write_results_variant_metadata_link_id'),
  detail('write', 'Write', 'req_status_code_link_id'),
  detail('get_endpoints', 'GetEndpoints', 'endpoint_url'),
  detail('activate_session', 'ActivateSession', 'server_nonce'),
  detail('get_endpoints', 'GetEndpoints', 'endpoint_description_link_id'),
];
