import { dictionary } from './ecs-setters.js';

/** The names of Junos's structured data in ECS. */
export const JUNOS_KEYS = dictionary({
  'source-address': 'source.ip',
  'source-port': 'source.port',
  'nat-source-address': 'source.nat.ip',
  'nat-source-port': 'source.nat.port',
  'bytes-from-client': 'source.bytes',
  'packets-from-client': 'source.packets',
  'inbound-bytes': 'source.bytes',
  'destination-address': 'destination.ip',
  'destination-port': 'destination.port',
  'nat-destination-address': 'destination.nat.ip',
  'nat-destination-port': 'destination.nat.port',
  'bytes-from-server': 'destination.bytes',
  'packets-from-server': 'destination.packets',
  'outbound-bytes': 'destination.bytes',
  'protocol-id': 'network.transport',
  'protocol-name': 'network.transport',
  'service-name': 'network.protocol',
  application: 'network.application',
  'source-zone-name': 'observer.ingress.zone',
  'destination-zone-name': 'observer.egress.zone',
  'packet-incoming-interface': 'observer.ingress.interface.name',
  'source-interface-name': 'observer.ingress.interface.name',
  'interface-name': 'observer.ingress.interface.name',
  'destination-interface-name': 'observer.egress.interface.name',
  'policy-name': 'rule.name',
  'rule-name': 'rule.name',
  'rulebase-name': 'rule.ruleset',
  'attack-name': 'rule.name',
  reason: 'event.reason',
  'action-detail': 'event.reason',
  'elapsed-time': 'event.duration(s)',
  username: 'user.name',
  'target-username': 'user.target.name',
  'source-host': 'source.address',
  'remote-address': 'source.ip',
  command: 'process.command_line',
  'threat-severity': 'log.level',
  url: 'url.original',
  'http-host': 'url.domain',
  'file-name': 'file.name',
  'sample-sha256': 'file.hash',
});

const PEERS = String.raw`(?<source_address>[\da-fA-F.:]{2,45})\/(?<source_port>\d{1,5})->(?<destination_address>[\da-fA-F.:]{2,45})\/(?<destination_port>\d{1,5})`;
const NAT = String.raw`(?<nat_source_address>[\da-fA-F.:]{2,45})\/(?<nat_source_port>\d{1,5})->(?<nat_destination_address>[\da-fA-F.:]{2,45})\/(?<nat_destination_port>\d{1,5})`;
const RULES = String.raw`(?:\S{1,64} )?(?<src_nat_rule_name>\S{1,64}) (?:\S{1,64} )?(?<dst_nat_rule_name>\S{1,64})`;
const POLICY = String.raw`(?<policy_name>\S{1,128}) (?<source_zone_name>\S{1,64}) (?<destination_zone_name>\S{1,64})`;

/** The sentences of flow, attack, sign-in, command and link messages; a group is a name of structured data, `_` for `-`. */
export const JUNOS_FLOW_PATTERNS: readonly RegExp[] = [
  new RegExp(
    String.raw`^session created ${PEERS} (?:0x\w{1,4} )?(?<service_name>\S{1,64}) ${NAT} (?:0x\w{1,4} )?${RULES} (?<protocol_id>\d{1,3}) ${POLICY} (?<session_id>\d{1,12})`,
  ),
  new RegExp(
    String.raw`^session closed (?<reason>[^:]{1,64}): ${PEERS} (?:0x\w{1,4} )?(?<service_name>\S{1,64}) ${NAT} (?:0x\w{1,4} )?${RULES} (?<protocol_id>\d{1,3}) ${POLICY} (?<session_id>\d{1,12}) (?<packets_from_client>\d{1,12})\((?<bytes_from_client>\d{1,15})\) (?<packets_from_server>\d{1,12})\((?<bytes_from_server>\d{1,15})\) (?<elapsed_time>\d{1,9})`,
  ),
  new RegExp(
    String.raw`^session denied ${PEERS} (?:0x\w{1,4} )?(?<service_name>\S{1,64}) (?<protocol_id>\d{1,3})(?:\(\d{1,3}\))? ${POLICY}`,
  ),
  new RegExp(
    String.raw`Attack log <${PEERS}> for (?<protocol_name>\w{1,8}) protocol and service (?<service_name>\S{1,64}) application (?<application>\S{1,64}) by rule (?<rule_name>\S{1,64}) of rulebase (?<rulebase_name>\S{1,32}) in policy (?<policy>\S{1,64}?)\. attack: repeat=\d{1,9}, action=(?<action>\w{1,32}), threat-severity=(?<threat_severity>\w{1,16}), name=(?<attack_name>[^,]{1,128})`,
  ),
  /^(?<attack_name>[A-Za-z -]{2,48})! source: (?<source_address>[\da-fA-F.:]{2,45}?):(?<source_port>\d{1,5}), destination: (?<destination_address>[\da-fA-F.:]{2,45}?):(?<destination_port>\d{1,5}),(?: protocol-id: (?<protocol_id>\d{1,3}),)? zone name: (?<source_zone_name>[^,]{1,64}), interface name: (?<interface_name>[^,]{1,64})/,
  /^User '(?<username>[^']{1,128})', command '(?<command>.{0,1024}?)'? ?$/s,
  /^User '(?<username>[^']{1,128})' .{0,256}?ssh-connection '(?<source_host>[\da-fA-F.:]{2,45})/s,
  /^User '(?<username>[^']{1,128})' /,
  /^Login failed for user '?(?<username>[^'\s]{1,128})'? from host '?(?<source_host>[^'\s]{1,128})'?/,
  /^(?:ifIndex \d{1,10}, )?ifAdminStatus (?<if_admin_status>\w{1,16})\(\d\), ifOperStatus (?<if_oper_status>\w{1,16})\(\d\), ifName (?<interface_name>\S{1,64})/,
];
