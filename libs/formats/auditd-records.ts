import type { EventCategory, EventType } from '#ecs/event.js';
import { categoriesOf, typesOf } from '#ecs/event-words.js';

/** Whose identity the fields of a record give: see `auditd-parties.ts`. */
export type Parties = 'actor' | 'account' | 'group' | 'login' | 'none';

/** What a record type means in ECS. */
export interface RecordMeaning {
  readonly action: string;
  readonly category: readonly EventCategory[] | undefined;
  readonly type: readonly EventType[] | undefined;
  readonly parties: Parties;
}

/**
 * `RECORD action category type parties`, several values joined by `+`, `-` for none. Record types are those of
 * `linux/audit.h` and audit-userspace; the words of the actions are the ones that Elastic's agents use, so that searches
 * and rules written for those find these.
 */
const TABLE = `
ACCT_LOCK locked-account iam user+change account
ACCT_UNLOCK unlocked-account iam user+change account
ADD_GROUP added-group-account-to iam group+creation group
ADD_USER added-user-account iam user+creation account
ANOM_ABEND crashed-program process end none
ANOM_EXEC attempted-execution-of-forbidden-program process start none
ANOM_LINK used-suspicious-link file access none
ANOM_LOGIN_ACCT attempted-log-in-to-watched-account authentication info actor
ANOM_LOGIN_FAILURES failed-log-in-too-many-times-to authentication info actor
ANOM_LOGIN_LOCATION attempted-log-in-from-unusual-place-to authentication info actor
ANOM_LOGIN_SESSIONS opened-too-many-sessions-to authentication info actor
ANOM_LOGIN_TIME attempted-log-in-during-unusual-hour-to authentication info actor
ANOM_PROMISCUOUS changed-promiscuous-mode-on-device network info none
AVC violated-selinux-policy process denied none
APPARMOR_ALLOWED allowed-by-apparmor-policy process info none
APPARMOR_DENIED violated-apparmor-policy process denied none
BPF loaded-or-unloaded-bpf-program driver info none
CHGRP_ID changed-group process change none
CHUSER_ID changed-user-id process change none
CONFIG_CHANGE changed-audit-configuration process+configuration change none
CRED_ACQ acquired-credentials authentication info actor
CRED_DISP disposed-credentials authentication info actor
CRED_REFR refreshed-credentials authentication info actor
CRYPTO_KEY_USER negotiated-crypto-key process info none
CRYPTO_LOGIN crypto-officer-logged-in authentication start actor
CRYPTO_LOGOUT crypto-officer-logged-out process info none
CRYPTO_SESSION started-crypto-session process info none
CWD cwd - - none
DAEMON_ABORT aborted-auditd-startup process end none
DAEMON_ACCEPT remote-audit-connected network connection+start none
DAEMON_CLOSE remote-audit-disconnected network connection+end none
DAEMON_CONFIG changed-auditd-configuration process+configuration change none
DAEMON_END shutdown-audit process end none
DAEMON_ERR audit-error process info none
DAEMON_RECONFIG reconfigured-auditd process+configuration info none
DAEMON_RESUME resumed-audit-logging process change none
DAEMON_ROTATE rotated-audit-logs process change none
DAEMON_START started-audit process start none
DEL_GROUP deleted-group-account-from iam group+deletion group
DEL_USER deleted-user-account iam user+deletion account
FEATURE_CHANGE changed-audit-feature configuration change none
FS_RELABEL relabeled-filesystem configuration change none
GRP_AUTH authenticated-to-group authentication info actor
GRP_CHAUTHTOK changed-group-password iam group+change group
GRP_MGMT modified-group-account iam group+change group
KERNEL initialized-audit-subsystem process info none
KERN_MODULE loaded-kernel-module driver start none
LOGIN changed-login-id-to authentication start login
MAC_CONFIG_CHANGE changed-selinux-boolean configuration change none
MAC_IPSEC_EVENT mac_ipsec_event configuration change none
MAC_POLICY_LOAD loaded-selinux-policy configuration access none
MAC_STATUS changed-selinux-enforcement configuration change none
NETFILTER_CFG loaded-firewall-rule-to configuration change none
PATH path file info none
RESP_ACCT_LOCK locked-account-in-response iam user+change account
ROLE_ASSIGN assigned-user-role-to iam user+change account
ROLE_MODIFY modified-role iam change account
ROLE_REMOVE removed-user-role-from iam user+change account
SECCOMP violated-seccomp-policy process denied none
SELINUX_ERR caused-mac-policy-error process info none
SERVICE_START started-service process start none
SERVICE_STOP stopped-service process end none
SOFTWARE_UPDATE package-updated package info none
SYSCALL syscall process info none
SYSTEM_BOOT booted-system host info none
SYSTEM_RUNLEVEL changed-to-runlevel host change none
SYSTEM_SHUTDOWN shutdown-system host info none
TEST sent-test process info none
TTY typed process info none
USER_ACCT was-authorized authentication info actor
USER_AUTH authenticated authentication info actor
USER_AVC access-permission process denied none
USER_CHAUTHTOK changed-password iam user+change account
USER_CMD ran-command process start none
USER_DEVICE changed-device host change none
USER_END ended-session session end actor
USER_ERR error authentication info actor
USER_LOGIN logged-in authentication start actor
USER_LOGOUT logged-out authentication end actor
USER_MAC_CONFIG_CHANGE changed-mac-configuration configuration change none
USER_MAC_POLICY_LOAD loaded-mac-policy configuration access none
USER_MGMT modified-user-account iam user+change account
USER_ROLE_CHANGE changed-role-to iam user+info none
USER_START started-session session start actor
USER_TTY typed process info none
USYS_CONFIG changed-configuration configuration change none
VIRT_CONTROL issued-vm-control host info none
VIRT_CREATE created-vm-image host info none
VIRT_DESTROY deleted-vm-image host info none
VIRT_INTEGRITY_CHECK checked-integrity-of host info none
VIRT_MACHINE_ID assigned-vm-id host info none
VIRT_MIGRATE_IN migrated-vm-from host info none
VIRT_MIGRATE_OUT migrated-vm-to host info none
VIRT_RESOURCE assigned-vm-resource host info none
`;

/** Numbers that the kernel's own log writes for record types (`linux/audit.h`). */
export const RECORD_NUMBERS: ReadonlyMap<string, string> = new Map(
  (
    '1006 LOGIN,1100 USER_AUTH,1101 USER_ACCT,1102 USER_MGMT,1103 CRED_ACQ,1104 CRED_DISP,1105 USER_START,1106 USER_END,' +
    '1107 USER_AVC,1108 USER_CHAUTHTOK,1110 CRED_REFR,1111 USYS_CONFIG,1112 USER_LOGIN,1113 USER_LOGOUT,1114 ADD_USER,' +
    '1115 DEL_USER,1116 ADD_GROUP,1117 DEL_GROUP,1123 USER_CMD,1127 SYSTEM_BOOT,1128 SYSTEM_SHUTDOWN,1130 SERVICE_START,' +
    '1131 SERVICE_STOP,1132 GRP_MGMT,1300 SYSCALL,1302 PATH,1305 CONFIG_CHANGE,1306 SOCKADDR,1307 CWD,1309 EXECVE,' +
    '1320 EOE,1325 NETFILTER_CFG,1326 SECCOMP,1327 PROCTITLE,1328 FEATURE_CHANGE,1330 KERN_MODULE,1334 BPF,1400 AVC,' +
    '1403 MAC_POLICY_LOAD,1404 MAC_STATUS,1405 MAC_CONFIG_CHANGE,1501 APPARMOR_AUDIT,1502 APPARMOR_ALLOWED,' +
    '1503 APPARMOR_DENIED,1700 ANOM_PROMISCUOUS,1701 ANOM_ABEND,1702 ANOM_LINK'
  )
    .split(',')
    .map((row): [string, string] => [row.slice(0, 4), row.slice(5)]),
);

const PARTIES = new Map<string, Parties>(
  (['actor', 'account', 'group', 'login', 'none'] as const).map((name) => [name, name]),
);

export const RECORDS: ReadonlyMap<string, RecordMeaning> = new Map(
  TABLE.trim()
    .split('\n')
    .map((row): [string, RecordMeaning] => {
      const [record = '', action = '', category = '', type = '', parties = ''] = row.split(' ');
      return [
        record,
        {
          action,
          category: categoriesOf(category),
          type: typesOf(type),
          parties: PARTIES.get(parties) ?? 'none',
        },
      ];
    }),
);
