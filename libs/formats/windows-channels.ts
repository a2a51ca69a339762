import {
  readDefender,
  readImagePath,
  readParameters,
  readScript,
  readService,
  readSubject,
  readTask,
  readTerminal,
} from './windows-fields.js';
import { meaningsOf } from './windows-meanings.js';
import type { Meaning } from './windows-meanings.js';
import { SECURITY } from './windows-security-events.js';
import { SYSMON } from './windows-sysmon.js';

/** The channels of Windows beside Security, each with the events that say something of its own. */

const READERS = {
  defender: readDefender,
  image: readImagePath,
  parameters: readParameters,
  script: readScript,
  service: readService,
  subject: readSubject,
  task: readTask,
  terminal: readTerminal,
};

const SYSTEM = meaningsOf(
  `
104 audit_log_cleared host deletion subject
1074 shutdown host end
1076 shutdown_reason host info
6005 logging_started host start
6006 logging_stopped host end
6008 shutdown_unexpected host end
7030,7034,7031 service_failed process error service
7036 service_state_changed process change service
7040 service_changed configuration change service
7045 service_installed configuration+package installation+change service
20001,20003 driver_installed driver installation
`,
  READERS,
);

/** Numbers of the System and Application channels that other sources use for other things. */
const BY_PROVIDER: ReadonlyMap<string, ReadonlyMap<number, Meaning>> = new Map([
  [
    'microsoft-windows-kernel-general',
    meaningsOf(
      '1 clock_changed configuration change\n12 system_started host start\n13 system_stopped host end',
      READERS,
    ),
  ],
  ['microsoft-windows-kernel-power', meaningsOf('41 shutdown_unexpected host end\n109 shutdown host end', READERS)],
  [
    'microsoft-windows-windowsupdateclient',
    meaningsOf(
      '19 update_installed package installation - success\n20 update_installed package installation - failure',
      READERS,
    ),
  ],
  [
    'msiinstaller',
    meaningsOf(
      '1033,11707 package_installed package installation - success\n1034,11724 package_removed package deletion - success\n1035 package_changed package change - success\n11708,1036 package_installed package installation - failure',
      READERS,
    ),
  ],
  ['application error', meaningsOf('1000 process_crashed process end', READERS)],
  ['application hang', meaningsOf('1002 process_hung process info', READERS)],
]);

const POWERSHELL = meaningsOf(
  '4100 script_error process info script\n4103 pipeline_executed process info script\n4104 script_block process info script',
  READERS,
);
const FIREWALL = meaningsOf(
  `
2003,2008,2010,2082,2083 firewall_setting_changed configuration change
2004,2071,2097 firewall_rule_added configuration creation image
2005,2073,2099 firewall_rule_changed configuration change image
2006,2033,2052,2059 firewall_rule_deleted configuration deletion image
`,
  READERS,
);
const APPLOCKER = meaningsOf(
  '8002,8005,8020 execution_allowed process info\n8003,8006,8021 execution_audited process info\n8004,8007,8022 execution_denied process info - failure',
  READERS,
);

const BY_CHANNEL: ReadonlyMap<string, ReadonlyMap<number, Meaning>> = new Map([
  ['security', SECURITY],
  ['system', SYSTEM],
  ['microsoft-windows-sysmon/operational', SYSMON],
  ['microsoft-windows-powershell/operational', POWERSHELL],
  ['powershellcore/operational', POWERSHELL],
  [
    'windows powershell',
    meaningsOf(
      '400,600 engine_started process start\n403 engine_stopped process end\n800 pipeline_executed process info',
      READERS,
    ),
  ],
  [
    'microsoft-windows-windows defender/operational',
    meaningsOf(
      `
1006,1015,1116 malware_found malware info defender
1007,1117 malware_acted_on malware info defender success
1008,1118,1119 malware_action_failed malware info defender failure
1013 antivirus_history_deleted configuration deletion defender
5001,5010,5012 antivirus_disabled configuration change defender
5000 antivirus_enabled configuration change defender
5004,5007,5013 antivirus_changed configuration change defender
`,
      READERS,
    ),
  ],
  [
    'microsoft-windows-terminalservices-localsessionmanager/operational',
    meaningsOf(
      '21,22 session_started session start terminal success\n23 session_ended session end terminal success\n24 session_disconnected session end terminal\n25 session_reconnected session start terminal success',
      READERS,
    ),
  ],
  [
    'microsoft-windows-terminalservices-remoteconnectionmanager/operational',
    meaningsOf(
      '1149 remote_login authentication start parameters success\n261 remote_connection network connection+start',
      READERS,
    ),
  ],
  [
    'microsoft-windows-taskscheduler/operational',
    meaningsOf(
      '106 scheduled_task_created configuration creation task\n140 scheduled_task_changed configuration change task\n141 scheduled_task_deleted configuration deletion task\n142 scheduled_task_disabled configuration change task\n129,200 scheduled_task_started process start task\n201 scheduled_task_ended process end task',
      READERS,
    ),
  ],
  ['microsoft-windows-windows firewall with advanced security/firewall', FIREWALL],
  ['microsoft-windows-applocker/exe and dll', APPLOCKER],
  ['microsoft-windows-applocker/msi and script', APPLOCKER],
  [
    'microsoft-windows-wmi-activity/operational',
    meaningsOf(
      '5857 wmi_provider_started process info\n5858 wmi_query_failed process info\n5859,5860,5861 wmi_subscription_added configuration creation',
      READERS,
    ),
  ],
]);

export function meaningOf(channel: string | undefined, provider: string | undefined, id: number): Meaning | undefined {
  const name = channel?.toLowerCase() ?? '';
  const ofProvider = BY_PROVIDER.get(provider?.toLowerCase() ?? '')?.get(id);
  return (name === 'system' || name === 'application' ? ofProvider : undefined) ?? BY_CHANNEL.get(name)?.get(id);
}
