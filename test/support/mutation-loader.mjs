// TypeScript sources in this very process, as often as wanted: `?mutant=N` after a file's address makes copies of it and of
// every room file that it imports, with one change in one of them.
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolvePath(import.meta.dirname, '../..');
const shim = pathToFileURL(resolvePath(import.meta.dirname, 'mutation-vitest.mjs')).href;
const compiled = new Map();
let change = null;

const toScript = (source) => stripTypeScriptTypes(source, { mode: 'transform', sourceMap: false });

function scriptOf(file) {
  if (!compiled.has(file)) compiled.set(file, toScript(readFileSync(file, 'utf8')));
  return compiled.get(file);
}

/** Where a specifier of this project lies: '#test/…', '#apps/…' and '#room/…' as package.json has them. */
function sourceOf(specifier, parent) {
  const name = specifier.replace(/\.js$/, '.ts');
  if (specifier.startsWith('#'))
    return resolvePath(root, /^#(test|apps)\//.test(name) ? name.slice(1) : `libs/${name.slice(1)}`);
  if (specifier.startsWith('.') && parent?.split('?')[0].endsWith('.ts')) {
    return resolvePath(fileURLToPath(parent), '..', name);
  }
  return null;
}

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'vitest') return { url: shim, shortCircuit: true };
    const file = sourceOf(specifier, context.parentURL);
    if (file === null) return next(specifier, context);
    const query = context.parentURL?.split('?')[1];
    return { url: pathToFileURL(file).href + (query ? `?${query}` : ''), shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.split('?')[0].endsWith('.ts')) return next(url, context);
    const file = fileURLToPath(url.split('?')[0]);
    const mutated = change?.file === file && url.endsWith(`?mutant=${change.number}`);
    return { format: 'module', source: mutated ? toScript(change.source) : scriptOf(file), shortCircuit: true };
  },
});

/** Imports a file of the project by its path from the root. */
export const load = (path) => import(pathToFileURL(resolvePath(root, path)).href);

/** Imports copies of files as they are with one change; @param mutant null: no change */
export async function loadMutated(number, mutant, paths) {
  const file = mutant && resolvePath(root, mutant.file);
  const source = file && readFileSync(file, 'utf8');
  change = mutant && { number, file, source: source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end) };
  const urls = paths.map((path) => `${pathToFileURL(resolvePath(root, path)).href}?mutant=${number}`);
  const loaded = [];
  for (const url of urls) loaded.push(await import(url));
  return loaded;
}
