import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { Arrival, BodyParser, Heading, LineParser, Remainder } from '#ecs/parser.js';
import { applyStamp } from '#ecs/syslog-header.js';
import { knownHeadings } from './zeek-columns.js';
import { HEADING_DATASET, headingLine } from './zeek-heading.js';
import { fits, rowOf } from './zeek-row.js';

/**
 * Zeek's own log files, a line at a time: headings are events of their own, and the rows below them are read by them.
 * A row whose heading never came is read by the columns that Zeek and ICSNPP ship, if only one log of that shape is
 * known; else only its time, connection and addresses are. What a row says is then read as Zeek's JSON.
 */
export const zeekTsv = {
  name: 'zeek-tsv',
  matches: (first, text) => (first === HASH ? headingLine(text) !== undefined : beginsRow(text)),
  parse: parseText,
} satisfies LineParser<'zeek-tsv'>;

/** The same behind a syslog header; rsyslog writes the tabs as `#011` unless told otherwise. */
export const zeekTsvBody = {
  name: 'zeek-tsv-body',
  matches: ({ message }) => {
    const first = message.charCodeAt(0);
    return first === HASH ? headingLine(message) !== undefined : isTimeUnit(first) && beginsRow(withTabs(message));
  },
  parse: (event, arrival) => parseText(event, withTabs(event.message), arrival),
} satisfies BodyParser<'zeek-tsv-body'>;

const HASH = 35;
const TAB = 9;
const LONGEST_TIME = 20;
const MOST_CELLS = 1000;
/** What nearly every log begins with. */
const CONNECTION: Heading = {
  file: '',
  separator: '\t',
  setSeparator: ',',
  empty: '(empty)',
  unset: '-',
  path: '',
  fields: ['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p'],
  types: ['time', 'string', 'addr', 'port', 'addr', 'port'],
};

function withTabs(message: string): string {
  return message.includes('#011') && !message.includes('\t') ? message.replaceAll('#011', '\t') : message;
}

/** A time with six decimals (masked as X in published baselines), then something that is neither digit nor blank. */
function beginsRow(text: string): boolean {
  let i = 0;
  while (i < LONGEST_TIME && isTimeUnit(text.charCodeAt(i))) i++;
  if (i < 2 || text.charCodeAt(i) !== 46) return false;
  const point = i++;
  while (i < LONGEST_TIME && isTimeUnit(text.charCodeAt(i))) i++;
  const next = text.charCodeAt(i);
  return i - point === 7 && (next === TAB || next === 44 || next === 124 || next === 59);
}

function isTimeUnit(unit: number): boolean {
  return (unit >= 48 && unit <= 57) || unit === 88;
}

function parseText(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  return text.charCodeAt(0) === HASH ? readHeading(event, text, arrival) : readRow(event, text, arrival);
}

function readHeading(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const line = headingLine(text);
  if (line === undefined) return 'refused';
  event.event.dataset = HEADING_DATASET;
  event.event.module = 'zeek';
  event.event.type = ['info'];
  event.message = text;
  event.observer ??= { vendor: 'Zeek', product: 'Zeek', type: 'sensor' };
  if (line.key === 'open' || line.key === 'close') readOpening(event, line.rest, arrival);
  return 'done';
}

/** `2020-01-28-19-00-02`, in the sensor's zone. */
function readOpening(event: EcsEvent, text: string, arrival: Arrival): void {
  const parts = /^(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (parts === undefined || event['@timestamp'] !== '') return;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return;
  const time = ((hour * 60 + minute) * 60 + second) * 1000;
  applyStamp(event, { year, month, day, time, offset: undefined, end: text.length }, arrival);
}

function readRow(event: EcsEvent, text: string, arrival: Arrival): Remainder {
  const heading = headingOf(text, event.log?.file?.path ?? '', arrival);
  if (heading === undefined) return readConnection(event, text);
  const row: JsonObject = rowOf(heading, text.split(heading.separator, MOST_CELLS));
  row._path = heading.path;
  return row;
}

/** The file's own heading, else what is shipped for a file of that name, else any that fits and is not doubtful. */
function headingOf(text: string, file: string, { memory }: Arrival): Heading | undefined {
  const fitting = remembered(text, file, memory?.headings ?? []);
  if (fitting !== undefined && (file === '' || fitting.file === file)) return fitting;
  const cells = text.split('\t', MOST_CELLS);
  const shipped = knownHeadings(cells.length).filter((heading) => fits(heading, cells));
  const [name] = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1).split('.', 1);
  const named = shipped.find((heading) => heading.path === name);
  return named ?? fitting ?? (shipped.length === 1 ? shipped[0] : undefined);
}

/** Several logs may come from one source: the latest heading that the row fits, its own file's before the others. */
function remembered(text: string, file: string, headings: readonly Heading[]): Heading | undefined {
  let found: Heading | undefined;
  let separator = '';
  let cells: string[] = [];
  for (const heading of headings) {
    if (separator !== heading.separator) {
      separator = heading.separator;
      cells = text.split(separator, MOST_CELLS);
    }
    if (!fits(heading, cells)) continue;
    if (file === '' || heading.file === file) return heading;
    found ??= heading;
  }
  return found;
}

/** Nobody said what the columns are, but the first six are the same in nearly every log. */
function readConnection(event: EcsEvent, text: string): Remainder {
  const cells = text.split('\t', CONNECTION.fields.length);
  if (!fits(CONNECTION, cells)) return 'refused';
  addFlaw(event, 'columns unknown: no #fields line came before');
  return rowOf(CONNECTION, cells);
}
