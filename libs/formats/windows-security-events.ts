import {
  readAccount,
  readConnection,
  readCreated,
  readExited,
  readExplicit,
  readGroup,
  readLogon,
  readLogonSubject,
  readNetworkPolicy,
  readObject,
  readService,
  readShare,
  readSubject,
  readTarget,
  readTask,
  readTicket,
} from './windows-fields.js';
import { meaningsOf } from './windows-meanings.js';

const READERS = {
  account: readAccount,
  connection: readConnection,
  created: readCreated,
  exited: readExited,
  explicit: readExplicit,
  group: readGroup,
  logon: readLogon,
  share: readShare,
  policy: readNetworkPolicy,
  object: readObject,
  service: readService,
  session: readLogonSubject,
  subject: readSubject,
  target: readTarget,
  task: readTask,
  ticket: readTicket,
};

/** The Security channel: "Security auditing events" of Microsoft's Windows documentation (Appendix L and 4608 to 6424). */
const TABLE = `
1100 logging_disabled process end
1102 audit_log_cleared iam admin+change subject
1104 audit_log_full host error
1105 audit_log_backed_up host info
1108 audit_log_error host error
4608 system_started host start
4609 system_stopped host end
4612 audit_records_lost host error
4616 clock_changed configuration change subject
4624 login authentication+session start logon success
4625 login authentication start logon failure
4634,4647 logout session end target
4648 login_explicit authentication info explicit
4649 login_replay_detected authentication info logon failure
4656 object_handle_requested - access object
4657 registry_value_changed configuration+registry change object
4658 object_handle_closed - info object
4660 object_deleted - deletion object
4661,4663 object_accessed - access object
4662 directory_object_accessed iam info subject
4670 permissions_changed - change object
4627 group_membership iam user+info target
4672 login_special iam admin subject
4673,4674 privilege_used iam admin subject
4688 process_created process start created
4689 process_exited process end exited
4690 object_handle_duplicated process info subject
4696 process_token_assigned process change subject
4697 service_installed configuration+package installation+change service success
4698 scheduled_task_created configuration creation task success
4699 scheduled_task_deleted configuration deletion task success
4700 scheduled_task_enabled configuration change task success
4701 scheduled_task_disabled configuration change task success
4702 scheduled_task_changed configuration change task success
4703 privilege_adjusted iam user+change account
4704,4717 right_assigned iam user+change account
4705,4718 right_removed iam user+change account
4706,4707,4716 domain_trust_changed configuration change subject
4713,4739 domain_policy_changed configuration change subject
4719 audit_policy_changed configuration admin+change subject
4720 user_created iam user+creation account
4722 user_enabled iam user+change account
4723 user_password_changed iam user+change account
4724 user_password_reset iam user+change account
4725 user_disabled iam user+change account
4726 user_deleted iam user+deletion account
4738 user_changed iam user+change account
4740 user_locked iam user+change account
4741 computer_account_created iam user+creation account
4742 computer_account_changed iam user+change account
4743 computer_account_deleted iam user+deletion account
4765,4766 user_sid_history_added iam user+change account
4767 user_unlocked iam user+change account
4780 user_acl_set iam user+change account
4781 user_renamed iam user+change account
4794 directory_restore_password_set iam user+change subject
4798 user_groups_listed iam user+info account
4727,4731,4744,4749,4754,4759,4783,4790 group_created iam group+creation group
4730,4734,4748,4753,4758,4763,4789,4792 group_deleted iam group+deletion group
4735,4737,4745,4750,4755,4760,4764,4784,4791 group_changed iam group+change group
4728,4732,4746,4751,4756,4761,4785,4787 group_member_added iam group+change group
4729,4733,4747,4752,4757,4762,4786,4788 group_member_removed iam group+change group
4799 group_members_listed iam group+info group
4768 kerberos_ticket authentication start ticket
4769 kerberos_service_ticket authentication start ticket
4770 kerberos_service_ticket_renewed authentication start ticket
4771 kerberos_preauthentication authentication start ticket failure
4772,4773 kerberos_ticket_failed authentication start ticket failure
4776 credential_validation authentication start ticket
4777 credential_validation authentication start ticket failure
4778 session_reconnected authentication+session start share
4779 session_disconnected authentication+session end share
4800 workstation_locked authentication+session end target
4801 workstation_unlocked authentication+session start target
4802 screen_saver_started session info target
4803 screen_saver_stopped session info target
4817,4902,4906,4907,4908,4912,4715 audit_policy_changed configuration admin+change subject
4904,4905 audit_source_changed configuration admin+change subject
4944,4945,4951,4952,4953,4957,4958 firewall_rule_listed configuration info
4946,4947,4948,4949,4950,4954,4956 firewall_rule_changed configuration change subject
4964 login_special_group iam admin subject
5024 firewall_started process start
5025,5034 firewall_stopped process end
5136,5139 directory_object_changed configuration change subject
5137,5138 directory_object_created configuration creation subject
5141 directory_object_deleted configuration deletion subject
5140,5145 share_accessed network+file access share
5142 share_created configuration creation share
5143 share_changed configuration change share
5144 share_deleted configuration deletion share
5152,5157 connection network connection+denied connection failure
5154,5156 connection network connection+allowed connection
5155,5159 bind network connection+denied connection failure
5158 bind network connection+allowed connection
5376 backup_created iam info subject
5377 backup_restored iam change subject
5379,5381,5382 credentials_read iam info subject
6272,6278 network_access authentication start policy success
6273,6274 network_access authentication start policy failure
6279 user_locked iam user+change policy
6280 user_unlocked iam user+change policy
6416 device_connected host change subject
6419,6420,6421,6422 device_changed host change subject
6423 device_refused host info subject
`;

export const SECURITY = meaningsOf(TABLE, READERS);
