import type { EcsEvent } from '#ecs/event.js';
import { readPam } from './pam.js';
import type { BodyParser } from '#ecs/parser.js';

/** Accounts and privilege on Linux: sudo, su, useradd and its relatives, and PAM on behalf of any other service. */
export const linuxAccounts = { name: 'linux-accounts', matches, parse } satisfies BodyParser<'linux-accounts'>;

type Reader = (event: EcsEvent, text: string) => void;

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['sudo', readSudo],
  ['su', readSu],
  ['useradd', readAccount],
  ['groupadd', readAccount],
  ['userdel', readAccount],
  ['groupdel', readAccount],
  ['usermod', readAccount],
  ['passwd', readPassword],
  ['chpasswd', readPassword],
  ['chage', readPassword],
  ['gpasswd', readMembership],
]);

const SU_FAILED = /^(?:FAILED SU \(to (\S{1,256})\) (\S{1,256})|'su (\S{1,256})' failed for (\S{1,256}))/;
const SU = /^\(to (\S{1,256})\) (\S{1,256})/;
const NEW = /^new (user|group): name=([^,]{1,256}), (?:UID=(\d{1,10}), )?(?:GID=(\d{1,10}))?/;
const REMOVED = /^(?:delete user|removed group) '([^']{1,256})'/;
const CHANGED = /^(?:change|lock|unlock|add|delete) (?:user )?'([^']{1,256})'/;
/** `add 'op' to group 'wheel'`, `delete 'op' from group 'wheel'`. */
const JOINED = /^(?:add|delete) '[^']{1,256}' (?:to|from) (?:shadow )?group '([^']{1,256})'/;
const MEMBERSHIP = /^user (\S{1,256}) (added|removed) by (\S{1,256}) (?:to|from) group (\S{1,256})/;
const PASSWORD = /password (?:changed|for) (?:for )?'?([^\s']{1,256})/;

function matches(event: EcsEvent): boolean {
  return READERS.has(event.process?.name ?? '') || event.message.startsWith('pam_');
}

function parse(event: EcsEvent): 'done' {
  const text = event.message.trimStart();
  event.event.dataset = 'system.auth';
  event.event.module = 'system';
  if (!readPam(event, text)) READERS.get(event.process?.name ?? '')?.(event, text);
  return 'done';
}

/** `USER : [COMPLAINT ; ]TTY=… ; PWD=… ; USER=… ; … COMMAND=…`, where the command may hold anything. */
function readSudo(event: EcsEvent, text: string): void {
  const colon = text.indexOf(' : ');
  const commandAt = text.indexOf(' ; COMMAND=', colon);
  if (colon < 1 || commandAt === -1) return;
  const fields = text.slice(colon + 3, commandAt).split(' ; ');
  const complaint = fields[0]?.includes('=') ? undefined : fields[0];
  event.user = { name: text.slice(0, colon), effective: { name: valueOf(fields, 'USER=') } };
  event.process = {
    ...event.process,
    command_line: text.slice(commandAt + 11),
    working_directory: valueOf(fields, 'PWD='),
  };
  event.event.action = complaint === undefined ? 'sudo_command' : 'sudo_denied';
  event.event.category = ['process'];
  event.event.type = complaint === undefined ? ['start'] : ['denied'];
  event.event.outcome = complaint === undefined ? 'success' : 'failure';
  if (complaint !== undefined) event.event.reason = complaint;
}

function valueOf(fields: readonly string[], key: string): string | undefined {
  return fields.find((field) => field.startsWith(key))?.slice(key.length);
}

function readSu(event: EcsEvent, text: string): void {
  const failed = SU_FAILED.exec(text);
  const found = failed ?? SU.exec(text);
  if (found === null) return;
  const target = found[1] ?? found[3] ?? '';
  const user = found[2] ?? found[4] ?? '';
  event.user = { name: user, effective: { name: target } };
  event.event.action = 'su';
  event.event.category = ['authentication'];
  event.event.type = ['start'];
  event.event.outcome = failed === null ? 'success' : 'failure';
}

function readAccount(event: EcsEvent, text: string): void {
  const created = NEW.exec(text);
  const changed = REMOVED.exec(text) ?? CHANGED.exec(text);
  if (created === null && changed === null) return;
  const group = created === null ? event.process?.name?.startsWith('group') : created[1] === 'group';
  const name = created?.[2] ?? changed?.[1] ?? '';
  const verb = created !== null ? 'creation' : REMOVED.test(text) ? 'deletion' : 'change';
  event.event.category = ['iam'];
  event.event.type = [group ? 'group' : 'user', verb];
  event.event.action = `${group ? 'group' : 'user'}_${verb}`;
  event.event.outcome = 'success';
  if (!group) event.user = { name, id: created?.[3] };
  const id = created?.[4];
  const joined = JOINED.exec(text);
  if (joined !== null) event.group = { name: joined[1] };
  else if (group || id !== undefined) event.group = group ? { name, id } : { id };
}

function readMembership(event: EcsEvent, text: string): void {
  const found = MEMBERSHIP.exec(text);
  if (found === null) return;
  const [, member, verb, actor, group] = found;
  event.user = { name: actor, target: { name: member } };
  event.group = { name: group };
  event.event.action = verb === 'added' ? 'group_member_added' : 'group_member_removed';
  event.event.category = ['iam'];
  event.event.type = ['group', 'change'];
  event.event.outcome = 'success';
}

function readPassword(event: EcsEvent, text: string): void {
  const user = PASSWORD.exec(text)?.[1];
  if (user === undefined) return;
  event.user = { name: user };
  event.event.action = 'password_change';
  event.event.category = ['iam'];
  event.event.type = ['user', 'change'];
  event.event.outcome = 'success';
}
