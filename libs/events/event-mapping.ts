import { MAPPED_FIELDS, type FieldType } from '#ecs/ecs-fields.js';

/** Full text: what words and phrases without a field are looked up in. */
export const TEXT_FIELDS = ['message', 'event.original'] as const;

interface Properties {
  [name: string]: { type: FieldType } | { properties: Properties };
}

export interface IndexOptions {
  replicas: number;
}

export interface EventIndexDefinition {
  settings: { index: Record<string, string | number> };
  mappings: { dynamic: false; properties: Properties };
}

/** How long a keyword may be, in characters, to be found; longer ones stay in the document. Lucene's own limit is 32,766 bytes. */
const LONGEST_KEYWORD = 8000;

/** Search type of a field, or undefined when it cannot be searched. */
export function fieldType(field: string): FieldType | undefined {
  return Object.hasOwn(MAPPED_FIELDS, field) ? MAPPED_FIELDS[field] : undefined;
}

/**
 * The one definition of an events index: settings and mapping, made from the list of mapped fields. No refresh interval:
 * Elasticsearch then refreshes each second only what was searched just before, and a search of the rest waits for its refresh.
 */
export function eventIndex({ replicas }: IndexOptions): EventIndexDefinition {
  return {
    settings: {
      index: {
        mode: 'logsdb',
        number_of_shards: 1,
        number_of_replicas: replicas,
        'search.idle.after': '5s',
        'mapping.ignore_above': LONGEST_KEYWORD,
      },
    },
    mappings: { dynamic: false, properties: properties(MAPPED_FIELDS) },
  };
}

function properties(fields: Readonly<Record<string, FieldType>>): Properties {
  const root: Properties = {};
  for (const [field, type] of Object.entries(fields)) {
    const path = field.split('.');
    const leaf = path.pop() ?? field;
    const parent = path.reduce((node, name) => {
      const known = node[name];
      if (known && 'properties' in known) return known.properties;
      const made: Properties = {};
      node[name] = { properties: made };
      return made;
    }, root);
    parent[leaf] = { type };
  }
  return root;
}
