import type { EcsEvent } from '#ecs/event.js';
import { categoriesOf, typesOf } from '#ecs/event-words.js';
import type { Arrival, BodyParser } from '#ecs/parser.js';
import { scanBsd } from '#ecs/timestamps.js';
import { takeTime } from './body-time.js';
import { setField } from './ecs-setters.js';
import { isFactoryTalk, readFactoryTalk } from './factorytalk.js';

/**
 * Rockwell: a Logix controller's log, a table of tabs with the columns record number, time (UTC), entry description,
 * Windows user, workstation, FactoryTalk id, extended information and change detection audit value (1756-PM015,
 * "Controller logging"), and FactoryTalk's audit sentences.
 */
export const rockwell = { name: 'rockwell', matches, parse } satisfies BodyParser<'rockwell'>;

type Row = readonly [description: RegExp, action: string, category: string, type: string];

const ENTRY = /^\d{1,10}\t(\d{1,2})-([A-Z][a-z]{2})(?:-(\d{4}|\d\d))? (\d\d:\d\d:\d\d)\t([A-Z][^\t]{2,80})\t/;
const ROWS: readonly Row[] = [
  [/^Project (?:download|load)/, 'program_download', 'configuration', 'change'],
  [/^Project stored?\b/, 'program_upload', 'configuration', 'access'],
  [/^(?:Online edits|Partial import|Transaction|Routine|Program)/, 'program_changed', 'configuration', 'change'],
  [/^(?:I\/O|SFC) (?:element )?force/, 'force_changed', 'process', 'change'],
  [/^Firmware update/, 'firmware_changed', 'package', 'change'],
  [/mode change/i, 'mode_change', 'host', 'change'],
  [/^(?:A )?(?:major|minor) faults? cleared/i, 'fault_cleared', 'host', 'change'],
  [/^(?:A )?(?:major|minor) fault/i, 'fault', 'host', 'error'],
  [/^(?:Multiple )?[Cc]onstant tag/, 'value_written', 'process', 'change'],
  [/^Change detection mask/, 'audit_policy_changed', 'configuration', 'change'],
  [/\blog\b.*\b(?:cleared|deleted)/i, 'audit_log_cleared', 'configuration', 'deletion'],
  [/^(?:Change )?[Ll]og /, 'logging_changed', 'configuration', 'info'],
  [/^Removable media/, 'removable_media', 'host', 'info'],
  [/^Safety /, 'safety_configuration_changed', 'configuration', 'change'],
  [/modified|changed/i, 'configuration_changed', 'configuration', 'change'],
];
const MODES = /^Old mode (?<before>[^,]{1,32}),\s*New mode (?<after>.{1,32})$/;

function matches({ message }: EcsEvent): boolean {
  const first = message.charCodeAt(0);
  return first >= 48 && first <= 57 ? ENTRY.test(message) : isFactoryTalk(message);
}

function parse(event: EcsEvent, arrival: Arrival): 'done' | 'refused' {
  const entry = ENTRY.exec(event.message);
  event.event.module = 'rockwell';
  event.event.dataset = entry === null ? 'rockwell.factorytalk' : 'rockwell.controller_log';
  event.observer = { vendor: 'Rockwell Automation', product: entry === null ? 'FactoryTalk' : 'Logix' };
  if (entry === null) return readFactoryTalk(event) ? 'done' : 'refused';
  readEntry(event, entry, arrival);
  return 'done';
}

function readEntry(event: EcsEvent, entry: RegExpExecArray, arrival: Arrival): void {
  const [, day = '', month = '', year, time = '', description = ''] = entry;
  const columns = event.message.split('\t', 9);
  const [record = '', , , user = '', workstation = '', factoryTalk = '', information = '', audit = ''] = columns;
  const written = year === undefined ? '' : ` ${year.length === 2 ? `20${year}` : year}`;
  const stamp = scanBsd(`${month} ${day.padStart(2, ' ')}${written} ${time}`, 0);
  if (stamp !== undefined) takeTime(event, { ...stamp, offset: 0 }, arrival);
  const row = ROWS.find(([words]) => words.test(description));
  if (row !== undefined) {
    const [, action, category, type] = row;
    Object.assign(event.event, { action, category: categoriesOf(category), type: typesOf(type) });
  }
  event.message = information === '' || isNone(information) ? description : `${description}: ${information}`;
  setField(event, 'event.sequence', record);
  if (!isNone(user)) setField(event, 'user.name', user);
  if (!isNone(workstation)) setField(event, 'source.domain', workstation);
  const modes = MODES.exec(information)?.groups;
  event.rockwell = {
    description,
    ...(isNone(factoryTalk) ? {} : { factorytalk_id: factoryTalk }),
    ...(isNone(information) ? {} : { information }),
    ...(isNone(audit) ? {} : { audit_value: audit }),
    ...(modes === undefined ? {} : { mode: { before: modes.before ?? '', after: modes.after ?? '' } }),
  };
}

function isNone(value: string): boolean {
  return value === '' || value === 'None';
}
