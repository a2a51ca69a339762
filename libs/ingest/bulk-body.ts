/** One action of a `_bulk` body, in order. */
export interface BulkItem {
  action: 'create' | 'index' | 'update' | 'delete';
  index: string;
  /** The sender's own `_id`. */
  id: string | undefined;
  /** Undefined for what we do not do: documents are only ever added. */
  document: Buffer | undefined;
}

type Meta = Omit<BulkItem, 'document'>;

/** The body as a whole cannot be followed; Elasticsearch refuses it whole too. */
export class BulkBodyError extends Error {}

const ACTIONS = new Set(['create', 'index', 'update', 'delete']);

/** Lines of a body without their ends; empty ones are left out. */
export function bodyLines(body: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const found = body.indexOf(0x0a, at);
    const end = found === -1 ? body.length : found;
    const stop = end > at && body[end - 1] === 0x0d ? end - 1 : end;
    if (stop > at) lines.push(body.subarray(at, stop));
    at = end + 1;
  }
  return lines;
}

/** @throws BulkBodyError naming the line that is no action, or that its document is missing */
export function bulkItems(body: Buffer, pathIndex: string): BulkItem[] {
  const lines = bodyLines(body);
  const items: BulkItem[] = [];
  let before: Buffer | undefined;
  let meta: Meta | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    // Most shippers send the same action for every document.
    if (!meta || !line || !before?.equals(line)) meta = actionOf(line, at + 1, pathIndex);
    before = line;
    const { action, index, id } = meta;
    if (action === 'delete') {
      items.push({ action, index, id, document: undefined });
      continue;
    }
    const document = lines[++at];
    if (!document)
      throw new BulkBodyError(`The bulk request must be terminated by a document: the action on line ${at} has none`);
    items.push({ action, index, id, document: action === 'update' ? undefined : document });
  }
  return items;
}

function actionOf(line: Buffer | undefined, number: number, pathIndex: string): Meta {
  const [[action, meta] = []] = Object.entries(objectOf(line, number));
  if (!isAction(action))
    throw new BulkBodyError(`Malformed action/metadata line [${number}], expected create, index, update or delete`);
  const { _index: index, _id: id } = (typeof meta === 'object' && meta !== null ? meta : {}) as {
    _index?: unknown;
    _id?: unknown;
  };
  return {
    action,
    index: typeof index === 'string' ? index : pathIndex,
    id: (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined,
  };
}

function objectOf(line: Buffer | undefined, number: number): object {
  try {
    const value: unknown = JSON.parse(line?.toString() ?? '');
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new BulkBodyError(`Malformed action/metadata line [${number}], expected a JSON object`);
}

function isAction(name: string | undefined): name is BulkItem['action'] {
  return ACTIONS.has(name ?? '');
}
