import type { EcsEvent } from '#ecs/event.js';
import { readWords } from './word-taxonomy.js';

/**
 * Devices whose lines are plain syslog, keys and values, or JSON: who made them, by the program's name or by what only
 * they write. `audit` marks those whose sentences are about people and settings, which are read by their words.
 */
interface Kind {
  readonly dataset: string;
  readonly vendor: string;
  readonly product: string;
  readonly audit: boolean;
}

/** `dataset | vendor | product | names of programs`; a `+` in front of the names: audit. */
const PROGRAMS = `
isc.bind | ISC | BIND | named
isc.dhcp | ISC | DHCP | dhcpd
haproxy.log | HAProxy | HAProxy | haproxy
suricata.eve | OISF | Suricata | suricata
snort.log | Cisco | Snort | snort
squid.access | Squid | Squid | squid
pfsense.log | Netgate | pfSense | filterlog php-fpm
mcafee.webgateway | Trellix | Web Gateway | mwg
mcafee.nsp | Trellix | Network Security Platform | + SyslogAuditLogForwarder SyslogFaultForwarder SyslogAlertForwarder SyslogACLLogForwarder
mcafee.epo | Trellix | ePolicy Orchestrator | EPOEvents
symantec.ep | Broadcom | Symantec Endpoint Protection | SymantecServer
cylance.protect | BlackBerry | Cylance PROTECT | CylancePROTECT
tanium.log | Tanium | Tanium | Tanium
pulse.connect_secure | Ivanti | Connect Secure | + PulseSecure PulseSecure: Juniper
tenable.nnm | Tenable | Network Monitor | nnm
epic.ehr | Epic | EHR | Epic
vmware.esxi | VMware | ESXi | Vpxa vpxa Hostd hostd vmkernel vobd vmkwarning vpxd vmon VMkernel Rhttpproxy rhttpproxy ucs-tool-esxi-inv fdm
vmware.nsx | VMware | NSX | dfwpktlogs NSXV nsx-manager
vmware.horizon | VMware | Horizon | + View
vmware.airwatch | VMware | Workspace ONE | AirWatch
netmotion.server | Absolute | NetMotion | LocalityServer
thales.vormetric | Thales | CipherTrust | vee-fs vee-FS vee-KS
broadcom.layer7 | Broadcom | Layer7 API Gateway | SSG
broadcom.sslva | Broadcom | SSL Visibility | ssldata sslaudit
beyondtrust.sra | BeyondTrust | Secure Remote Access | + BG
aviatrix.log | Aviatrix | Controller | cloudxd cloudx_cli
avi.vantage | VMware | Avi Vantage | Avi-Controller
cohesity.log | Cohesity | DataPlatform | + cluster_audit cohesity_alerts dataprotection_events
github.audit | GitHub | Enterprise | github_audit
cisco.hyperflex | Cisco | HyperFlex | hx-ssl-access hx-device-connector hx-audit
cisco.esa | Cisco | Secure Email | + ESA gui_logs mail_logs content_scanner error_logs euq_logs service_logs reportd_logs sntpd_logs authentication amp antispam antivirus system_logs
cisco.tvcs | Cisco | TelePresence VCS | tvcs
cisco.meeting_management | Cisco | Meeting Management | cmm-web_events_monitor_1
dell.cmc | Dell | Chassis Management Controller | + webcgi
f5.bigip | F5 | BIG-IP | mcpd tmsh apmd tmm tmm1 tmm2 tmm3 ASM ASM:f5_asm
f5.irule | F5 | BIG-IP iRule | f5_irule
vectra.log | Vectra | Cognito | vectra_cef vectra_json_v2 vectra_json_account_v2
zscaler.nss | Zscaler | NSS | ZscalerNSS
hpe.jetdirect | HP | JetDirect | + scanner printer
kaspersky.es | Kaspersky | Endpoint Security | KES|11.0.0.0 SrvEPS KSC
netapp.grid | NetApp | StorageGRID | Audit
purestorage.array | Pure Storage | FlashArray | purity.test purity.alert purity.audit space_utility_json.py
ricoh.mfp | Ricoh | MFP | RICOH_MFPLP
semperis.dsp | Semperis | Directory Services Protector | Semperis.DSP
spectracom.ntp | Safran | Spectracom | Spectracom
citrix.netscaler | Citrix | NetScaler | NetScaler
infoblox.audit | Infoblox | NIOS | + serial_console AdminConnector
ubiquiti.unifi | Ubiquiti | UniFi | mcad hostapd
rsa.securid | RSA | SecurID | + RSA
`;

/** The same by what a message begins with. */
const TEXTS: readonly [RegExp, string][] = [
  [/^<\d{6}> <(?:\d{1,6}|[A-Z]{3,5})> </, '<aruba.controller | HPE Aruba | Mobility Controller | +'],
  [
    /^(?:CPPM_\w{2,40}|All (?:Events|Audits)|Guest Access|Insight Logs|RADIUS \w{2,16}) \d{1,10} \d /,
    'CAGIR aruba.clearpass | HPE Aruba | ClearPass | +',
  ],
  [/^(?:CPU \d{1,3} )?TID \d{10,16}: \[\w{1,32}\.[A-Z]{3,9}\]/, 'CT aruba.silverpeak | HPE Aruba | EdgeConnect |'],
  [
    /^(?:emerg|alert|crit|err|warning|notice|info|debug) [\w()/.-]{1,48}\[\d{1,7}\]: /,
    'eacwnid f5.bigip | F5 | BIG-IP |',
  ],
  [/^f5_irule=/, 'f f5.irule | F5 | BIG-IP iRule |'],
  [/^ASM:f5_asm=/, 'A f5.asm | F5 | BIG-IP ASM |'],
  [/^[0-9a-f]{8}:[0-7]: /, '01 f5.bigip | F5 | BIG-IP | +'],
  [
    /^(?:flows|ids-alerts|firewall|urls|events|security_event|airmarshal_events|ip_flow_start|ip_flow_end|l7_firewall|vpn_firewall)\b.{0,24}(?:src=|type=|signature=|Blocked|port \d)/,
    'fiuesalv cisco.meraki | Cisco | Meraki |',
  ],
  [/^(?:Vpxa|Hostd|vpxd): /, 'VHv vmware.esxi | VMware | ESXi |'],
  [/^\d{10}\.\d{3} {1,6}\d{1,9} [0-9a-fA-F.:]{2,45} [A-Z_]{4,40}\/\d{3} /, '1 cisco.wsa | Cisco | Secure Web |'],
  [/^\d{1,2}-PPE-\d{1,2} : /, '0123456789 citrix.netscaler | Citrix | NetScaler |'],
  [/^Severity: \w{2,16}, Category: \w{2,24}, MessageID: /, 'S dell.idrac | Dell | iDRAC | +'],
  [/^EEMI .{2,48} with \{ IP \}/, 'E dell.ome | Dell | OpenManage Enterprise | +'],
  [/^\[\d{1,7}\]: \d{4}-\d\d-\d\dT\S{8,32} \S{1,255} PS\w{4,32} /, '[ dell.powerstore | Dell | PowerStore | +'],
  [/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}, ?\S{1,255}, ?(?:audit|system)\.\w/, '2 rsa.securid | RSA | SecurID | +'],
  [/^\[[A-Za-z][\w.-]{0,254}:[\w.]{1,128}:[a-z]{1,16}\]: /, '[ netapp.ontap | NetApp | ONTAP | +'],
  [/^M_\d{5}: /, 'M radware.defensepro | Radware | DefensePro | +'],
  [/^\[(?:Login|Logout|User|Port|Device)\b[\w ]{0,32}\]: /, '[ raritan.dsx | Raritan | Dominion SX | +'],
  [/^(?:Browser|XML|SSH|CLI) (?:login|logout)|^(?:iLO|Remote console)\b/, 'BXSCiR hpe.ilo | HPE | iLO | +'],
  [/^\d{5} [a-z]{2,8}: /, '0 hpe.procurve | HPE Aruba | ProCurve | +'],
  [/^(?:\(Stack\) )?%%10\w/, '(% hpe.comware | HPE | Comware | +'],
  [
    /^(?:forward|input|output|dhcp,|system,|firewall,|interface,|wireless,|[a-z]{2,12},(?:info|error|warning|debug)\b)(?::| )?.{0,24}\bin:/,
    'fio mikrotik.routeros | MikroTik | RouterOS |',
  ],
  [/^ive [|-] |^\S{1,64} - \[[\d.]{7,15}\] /, 'i pulse.connect_secure | Ivanti | Connect Secure | +'],
  [/^\[\w{1,64}\]\[0x[0-9a-f]{8}\]\[/, '[ ibm.datapower | IBM | DataPower |'],
  [/^AirWatch Syslog Details/, 'A vmware.airwatch | VMware | Workspace ONE |'],
  [/^darktrace \{/, 'd darktrace.log | Darktrace | Darktrace |'],
  [/^Semperis\.DSP /, 'S semperis.dsp | Semperis | Directory Services Protector | +'],
  [/^vectra_\w{2,24} -: /, 'v vectra.log | Vectra | Cognito |'],
  [/^\[10\.|^\[[\d.]{7,15}\] ZscalerNSS: /, '[ zscaler.nss | Zscaler | NSS |'],
  [/^EPP IP - /, 'E netwrix.epp | Netwrix | Endpoint Protector | +'],
  [/^Event Type: \w{2,32}, Event Name: /, 'E cylance.protect | BlackBerry | Cylance PROTECT |'],
  [/^Detected an unauthorized user attempting/, 'D apc.nmc | APC | Network Management Card | +'],
  [/^CheckPoint\b|^(?:ISCAN|dsmc)\b/, 'C checkpoint.gaia | Check Point | Gaia | +'],
];

const BY_PROGRAM = new Map<string, Kind>();
for (const line of PROGRAMS.trim().split('\n')) {
  const [dataset = '', vendor = '', product = '', names = ''] = line.split(' | ');
  const audit = names.startsWith('+ ');
  for (const name of names.replace('+ ', '').split(' ')) BY_PROGRAM.set(name, { dataset, vendor, product, audit });
}

interface TextKind extends Kind {
  readonly text: RegExp;
}

/** By the first character, so that a line is held against few of them. */
const BY_FIRST = new Map<string, TextKind[]>();
for (const [text, line] of TEXTS) {
  const [head = '', vendor = '', product = '', mark = ''] = line.split(' |').map((part) => part.trim());
  const [firsts = '', dataset = ''] = head.startsWith('<') ? ['<', head.slice(1)] : head.split(' ');
  for (const first of firsts)
    BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), { text, dataset, vendor, product, audit: mark === '+' }]);
}

/** What says nothing of the device. */
const UNNAMED = new Set(['syslog', 'system.syslog', 'key_value', 'raw']);

/** Names the maker of a device that no format of its own has named. */
export function nameDevice(event: EcsEvent): void {
  if (event.observer?.vendor !== undefined) return;
  const { dataset } = event.event;
  if (!UNNAMED.has(dataset)) return;
  const kind = kindOf(event);
  if (kind === undefined) return;
  event.observer = { ...event.observer, vendor: kind.vendor, product: kind.product };
  if (dataset !== 'key_value') event.event.dataset = kind.dataset;
  event.event.module = kind.dataset.slice(0, kind.dataset.indexOf('.'));
  if (kind.audit && event.event.category === undefined) readWords(event, event.message);
}

function kindOf({ process, message }: EcsEvent): Kind | undefined {
  const program = process?.name === undefined ? undefined : BY_PROGRAM.get(process.name);
  if (program !== undefined) return program;
  return BY_FIRST.get(message.charAt(0))?.find(({ text }) => text.test(message));
}
