/** Reading and then looking is far cheaper than Object.hasOwn; what is inherited are functions and the prototype itself. */
function readKey(value: object, key: string): unknown {
  const inner: unknown = (value as Record<string, unknown>)[key];
  if (inner === undefined || typeof inner === 'function') return undefined;
  return key === '__proto__' && !Object.hasOwn(value, key) ? undefined : inner;
}

function readPath(node: unknown, path: readonly string[], from: number): unknown {
  let value = node;
  for (let at = from; at < path.length; at++) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) return readEach(value, path, at);
    value = readKey(value, path[at]!);
  }
  return value;
}

function readEach(elements: readonly unknown[], path: readonly string[], from: number): unknown {
  const found = elements.map((element) => readPath(element, path, from)).filter((it) => it !== undefined);
  return found.length > 0 ? found.flat() : undefined;
}

/** A field of a nested event by its dotted path; a key that itself holds the dots counts too. */
export function readField(event: object, name: string, path: readonly string[] = name.split('.')): unknown {
  const nested = readPath(event, path, 0);
  return nested === undefined && path.length > 1 ? readKey(event, name) : nested;
}
