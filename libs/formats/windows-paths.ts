import type { FileBlock, RegistryBlock } from '#ecs/host-blocks.js';

/** Paths of files and registry keys, taken apart as ECS has them. */

const HIVES: ReadonlyMap<string, string> = new Map([
  ['HKEY_LOCAL_MACHINE', 'HKLM'],
  ['HKEY_USERS', 'HKU'],
  ['HKEY_CLASSES_ROOT', 'HKCR'],
  ['HKEY_CURRENT_USER', 'HKCU'],
  ['HKEY_CURRENT_CONFIG', 'HKCC'],
]);

export function fileOf(path: string): FileBlock {
  const at = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  const name = path.slice(at + 1);
  const point = name.lastIndexOf('.');
  return {
    path,
    name: name === '' ? undefined : name,
    directory: at > 0 ? path.slice(0, at) : undefined,
    extension: point > 0 && point + 1 < name.length ? name.slice(point + 1) : undefined,
  };
}

/** `HKLM\…\Key\Value`. */
export function registryOf(path: string, isValue: boolean): RegistryBlock {
  const [root = '', ...names] = path
    .replace(/^\\REGISTRY\\MACHINE/i, 'HKLM')
    .replace(/^\\REGISTRY\\USER/i, 'HKU')
    .split('\\');
  const hive = HIVES.get(root.toUpperCase()) ?? root;
  const value = isValue ? names.pop() : undefined;
  return { hive: hive === '' ? undefined : hive, key: names.length === 0 ? undefined : names.join('\\'), path, value };
}
