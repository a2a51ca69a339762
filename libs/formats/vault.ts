import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, EventCategory, EventType, JsonObject } from '#ecs/event.js';
import { integerOf, isObject, objectAt, textOf } from '#ecs/json-values.js';
import type { Arrival, DocumentParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { scanIso } from '#ecs/timestamps.js';

/**
 * HashiCorp Vault's audit device (and OpenBao's): a JSON object a request and one a response, secrets hashed by Vault.
 * The response tells what became of the request: it alone has an outcome, or all would count twice.
 */
export const vault = { name: 'vault', matches, parse } satisfies DocumentParser<'vault'>;

interface Kind {
  readonly path: RegExp;
  readonly operations?: ReadonlySet<string>;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
}

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch']);
const DELETES: ReadonlySet<string> = new Set(['delete']);
/** The first that holds, by path and operation (Vault's HTTP API). */
const KINDS: readonly Kind[] = [
  {
    path: /^auth\/[^/]{1,128}\/login(?:\/|$)/,
    action: 'login',
    category: ['authentication', 'session'],
    type: ['start'],
  },
  { path: /^auth\/token\/revoke/, action: 'logout', category: ['authentication', 'session'], type: ['end'] },
  { path: /^auth\/token\/create/, action: 'token_created', category: ['iam'], type: ['creation'] },
  {
    path: /^sys\/audit(?:\/|$)/,
    operations: DELETES,
    action: 'logging_disabled',
    category: ['configuration'],
    type: ['deletion'],
  },
  {
    path: /^sys\/audit(?:\/|$)/,
    operations: WRITES,
    action: 'logging_changed',
    category: ['configuration'],
    type: ['change'],
  },
  {
    path: /^sys\/storage\/raft\/snapshot/,
    operations: new Set(['read']),
    action: 'backup_created',
    category: ['configuration'],
    type: ['access'],
  },
  {
    path: /^sys\/storage\/raft\/snapshot/,
    operations: WRITES,
    action: 'backup_restored',
    category: ['configuration'],
    type: ['change'],
  },
  { path: /^sys\/(?:seal|unseal|step-down)/, action: 'seal_changed', category: ['host'], type: ['change'] },
  {
    path: /^(?:auth|identity|sys\/polic(?:y|ies))\//,
    operations: WRITES,
    action: 'access_changed',
    category: ['iam', 'configuration'],
    type: ['change'],
  },
  {
    path: /^(?:auth|identity|sys\/polic(?:y|ies))\//,
    operations: DELETES,
    action: 'access_deleted',
    category: ['iam', 'configuration'],
    type: ['deletion'],
  },
  { path: /^sys\//, operations: WRITES, action: 'settings_changed', category: ['configuration'], type: ['change'] },
  { path: /^sys\//, operations: DELETES, action: 'settings_deleted', category: ['configuration'], type: ['deletion'] },
  { path: /./, operations: WRITES, action: 'secret_written', category: ['database'], type: ['change'] },
  { path: /./, operations: DELETES, action: 'secret_deleted', category: ['database'], type: ['deletion'] },
  { path: /./, action: 'secret_read', category: ['database'], type: ['access'] },
];

function matches(document: JsonObject): boolean {
  const request = objectAt(document, 'request');
  return (
    (document.type === 'request' || document.type === 'response') &&
    typeof request?.path === 'string' &&
    typeof request.operation === 'string'
  );
}

function parse(event: EcsEvent, document: JsonObject, arrival: Arrival): Remainder {
  const request = objectAt(document, 'request');
  if (request === undefined) return 'refused';
  const path = textOf(request.path) ?? '';
  const operation = textOf(request.operation) ?? '';
  const stamp = scanIso(textOf(document.time) ?? '', 0);
  if (stamp !== undefined) applyStamp(event, stamp, arrival);
  event.event.dataset = 'vault.audit';
  event.event.module = 'vault';
  event.message = `${operation} ${path}`;
  const kind = KINDS.find((row) => row.path.test(path) && (row.operations?.has(operation) ?? true));
  if (kind !== undefined) describe(event, kind, document);
  readWho(event, document, request);
  event.vault = { audit: document };
  return 'done';
}

function describe(event: EcsEvent, { action, category, type }: Kind, document: JsonObject): void {
  event.event.action = action;
  event.event.category = category;
  event.event.type = type;
  if (document.type !== 'response') return;
  const error = textOf(document.error);
  event.event.outcome = error === undefined ? 'success' : 'failure';
  if (error === undefined) return;
  event.event.reason = error.split('\n', 1)[0];
  if (!/permission denied/i.test(error)) return;
  event.plantwatch ??= {};
  event.plantwatch.audit_category = 'access_control';
}

function readWho(event: EcsEvent, document: JsonObject, request: JsonObject): void {
  const response = objectAt(document, 'response');
  // At a sign-in the account is what comes out of it, or what stands in the path.
  const given = response === undefined ? undefined : objectAt(response, 'auth');
  const auth = given ?? objectAt(document, 'auth') ?? {};
  const metadata = objectAt(auth, 'metadata');
  const asked = /^auth\/[^/]{1,128}\/login\/(.{1,256})$/.exec(textOf(request.path) ?? '')?.[1];
  const name = textOf(metadata?.username) ?? textOf(metadata?.role_name) ?? asked ?? textOf(auth.display_name);
  const id = textOf(auth.entity_id);
  if (name !== undefined || id !== undefined) event.user = { name, id };
  const address = textOf(request.remote_address);
  const port = integerOf(request.remote_port);
  if (address !== undefined && isIp(address)) event.source = { ip: address };
  if (event.source !== undefined && port !== undefined && port > 0 && port <= 65_535) event.source.port = port;
  const agent = isObject(request.headers) ? request.headers['user-agent'] : undefined;
  const first = Array.isArray(agent) ? textOf(agent[0]) : undefined;
  if (first !== undefined) event.user_agent = { original: first };
}
