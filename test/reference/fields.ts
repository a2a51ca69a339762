const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function follow(node: unknown, path: readonly string[]): unknown[] {
  if (path.length === 0) return [node];
  if (Array.isArray(node)) return node.flatMap((element) => follow(element, path));
  if (!isObject(node)) return [];
  return path.flatMap((_, at) => {
    const key = path.slice(0, at + 1).join('.');
    return Object.hasOwn(node, key) ? follow(node[key], path.slice(at + 1)) : [];
  });
}

/**
 * Everything that stands under a field's name, arrays taken apart: along the path, of which any steps may be one key with
 * dots. `present` says whether there is such a field at all, empty or null as it may be.
 */
export function readField(event: object, name: string): { present: boolean; values: unknown[] } {
  const found = follow(event, name.split('.'));
  return { present: found.length > 0, values: found.flat(Infinity) };
}

/** Text, numbers and truth values as text: "all values are treated as strings". */
export function asTexts(values: readonly unknown[]): string[] {
  return values.filter((value) => value !== null && typeof value !== 'object').map(String);
}

/** Every text in the event, wherever it stands: the "full log message" of keywords. */
export function everyText(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return asTexts([node]);
  return Object.values(node).flatMap(everyText);
}
