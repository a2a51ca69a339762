/** Which room may import which, in the order data flows. docs/architecture.md shows this table. */
const TABLE = {
  ecs: '',
  sigma: '',
  transparency: '',
  iec62443: '',
  platform: '',
  formats: 'ecs',
  pipelines: 'sigma',
  engine: 'sigma, pipelines',
  tenancy: 'platform',
  evidence: 'platform, tenancy, transparency',
  audit: 'platform, tenancy, evidence',
  access: 'platform, tenancy, audit',
  customers: 'platform, tenancy, audit, access',
  events: 'platform, tenancy, evidence, audit, access, ecs',
  notify: 'platform, tenancy, audit, access',
  alerts: 'platform, tenancy, access, audit, evidence, customers, events, notify',
  detection:
    'platform, tenancy, access, audit, evidence, customers, ecs, formats, sigma, pipelines, engine, events, alerts',
  ingest: 'platform, tenancy, access, audit, evidence, customers, ecs, formats, events, detection',
  compliance:
    'platform, tenancy, access, audit, evidence, customers, events, notify, alerts, detection, ingest, iec62443',
};

const ROOMS = new Map(Object.entries(TABLE).map(([room, allowed]) => [room, allowed.split(', ').filter(Boolean)]));

/** Rooms of values in, values out: no framework, no store, no clock. */
const PURE_ROOMS = ['ecs', 'formats', 'sigma', 'pipelines', 'engine', 'transparency', 'iec62443'];

/** Platform's plain files may do I/O; these few do not, so pure files may import them. */
const PURE_PLATFORM = ['cursor', 'errors', 'jobs', 'login-roles'];

const PURE = 'pure';
const PURE_NODE = ['assert', 'buffer', 'crypto', 'path', 'string_decoder', 'url', 'util', 'zlib'];
const CALM_NODE = [...PURE_NODE, 'async_hooks', 'events', 'os', 'perf_hooks', 'process', 'stream', 'timers'];
const PURE_PACKAGES = ['croner', 'ipaddr.js', 'protobufjs', 'yaml', 'zod'];
const NEST = ['@nestjs/common', '@nestjs/core', ...PURE_PACKAGES];
const HTTP = ['@nestjs/swagger', 'express', 'rxjs', ...NEST];
const DECIDING = [PURE, 'service', 'jobs', 'decorator'];

/** What a file may import, by its suffix: files of which suffixes, npm packages, built-in modules ('*': all). */
interface Reach {
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly node: readonly string[];
}

/** What a file may touch is in its suffix. */
const SUFFIXES: Record<string, Reach> = {
  [PURE]: { files: [PURE], packages: PURE_PACKAGES, node: PURE_NODE },
  schema: { files: [PURE], packages: PURE_PACKAGES, node: PURE_NODE },
  entity: { files: [PURE, 'entity'], packages: ['typeorm', ...PURE_PACKAGES], node: PURE_NODE },
  jobs: { files: [PURE, 'jobs'], packages: PURE_PACKAGES, node: PURE_NODE },
  repository: {
    files: [PURE, 'service', 'entity', 'repository'],
    packages: ['typeorm', '@nestjs/typeorm', '@elastic/elasticsearch', 'bullmq', 'ioredis', 'pg', ...NEST],
    node: ['*'],
  },
  service: {
    files: [...DECIDING, 'entity', 'repository', 'channel'],
    packages: ['@node-rs/argon2', 'passport', 'rxjs', ...NEST],
    node: CALM_NODE,
  },
  decorator: { files: [PURE], packages: HTTP, node: PURE_NODE },
  controller: { files: [...DECIDING, 'guard', 'interceptor', 'filter'], packages: HTTP, node: CALM_NODE },
  guard: {
    files: [...DECIDING, 'guard'],
    packages: ['@nestjs/passport', 'passport', ...HTTP],
    node: CALM_NODE,
  },
  strategy: {
    files: DECIDING,
    packages: ['@nestjs/passport', 'passport-custom', 'passport-local', ...HTTP],
    node: CALM_NODE,
  },
  interceptor: { files: DECIDING, packages: HTTP, node: CALM_NODE },
  filter: { files: DECIDING, packages: HTTP, node: CALM_NODE },
  processor: { files: DECIDING, packages: NEST, node: CALM_NODE },
  listener: { files: [...DECIDING, 'listener'], packages: HTTP, node: ['*'] },
  channel: { files: [...DECIDING, 'channel'], packages: ['nodemailer', 'undici', ...NEST], node: ['*'] },
  module: {
    files: ['*'],
    packages: ['@nestjs/typeorm', '@nestjs/bullmq', '@nestjs/passport', ...NEST],
    node: CALM_NODE,
  },
  spec: { files: ['*'], packages: ['vitest', 'fast-check', 're2js', ...NEST], node: ['*'] },
};

/** Never imported from another room. */
const PRIVATE = ['entity', 'repository', 'controller', 'processor', 'listener', 'channel', 'strategy'];
/** Who may reach into a room: some tests, and the one list of tables. */
const INSIDERS = ['test/factories', 'test/support', 'test/rooms', 'apps/server/entities'];
const CONSOLE_PACKAGES = ['openapi-fetch', 'react', 'react-dom'];
const VAGUE = ['index', 'utils', 'util', 'common', 'helpers', 'helper', 'misc', 'shared', 'manager'];

/** Where a file lives; `area` is its room, `apps/server` or `test/rooms`. */
export interface Place {
  readonly kind: 'room' | 'app' | 'test' | 'root';
  readonly area: string;
  readonly name: string;
  readonly suffix: string;
}

/** @param path relative to the repository, with forward slashes */
export function placeOf(path: string): Place {
  const [top = '', area = '', ...rest] = path.split('/');
  const file = rest.length > 0 ? rest.join('/') : area;
  const [, name = file, suffix = PURE] = /^(.*?)(?:\.([a-z]+))?\.[a-z]+$/.exec(file) ?? [];
  if (top === 'libs') return { kind: 'room', area, name, suffix };
  if (top === 'apps') return { kind: 'app', area: `apps/${area}`, name, suffix };
  if (top === 'test') return { kind: 'test', area: `test/${area}`, name, suffix };
  return { kind: 'root', area: '', name, suffix };
}

/** What is wrong with a file's place and name, if anything. */
export function misplaced({ kind, area, name, suffix }: Place): string | undefined {
  if (kind !== 'room') return undefined;
  if (!ROOMS.has(area)) return `there is no room '${area}'`;
  if (name.includes('/')) return 'rooms are flat: no folders inside a room';
  if (VAGUE.includes(name)) return `'${name}' says nothing: name the file after the question it answers`;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return 'file names are kebab-case with at most one suffix';
  if (!SUFFIXES[suffix] && area !== 'platform') return `'.${suffix}.ts' is no suffix of this project`;
  if (PURE_ROOMS.includes(area) && ![PURE, 'schema', 'spec'].includes(suffix)) return `${area} is a pure room`;
  return undefined;
}

/** Pure files may not read the clock, draw random numbers or wait: platform and the apps are outside this. */
export function isPure({ kind, area, suffix }: Place): boolean {
  return kind === 'room' && (suffix === PURE || suffix === 'schema') && area !== 'platform';
}

/**
 * Why `from` may not import `specifier`, if it may not. Free are the types of built-in modules, of platform, and of the
 * room's own entities.
 */
export function forbidden(from: Place, specifier: string, typeOnly: boolean): string | undefined {
  if (from.kind === 'root') return undefined;
  if (typeOnly && /^(node:|#platform\/)/.test(specifier) && from.kind === 'room') return undefined;
  if (specifier.startsWith('..')) return "no '../': use './' inside a room and '#room/file.js' across rooms";
  if (specifier.startsWith('.')) return forbiddenSibling(from, specifier, typeOnly);
  if (specifier.startsWith('#')) return forbiddenAcross(from, specifier);
  if (specifier.startsWith('node:')) return forbiddenBuiltIn(from, specifier.slice(5));
  return forbiddenPackage(from, specifier);
}

function forbiddenSibling(from: Place, specifier: string, typeOnly: boolean): string | undefined {
  if (from.kind !== 'room' || !specifier.endsWith('.js')) return undefined;
  const target = placeOf(`libs/${from.area}/${specifier.slice(2)}`);
  return typeOnly && target.suffix === 'entity' ? undefined : forbiddenFile(from, target);
}

function forbiddenAcross(from: Place, specifier: string): string | undefined {
  const target = placeOf(/^#(apps|test)\//.test(specifier) ? specifier.slice(1) : `libs/${specifier.slice(1)}`);
  if (target.kind === 'test') return forbiddenTest(from, target);
  if (target.kind === 'app')
    return from.kind === 'test' || target.area === from.area ? undefined : 'no app is imported';
  if (!ROOMS.has(target.area)) return `there is no room '${target.area}'`;
  if (from.area === target.area) return "inside a room import './file.js'";
  if (from.area === 'apps/console') return 'the console knows the generated client only';
  if (from.kind === 'room' && !ROOMS.get(from.area)?.includes(target.area)) return edgeMessage(from.area, target.area);
  const insider = INSIDERS.includes(from.area) || INSIDERS.includes(`${from.area}/${from.name}`);
  if (PRIVATE.includes(target.suffix) && !insider) {
    return `*.${target.suffix}.ts is private to ${target.area}: from another room import services, jobs, modules and pure files`;
  }
  return from.kind === 'room' ? forbiddenFile(from, target) : undefined;
}

function edgeMessage(from: string, to: string): string {
  return `${from} may not import ${to}: it may import ${ROOMS.get(from)?.join(', ') || 'no room'}`;
}

function forbiddenTest(from: Place, target: Place): string | undefined {
  if (from.kind === 'test') return undefined;
  const support = target.area === 'test/support' || target.area === 'test/factories';
  return from.suffix === 'spec' && support ? undefined : 'the product does not import its tests';
}

function forbiddenFile(from: Place, target: Place): string | undefined {
  const reach = reachOf(from);
  if (!reach || reach.files.includes('*')) return undefined;
  if (isPure(from) && target.area === 'platform' && !PURE_PLATFORM.includes(target.name)) {
    return `a pure file may import the values of platform's ${PURE_PLATFORM.join(', ')} only`;
  }
  if (reach.files.includes(target.suffix) || isPure(target)) return undefined;
  return `${label(from)} may not import ${label(target)}: it may import ${reach.files.map(suffixLabel).join(', ')}`;
}

function forbiddenBuiltIn(from: Place, module: string): string | undefined {
  if (from.area === 'apps/console') return 'the console runs in a browser';
  const reach = reachOf(from);
  if (!reach || reach.node.includes('*') || reach.node.includes(module.split('/')[0] ?? '')) return undefined;
  return `${label(from)} may not import node:${module}`;
}

function forbiddenPackage(from: Place, specifier: string): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (from.area === 'apps/console' && from.suffix !== 'spec') {
    return CONSOLE_PACKAGES.includes(name) ? undefined : `the console may import ${CONSOLE_PACKAGES.join(', ')}`;
  }
  const reach = reachOf(from);
  if (!reach || reach.packages.includes(name)) return undefined;
  return `${label(from)} may not import ${name}: it may import ${reach.packages.join(', ')}`;
}

/** Platform, the apps and the tests have no suffix rule; pure rooms keep theirs. */
function reachOf({ kind, area, suffix }: Place): Reach | undefined {
  return kind === 'room' && area !== 'platform' ? SUFFIXES[suffix] : undefined;
}

function label({ suffix }: Place): string {
  return `a ${suffixLabel(suffix)} file`;
}

function suffixLabel(suffix: string): string {
  return suffix === PURE ? 'pure' : `*.${suffix}.ts`;
}

/** The table as docs/architecture.md shows it. */
export function roomTable(): string {
  const rows = Object.entries(TABLE).filter(([, allowed]) => allowed !== '');
  const leaves = Object.keys(TABLE).filter((room) => !rows.some(([other]) => other === room));
  return [
    '| room | may import |',
    '|---|---|',
    `| ${leaves.join(', ')} | no room |`,
    ...rows.map(([room, allowed]) => `| ${room} | ${allowed} |`),
    '| apps/server, apps/cli | any room; no app imports another |',
    '| apps/console | the generated API client only |',
  ].join('\n');
}
