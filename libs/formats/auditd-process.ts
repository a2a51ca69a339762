import type { EcsEvent, ProcessBlock } from '#ecs/event.js';
import { integerOf } from '#ecs/json-values.js';
import type { AuditFields } from './auditd-fields.js';
import { said } from './auditd-parties.js';

/** The process of an audit record: who ran (`exe`, `comm`), what with (`a0` …, `cmd`, `proctitle`) and where (`cwd`). */

const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['c000003e', 'x86_64'],
  ['40000003', 'i386'],
  ['c00000b7', 'aarch64'],
  ['40000028', 'arm'],
  ['c0000015', 'ppc64le'],
  ['80000016', 's390x'],
]);
/** x86-64 system calls by what they tell of a process or a connection (`arch/x86/entry/syscalls/syscall_64.tbl`). */
const STARTS = new Set(['59', '322', 'execve', 'execveat']);
const INWARD = new Set(['43', '45', '47', '288', 'accept', 'recvfrom', 'recvmsg', 'accept4']);
const OUTWARD = new Set(['42', '44', '46', 'connect', 'sendto', 'sendmsg']);
const MOST_ARGUMENTS = 512;

export function readProcess(event: EcsEvent, record: string, fields: AuditFields): void {
  const { outer, inner } = fields;
  const process: ProcessBlock = {};
  const executable = said(inner, 'exe') ?? said(outer, 'exe');
  const comm = said(inner, 'comm') ?? said(outer, 'comm');
  const pid = integerOf(said(outer, 'pid') ?? said(outer, 'opid'));
  const parent = integerOf(said(outer, 'ppid'));
  const directory = said(inner, 'cwd') ?? said(outer, 'cwd');
  if (executable !== undefined) process.executable = executable;
  if (comm !== undefined) process.name = comm;
  if (pid !== undefined && pid >= 0) process.pid = pid;
  if (parent !== undefined && parent >= 0) process.parent = { pid: parent };
  if (directory !== undefined) process.working_directory = directory;
  readCommand(process, record, fields);
  // What the syslog header named is the relay, not who acted.
  event.process = Object.keys(process).length > 0 ? process : undefined;
  if (record === 'SYSCALL') readCall(event, outer);
}

function readCall(event: EcsEvent, outer: ReadonlyMap<string, string>): void {
  const architecture = ARCHITECTURES.get(said(outer, 'arch') ?? '');
  if (architecture !== undefined) event.host = { ...event.host, architecture };
  const gid = said(outer, 'gid');
  if (gid !== undefined && event.user !== undefined) event.user.group = { id: gid };
  const call =
    said(outer, 'SYSCALL') ??
    (architecture === 'x86_64' || architecture === undefined ? said(outer, 'syscall') : undefined);
  if (call === undefined) return;
  if (STARTS.has(call)) event.event.type = ['start'];
  if (INWARD.has(call)) event.network = { direction: 'ingress' };
  if (OUTWARD.has(call)) event.network = { direction: 'egress' };
}

function readCommand(process: ProcessBlock, record: string, { outer, inner }: AuditFields): void {
  const command = record === 'USER_CMD' ? (said(inner, 'cmd') ?? said(outer, 'cmd')) : undefined;
  const title = record === 'PROCTITLE' ? said(outer, 'proctitle') : undefined;
  const args =
    command !== undefined
      ? command.split(/\s+/, MOST_ARGUMENTS)
      : title !== undefined
        ? title.split('\0', MOST_ARGUMENTS)
        : record === 'EXECVE'
          ? argumentsOf(outer)
          : [];
  if (args.length === 0) return;
  process.args = args;
  process.args_count = integerOf(said(outer, 'argc')) ?? args.length;
  process.command_line = command ?? args.join(' ');
  if (record === 'EXECVE' && args[0]?.startsWith('/')) process.executable ??= args[0];
}

/** `a0="ip" a1="route"`; a long one comes in parts: `a1[0]=… a1[1]=…`, and records of its own that begin further on. */
function argumentsOf(outer: ReadonlyMap<string, string>): string[] {
  const args: string[] = [];
  let first = -1;
  for (const [key, value] of outer) {
    const found = /^a(\d{1,5})(?:\[(\d{1,5})\])?$/.exec(key);
    if (found === null || args.length >= MOST_ARGUMENTS) continue;
    if (first < 0) first = Number(found[1]);
    if (found[2] === undefined || found[2] === '0') args.push(value);
    else args.push(`${args.pop() ?? ''}${value}`);
  }
  if (first > 0) args.unshift(`[... ${first} truncated arguments ...]`);
  return args;
}
