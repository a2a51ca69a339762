import { globSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { normalise } from '#formats/normalise.js';
import { drawing, type Draw } from '#test/support/drawing.js';

export interface Corpus {
  /** One YAML text of many documents. */
  rules: string;
  /** Events as JSON, one a line. */
  lines: string[];
}

type Event = Record<string, unknown>;

const PEER_SET = 'test/fixtures/sigma/rsigma';
const unpacked = (name: string): string => gunzipSync(readFileSync(`${PEER_SET}/${name}`)).toString();
const RECEIVED_AT = Date.UTC(2026, 2, 2, 12);
const ELSEWHERE = /^ {2,4}product: (windows|macos|azure|aws|gcp|okta|onelogin|m365|github|bitbucket|kubernetes)$/m;

/** Hosts, people, process numbers, times and command lines differ from event to event, as they do in a plant. */
const VARIED: Record<string, (value: string, n: number, draw: Draw) => string> = {
  Hostname: (_, n) => `WS${String(n % 3000).padStart(5, '0')}`,
  User: (_, n) => `PLANT\\user${n % 997}`,
  SubjectUserName: (_, n) => `user${n % 997}`,
  ProcessId: (_, _n, draw) => String(100 + draw(30_000)),
  ParentProcessId: (_, _n, draw) => String(100 + draw(30_000)),
  ProcessGuid: (_, _n, draw) => `{${draw(2 ** 31).toString(16)}-9ae6-5f97-d027-${draw(2 ** 31).toString(16)}}`,
  CommandLine: (value, n, draw) => (n % 3 === 0 ? value : `${value} /x:${n}-${draw(2 ** 31).toString(16)}`),
  '@timestamp': (_, n) => new Date(RECEIVED_AT + n * 37).toISOString(),
  UtcTime: (_, n) => new Date(RECEIVED_AT + n * 37).toISOString(),
  'id.orig_h': (_, n) => `10.${n % 7}.${n % 31}.${n % 251}`,
  uid: (_, _n, draw) => `C${draw(2 ** 31).toString(36)}`,
};

function vary(event: Event, n: number, draw: Draw): Event {
  const varied = Object.entries(event).map(([name, value]) => {
    const change = typeof value === 'string' && Object.hasOwn(VARIED, name) ? VARIED[name] : undefined;
    return [name, change ? change(String(value), n, draw) : value];
  });
  return Object.fromEntries(varied) as Event;
}

function multiply(events: readonly Event[], count: number): string[] {
  const draw = drawing(7);
  return Array.from({ length: count }, (_, n) => JSON.stringify(vary(events[n % events.length]!, n, draw)));
}

const documents = (): string[] => unpacked('rules.yml.gz').split(/^---$/m);

function recorded(): Event[] {
  return unpacked('real.ndjson.gz')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

const isWindows = (event: Event): boolean => 'Channel' in event;

/** SigmaHQ's rules for Windows over Windows events as they were recorded. */
export function windowsCorpus(count: number): Corpus {
  const rules = documents().filter((text) => /^ {2,4}product: windows$/m.test(text));
  return { rules: rules.join('---\n'), lines: multiply(recorded().filter(isWindows), count) };
}

/** Those for process creation over such events only: every event meets every rule. */
function processCorpus(count: number): Corpus {
  const rules = documents().filter(
    (text) => /^ {2,4}product: windows$/m.test(text) && /^ {2,4}category: process_creation$/m.test(text),
  );
  const events = recorded().filter((event) => isWindows(event) && 'CommandLine' in event);
  return { rules: rules.join('---\n'), lines: multiply(events, count) };
}

/** 200 rules, ours first, for plants and networks, over normalised device and protocol events and raw Zeek logs. */
export function plantCorpus(count: number): Corpus {
  const own = globSync('rules/*/*.yml', { exclude: ['**/*.fixtures.yml', 'rules/pipelines/**'] }).toSorted();
  const shipped = own.flatMap((file) => readFileSync(file, 'utf8').split(/^---$/m));
  const names = new Set(shipped.map(idOf));
  const others = documents().filter((text) => !ELSEWHERE.test(text) && !names.has(idOf(text)));
  const rules = [...shipped, ...others, ...documents().filter((text) => /product: (kubernetes|github)$/m.test(text))];
  const files = globSync('test/fixtures/ecs/{auth,zeek}/*.{log,ndjson}').toSorted();
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'));
  const normalised = lines.map((raw) => ({ ...normalise({ raw, receivedAt: RECEIVED_AT, timeZone: 'UTC' }) }));
  const raw = recorded().filter((event) => !isWindows(event));
  return { rules: rules.slice(0, 200).join('---\n'), lines: multiply([...normalised, ...raw], count) };
}

/** The sets that are measured, by name: each makes so many events. */
export const CORPORA: Record<string, (count: number) => Corpus> = {
  windows: windowsCorpus,
  plant: plantCorpus,
  processCreation: processCorpus,
};

function idOf(text: string): string {
  return /^id: (\S+)$/m.exec(text)?.[1] ?? text;
}
