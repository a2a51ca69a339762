const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function follow(node: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [node];
  if (Array.isArray(node)) return node.flatMap((element) => follow(element, path));
  return isObject(node) && Object.hasOwn(node, step) ? follow(node[step], rest) : [];
}

/**
 * Everything that stands under a field's name, arrays taken apart: by the dotted path, else by the name as a key.
 * `present` says whether there is such a field at all, empty or null as it may be.
 */
export function readField(event: object, name: string): { present: boolean; values: unknown[] } {
  const nested = follow(event, name.split('.'));
  const found = nested.length === 0 ? follow(event, [name]) : nested;
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
