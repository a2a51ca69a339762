import type { EventCategory, EventType } from './event.js';

/** Tables write the values of `event.category` and `event.type` as words joined by `+`; what ECS does not have is left out. */

const CATEGORIES = [
  'api',
  'authentication',
  'configuration',
  'database',
  'driver',
  'email',
  'file',
  'host',
  'iam',
  'intrusion_detection',
  'library',
  'malware',
  'network',
  'package',
  'process',
  'registry',
  'session',
  'threat',
  'vulnerability',
  'web',
] as const satisfies readonly EventCategory[];

const TYPES = [
  'access',
  'admin',
  'allowed',
  'change',
  'connection',
  'creation',
  'deletion',
  'denied',
  'device',
  'end',
  'error',
  'group',
  'indicator',
  'info',
  'installation',
  'protocol',
  'start',
  'user',
] as const satisfies readonly EventType[];

export function categoriesOf(words: string): readonly EventCategory[] | undefined {
  return some(words, CATEGORIES);
}

export function typesOf(words: string): readonly EventType[] | undefined {
  return some(words, TYPES);
}

function some<Name extends string>(words: string, known: readonly Name[]): readonly Name[] | undefined {
  const list = words.split('+').flatMap((word) => known.find((name) => name === word) ?? []);
  return list.length === 0 ? undefined : list;
}
