import type { EcsEvent, JsonObject } from '#ecs/event.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { coreLog, coreLogs } from './zeek-core-log.js';
import type { CoreShape } from './zeek-core-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Logs in which somebody signs in. */

const SIGN_IN: CoreShape = {
  category: ['network', 'authentication'],
  type: ['connection', 'protocol', 'start'],
};

export const ACCOUNT_LOGS: readonly ZeekLog[] = [
  ...coreLogs('ssh', [['auth_attempts'], ['kex_alg', 'host_key_alg'], ['auth_success']], {
    ...SIGN_IN,
    protocol: 'ssh',
    transport: 'tcp',
    action: 'ssh_login',
    says: ['client', 'server'],
    finish: (event, row) => decide(event, row.auth_success),
  }),
  ...coreLogs('kerberos', [['request_type'], ['client', 'till']], {
    ...SIGN_IN,
    protocol: 'kerberos',
    says: ['request_type', 'client', 'service', 'error_msg'],
    finish: readKerberos,
  }),
  ...coreLogs(
    'ntlm',
    [['server_nb_computer_name'], ['server_dns_computer_name'], ['hostname', 'domainname'], ['hostname', 'username']],
    {
      ...SIGN_IN,
      protocol: 'ntlm',
      transport: 'tcp',
      action: 'ntlm_login',
      says: ['domainname', 'username', 'hostname'],
      finish: readNtlm,
    },
  ),
  ...coreLogs('rdp', [['cookie', 'result'], ['security_protocol'], ['cert_count'], ['cookie']], {
    category: ['network', 'session'],
    type: ['connection', 'protocol', 'start'],
    protocol: 'rdp',
    action: 'rdp_connection',
    says: ['cookie', 'result', 'security_protocol', 'client_name'],
    finish: (event, row) => {
      const name = textOf(row.client_name);
      if (name !== undefined) event.source = { ...event.source, domain: name };
    },
  }),
  ...coreLogs('rfb', [['authentication_method'], ['server_major_version'], ['client_major_version']], {
    ...SIGN_IN,
    protocol: 'rfb',
    transport: 'tcp',
    action: 'rfb_login',
    says: ['authentication_method', 'desktop_name'],
    finish: (event, row) => decide(event, row.auth),
  }),
  ...coreLogs(
    'ftp',
    [
      ['reply_code', 'command'],
      ['user', 'password'],
      ['user', 'command'],
    ],
    {
      category: ['network', 'file'],
      type: ['connection', 'protocol', 'info'],
      protocol: 'ftp',
      transport: 'tcp',
      says: ['user', 'command', 'arg', 'reply_code', 'reply_msg'],
      finish: readFtp,
    },
  ),
  coreLog('mysql', ['cmd'], {
    category: ['network', 'database'],
    type: ['connection', 'protocol', 'access'],
    protocol: 'mysql',
    transport: 'tcp',
    says: ['cmd', 'arg'],
    finish: readMysql,
  }),
  ...coreLogs('radius', [['framed_addr'], ['username', 'result']], {
    ...SIGN_IN,
    protocol: 'radius',
    transport: 'udp',
    action: 'radius_login',
    says: ['username', 'result'],
    finish: (event, row) => {
      name(event, textOf(row.username));
      const result = textOf(row.result);
      if (result !== undefined) decide(event, result === 'success');
    },
  }),
  ...coreLogs('ldap', [['message_id', 'opcode']], {
    ...SIGN_IN,
    protocol: 'ldap',
    says: ['opcode', 'object', 'result'],
    finish: (event, row) => {
      const bind = textOf(row.opcode)?.startsWith('bind') === true;
      event.event.action = bind ? 'ldap_bind' : textOf(row.opcode);
      if (!bind) event.event.category = ['network'];
      const result = textOf(row.result);
      if (result !== undefined) decide(event, result === 'success');
      if (bind) name(event, textOf(row.object));
    },
  }),
  ...coreLogs('ldap_search', [['base_object', 'scope']], {
    protocol: 'ldap',
    says: ['base_object', 'filter', 'result'],
  }),
];

function name(event: EcsEvent, user: string | undefined): void {
  if (user !== undefined) event.user = { ...event.user, name: user };
}

/** Zeek guesses the outcome of encrypted sign-ins; where it does not, neither do we. */
function decide(event: EcsEvent, success: JsonObject[string] | undefined): void {
  event.event.outcome = success === true ? 'success' : success === false ? 'failure' : 'unknown';
}

/** `client` is `name/REALM`. A first request without pre-authentication is refused always, which is no failure. */
function readKerberos(event: EcsEvent, row: JsonObject): void {
  const kind = textOf(row.request_type)?.toLowerCase();
  event.event.action = kind === undefined ? 'kerberos' : `kerberos_${kind}`;
  const client = textOf(row.client);
  const slash = client?.lastIndexOf('/') ?? -1;
  if (client !== undefined && slash > 0) event.user = { name: client.slice(0, slash), domain: client.slice(slash + 1) };
  else name(event, client);
  const error = textOf(row.error_msg);
  if (error === 'KDC_ERR_PREAUTH_REQUIRED') event.event.outcome = 'unknown';
  else decide(event, row.success);
  if (error !== undefined) event.event.reason = error;
}

function readNtlm(event: EcsEvent, row: JsonObject): void {
  name(event, textOf(row.username));
  const domain = textOf(row.domainname);
  if (domain !== undefined) event.user = { ...event.user, domain };
  const host = textOf(row.hostname);
  if (host !== undefined) event.source = { ...event.source, domain: host };
  decide(event, row.success);
}

const LOGGED_IN = 230;
const NOT_LOGGED_IN = 530;

function readFtp(event: EcsEvent, row: JsonObject): void {
  const user = textOf(row.user);
  if (user !== '<unknown>') name(event, user);
  const command = textOf(row.command);
  if (command !== undefined) event.event.action = `ftp_${command.toLowerCase()}`;
  const path = textOf(row.arg);
  if (path?.includes('/') === true) event.file = { path };
  const reply = integerOf(row.reply_code);
  if (reply === undefined) return;
  event.event.outcome = reply < 400 ? 'success' : 'failure';
  if (reply !== LOGGED_IN && reply !== NOT_LOGGED_IN) return;
  event.event.category = ['network', 'authentication'];
  event.event.type = ['connection', 'protocol', 'start'];
}

function readMysql(event: EcsEvent, row: JsonObject): void {
  const command = textOf(row.cmd);
  if (command !== undefined) event.event.action = `mysql_${command}`;
  if (typeof row.success === 'boolean') decide(event, row.success);
  if (command !== 'login') return;
  event.event.category = ['network', 'authentication', 'database'];
  event.event.type = ['connection', 'protocol', 'start'];
  name(event, textOf(row.arg));
}
