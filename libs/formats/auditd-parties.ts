import { isIp, portOf } from '#ecs/addresses.js';
import type { EcsEvent, EndpointBlock } from '#ecs/event.js';
import type { AuditFields } from './auditd-fields.js';
import type { Parties } from './auditd-records.js';

/** Who did what to whom in an audit record, and from where. */

/** -1 as the kernel prints it: nobody has logged in. */
const NOBODY = new Set(['4294967295', '-1', 'unset']);

interface Named {
  name?: string;
  id?: string;
}

/** A value that says something. */
export function said(fields: ReadonlyMap<string, string>, key: string): string | undefined {
  const value = fields.get(key);
  return value === undefined || value === '' || value === '?' || value === '(null)' || value === '(none)'
    ? undefined
    : value;
}

function idOf(fields: ReadonlyMap<string, string>, key: string): string | undefined {
  const id = said(fields, key);
  return id === undefined || NOBODY.has(id) ? undefined : id;
}

/** The account that the program names: by name (also the one auditd looked up), else by number. */
function subjectOf({ outer, inner }: AuditFields): Named | undefined {
  const name = said(inner, 'acct') ?? said(outer, 'acct') ?? said(inner, 'user');
  const id = idOf(inner, 'id') ?? idOf(outer, 'id');
  if (name === undefined) return id === undefined ? undefined : named(id);
  return /^\d{1,10}$/.test(name) ? { id: name } : { name };
}

function named(value: string): Named {
  return /^\d{1,10}$/.test(value) ? { id: value } : { name: value };
}

/**
 * `user` is who logged in (auid), `effective` the identity it acted with, `target` the account that was changed: ECS,
 * "User fields usage". Where nobody logged in, the process's own identity stands for the user.
 */
export function readParties(event: EcsEvent, fields: AuditFields, parties: Parties): void {
  const { outer } = fields;
  const login = parties === 'none' ? undefined : idOf(outer, 'auid');
  const uid = idOf(outer, 'uid');
  const subject = subjectOf(fields);
  const euid = idOf(outer, 'euid');
  const looked = said(outer, 'AUID') ?? said(outer, 'UID');
  const actor: Named = { id: login ?? (parties === 'none' ? uid : undefined) };
  if (parties === 'group') {
    event.user = { ...actor, effective: uid === undefined ? undefined : { id: uid } };
    const group = said(fields.inner, 'grp') ?? said(outer, 'grp');
    event.group = group === undefined ? subject : { ...subject, name: group };
  } else if (parties === 'account') {
    event.user = {
      ...actor,
      name: subject?.name,
      effective: uid === undefined ? undefined : { id: uid },
      target: subject,
    };
    const group = said(fields.inner, 'grp');
    if (group !== undefined) event.group = { name: group };
  } else if (parties === 'actor') {
    event.user = { ...actor, name: subject?.name, effective: subject };
  } else if (parties === 'login') {
    const after = idOf(outer, 'new_auid') ?? idOf(outer, 'auid');
    event.user = { id: idOf(outer, 'old_auid') ?? after, effective: after === undefined ? undefined : { id: after } };
  } else {
    const effective = euid === undefined ? undefined : { id: euid };
    event.user = { ...actor, name: subject?.name ?? (looked === 'unset' ? undefined : looked), effective };
  }
  if (event.user.id === undefined && event.user.name === undefined && event.user.target === undefined) {
    event.user = event.user.effective === undefined ? undefined : event.user;
  }
}

/** `addr` is the other end of a session; the crypto records also say the ports. */
export function readEnds(event: EcsEvent, { outer, inner }: AuditFields): void {
  const address = said(inner, 'addr') ?? said(outer, 'addr') ?? said(outer, 'src');
  const host = said(inner, 'hostname');
  const source: EndpointBlock = {};
  if (address !== undefined && isIp(address)) source.ip = address;
  if (host !== undefined && host !== address) {
    if (isIp(host)) source.ip ??= host;
    else source.domain = host;
  }
  const rport = portOf(said(inner, 'rport') ?? '');
  if (rport !== undefined && rport > 0) source.port = rport;
  if (source.ip !== undefined || source.domain !== undefined) event.source = source;
  const local = said(inner, 'laddr') ?? said(outer, 'dst');
  if (local === undefined || !isIp(local)) return;
  event.destination = { ip: local };
  const lport = portOf(said(inner, 'lport') ?? '');
  if (lport !== undefined && lport > 0) event.destination.port = lport;
}

/** `saddr`, a `struct sockaddr` in hexadecimal: family (the machine's order, little-endian), port, address. */
export function readSocketAddress(event: EcsEvent, saddr: string): void {
  const bytes = /^(?:[0-9A-F]{2}){8,128}$/i.test(saddr) ? Buffer.from(saddr, 'hex') : undefined;
  if (bytes === undefined) return;
  const family = bytes.readUInt16LE(0);
  const port = bytes.readUInt16BE(2);
  if (family === 2) event.destination = { ip: bytes.subarray(4, 8).join('.'), port };
  else if (family === 10 && bytes.length >= 24) {
    const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(8 + at * 2).toString(16));
    event.destination = { ip: groups.join(':'), port };
  }
}
