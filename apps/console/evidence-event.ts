import type { EvidencePage } from './api.js';

/** An ECS event as the evidence table shows it. Every text in it came from outside. */
export interface EvidenceEvent {
  id: string;
  /** The device's clock. */
  time: string;
  /** The collector's clock. */
  received: string | null;
  host: string;
  action: string;
  outcome: string;
  user: string;
  peers: string;
  message: string;
  original: string;
  /** Every other field by its dotted name. */
  fields: readonly (readonly [name: string, value: string])[];
}

type Document = EvidencePage['items'][number];

const MOST_FIELDS = 300;
/** Shown in the row or above the fields already. */
const SHOWN = new Set(['event.original', 'message']);

export function evidenceEvent(document: Document): EvidenceEvent {
  const fields = flat(document, '');
  const values = new Map(fields);
  const first = (...names: string[]): string => names.map((name) => values.get(name)).find(Boolean) ?? '';
  return {
    id: document.event.id,
    time: document['@timestamp'],
    received: first('event.created') || null,
    host: first('plantwatch.asset.name', 'host.name', 'host.hostname', 'observer.name'),
    action: first('event.action', 'ot.operation', 'event.code', 'event.dataset'),
    outcome: first('event.outcome'),
    user: first('user.name', 'source.user.name', 'user.target.name'),
    peers: [first('source.ip', 'source.domain'), first('destination.ip', 'destination.domain')]
      .filter(Boolean)
      .join(' → '),
    message: first('message'),
    original: document.event.original,
    fields: fields.filter(([name]) => !SHOWN.has(name)).slice(0, MOST_FIELDS),
  };
}

function flat(value: unknown, name: string): [string, string][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return [[name, value.join(', ')]];
  if (typeof value !== 'object') return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, name ? `${name}.${key}` : key));
}
