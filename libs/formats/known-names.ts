const MOST = 2000;

/** Whether a name fits, asked once a name: those of hosts and programs come again with every line. */
export function namesThatFit(pattern: RegExp): (name: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    if (name === undefined) return false;
    const before = known.get(name);
    if (before !== undefined) return before;
    const fits = pattern.test(name);
    if (known.size >= MOST) known.clear();
    known.set(name, fits);
    return fits;
  };
}
