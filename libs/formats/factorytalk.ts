import type { EcsEvent, JsonObject, Outcome } from '#ecs/event.js';
import { categoriesOf, typesOf } from '#ecs/event-words.js';
import { setField } from './ecs-setters.js';

/**
 * The sentences in which Rockwell's FactoryTalk products audit what engineers and operators do, each thing named in
 * brackets: `Changed value of tag [Limit] in processor [TABLET10] from [100] to [125]` (FactoryTalk Services Platform
 * help, "Example: Audit messages"; FactoryTalk Diagnostics' Windows channel has the same).
 */

/** Verb, what it was done to, its name, where that is, and the values before and after. */
const SENTENCE =
  /^(Successful login of|Failed login of|Login failed for|Logout of|Added|Removed|Deleted|Created|Modified properties of|Modified|Downloaded|Uploaded|Inserted|Forced|Unforced|Changed) ([^[\]]{0,96})\[([^[\]]{0,256})\](?: (?:to|from|in|on|of) ([^[\]]{1,96}) \[([^[\]]{0,256})\])?(?: from \[([^\]]{0,256})\] to \[([^\]]{0,256})\])?/;

type Row = readonly [
  verb: RegExp,
  thing: RegExp,
  action: string,
  category: string,
  type: string,
  outcome?: Outcome | undefined,
];

const ANY = /(?:)/;
const PEOPLE = /\b(?:user|account)\b/i;
const GROUPS = /\bgroup\b/i;
/** The first row that both words fit. */
const ROWS: readonly Row[] = [
  [/^Successful login/, ANY, 'login', 'authentication+session', 'start', 'success'],
  [/^(?:Failed login|Login failed)/, ANY, 'login', 'authentication', 'start', 'failure'],
  [/^Logout/, ANY, 'logout', 'session', 'end'],
  [/^(?:Added|Created)/, GROUPS, 'group_created', 'iam', 'group+creation'],
  [/^(?:Added|Created)/, PEOPLE, 'user_created', 'iam', 'user+creation'],
  [/^(?:Removed|Deleted)/, GROUPS, 'group_deleted', 'iam', 'group+deletion'],
  [/^(?:Removed|Deleted)/, PEOPLE, 'user_deleted', 'iam', 'user+deletion'],
  [/^(?:Modified|Changed)/, GROUPS, 'group_changed', 'iam', 'group+change'],
  [/^(?:Modified|Changed)/, PEOPLE, 'user_changed', 'iam', 'user+change'],
  [/^Downloaded/, ANY, 'program_download', 'configuration', 'change'],
  [/^Uploaded/, ANY, 'program_upload', 'configuration', 'access'],
  [/./, /\b(?:rung|routine|program|task)\b/i, 'program_changed', 'configuration', 'change'],
  [/^(?:Forced|Unforced)/, ANY, 'force_changed', 'process', 'change'],
  [/^Changed/, /^value of tag\b/i, 'value_written', 'process', 'change'],
  [/^Changed/, /\bpolicy\b/i, 'policy_changed', 'configuration', 'change'],
  [/^(?:Added|Created)/, ANY, 'configuration_changed', 'configuration', 'creation'],
  [/^(?:Removed|Deleted)/, ANY, 'configuration_changed', 'configuration', 'deletion'],
  [/./, ANY, 'configuration_changed', 'configuration', 'change'],
];

/** Sentences of one bracket are too common to be known as FactoryTalk's unless somebody signs in or out. */
export function isFactoryTalk(message: string): boolean {
  const bracket = message.indexOf('[');
  if (bracket < 6 || bracket > 128) return false;
  const found = SENTENCE.exec(message);
  return found !== null && (found[4] !== undefined || /\bof user |for user /.test(found[0]));
}

/** Fills in what the sentence says; false if it is none. */
export function readFactoryTalk(event: EcsEvent): boolean {
  const found = SENTENCE.exec(event.message);
  if (found === null) return false;
  const [, verb = '', what = '', name = '', where, place, before, after] = found;
  const thing = what.trim();
  const row = ROWS.find(([verbs, things]) => verbs.test(verb) && things.test(thing));
  if (row === undefined) return false;
  const [, , action, category, type, outcome] = row;
  Object.assign(event.event, { action, category: categoriesOf(category), type: typesOf(type) });
  if (outcome !== undefined) event.event.outcome = outcome;
  if (category.startsWith('authentication') || category === 'session') setField(event, 'user.name', name);
  else if (category === 'iam') setField(event, type.startsWith('group') ? 'group.name' : 'user.target.name', name);
  const own: JsonObject = { object: { kind: thing, name } };
  if (where !== undefined && place !== undefined) own.place = { kind: where, name: place };
  if (before !== undefined && after !== undefined) own.value = { before, after };
  event.rockwell = own;
  return true;
}
