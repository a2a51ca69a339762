import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, EventType, JsonObject } from '#ecs/event.js';
import type { FileBlock, Hashes } from '#ecs/host-blocks.js';
import { integerOf, textOf } from '#ecs/json-values.js';
import { coreLog, coreLogs, textAt } from './zeek-core-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Files on the wire, Windows shares and remote calls. */

const SHARE_ACTIONS = new Map<string, EventType>([
  ['OPEN', 'access'],
  ['READ', 'access'],
  ['WRITE', 'change'],
  ['SET_INFORMATION', 'change'],
  ['RENAME', 'change'],
  ['DELETE', 'deletion'],
  ['CLOSE', 'info'],
]);
const HASHES = ['md5', 'sha1', 'sha256'] as const;

export const FILE_LOGS: readonly ZeekLog[] = [
  coreLog('files', ['fuid', 'seen_bytes'], {
    category: ['network', 'file'],
    type: ['info'],
    says: ['source', 'mime_type', 'filename'],
    finish: readFile,
  }),
  ...coreLogs('smb_files', [['path', 'name', 'action'], ['times.modified'], ['prev_name']], {
    category: ['network', 'file'],
    protocol: 'smb',
    transport: 'tcp',
    says: ['action', 'path', 'name'],
    finish: readShare,
  }),
  ...coreLogs('smb_mapping', [['path', 'share_type'], ['native_file_system']], {
    category: ['network', 'file'],
    type: ['connection', 'access'],
    protocol: 'smb',
    transport: 'tcp',
    action: 'smb_mapping',
    says: ['path', 'share_type'],
    finish: (event, row) => {
      const path = textOf(row.path);
      if (path !== undefined) event.file = { path };
    },
  }),
  ...coreLogs(
    'dce_rpc',
    [
      ['endpoint', 'operation'],
      ['rtt', 'named_pipe'],
      ['endpoint', 'named_pipe'],
    ],
    {
      protocol: 'dce_rpc',
      says: ['endpoint', 'operation', 'named_pipe'],
      finish: (event, row) => {
        event.event.action = textOf(row.operation);
      },
    },
  ),
  coreLog('pe', ['compile_ts'], {
    category: ['file'],
    type: ['info'],
    says: ['machine', 'os', 'subsystem'],
  }),
];

function readFile(event: EcsEvent, row: JsonObject): void {
  const name = textOf(row.filename);
  const file: FileBlock = {
    name,
    mime_type: textOf(row.mime_type),
    size: integerOf(row.total_bytes) ?? integerOf(row.seen_bytes),
  };
  event.file = file;
  const hash: Hashes = {};
  for (const kind of HASHES) {
    const value = textOf(row[kind]);
    if (value !== undefined) hash[kind] = value;
  }
  if (Object.keys(hash).length > 0) file.hash = hash;
  if (event.source !== undefined) return;
  // Logs of before Zeek 5.1 have sender and receiver only; `is_orig` tells which of them is the client.
  const sender = firstIp(row.tx_hosts);
  const receiver = firstIp(row.rx_hosts);
  const [client, server] = row.is_orig === true ? [sender, receiver] : [receiver, sender];
  if (client !== undefined) event.source = { ip: client };
  if (server !== undefined) event.destination = { ip: server };
  event.message = `${event.message} ${sender ?? '?'} -> ${receiver ?? '?'}`;
}

function firstIp(value: JsonObject[string] | undefined): string | undefined {
  const text = textOf(Array.isArray(value) ? value[0] : value);
  return text !== undefined && isIp(text) ? text : undefined;
}

/** `SMB::FILE_OPEN` */
function readShare(event: EcsEvent, row: JsonObject): void {
  const action = textOf(row.action)?.replace(/^SMB::/, '');
  event.event.action = action === undefined ? undefined : `smb_${action.toLowerCase()}`;
  const verb = action?.slice(action.indexOf('_') + 1) ?? '';
  event.event.type = [SHARE_ACTIONS.get(verb) ?? 'info'];
  const share = textAt(row, 'path');
  const name = textAt(row, 'name');
  if (name === undefined && share === undefined) return;
  event.file = {
    path: [share, name].filter((part) => part !== undefined).join('\\'),
    name: name?.slice(name.lastIndexOf('\\') + 1),
    size: integerOf(row.size),
  };
}
