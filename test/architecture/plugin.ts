import { relative, sep } from 'node:path';
import type { RuleTester } from 'oxlint/plugins-dev';
import { forbidden, isPure, misplaced, placeOf, type Place } from '#test/architecture/rooms.js';

type Create = Extract<Parameters<RuleTester['run']>[1], { create: (context: never) => unknown }>['create'];
type Context = Parameters<Create>[0];
type Visitor = ReturnType<Create>;
type NodeOf<K extends keyof Visitor> = Parameters<Extract<Visitor[K], (node: never) => void>>[0];
type Parameter = NodeOf<'ArrowFunctionExpression'>['params'][number];

const SCOPES = ['TenantScope', 'TenantReach'];
const RANDOM = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'generateKeyPairSync'];
const AMBIENT = ['fetch', 'process', 'performance', 'setTimeout', 'setInterval', 'setImmediate'];

function pathOf(context: Context): string {
  return relative(context.cwd, context.filename).split(sep).join('/');
}

function rule(visit: (context: Context, place: Place) => Visitor): { create: Create } {
  return { create: (context) => visit(context, placeOf(pathOf(context))) };
}

/** The room table and the suffix rules. */
const imports = rule((context, place) => {
  const check = (source: { value: unknown; range: [number, number] }, kind?: string): void => {
    const message = typeof source.value === 'string' ? forbidden(place, source.value, kind === 'type') : undefined;
    if (message) context.report({ message, node: source });
  };
  return {
    ImportDeclaration: (node) => check(node.source, node.importKind),
    ExportNamedDeclaration: (node) => node.source && check(node.source, node.exportKind),
    ExportAllDeclaration: (node) => check(node.source, node.exportKind),
    ImportExpression: (node) => node.source.type === 'Literal' && check(node.source),
  };
});

/** A file is where its room, its suffix and its name say. */
const place = rule((context, where) => ({
  Program() {
    const message = misplaced(where);
    const start = { line: 1, column: 0 };
    if (message) context.report({ message, loc: { start, end: start } });
  },
}));

/** One name, one place: nothing is exported a second time. */
const noReexport = rule((context) => {
  const message = 'no barrels: import from the file that declares it';
  return {
    ExportAllDeclaration: (node) => context.report({ message, node }),
    ExportNamedDeclaration: (node) => node.source && context.report({ message, node }),
  };
});

/** Time, ids and chance are arguments of a pure file, and it waits for nothing. */
const pure = rule((context, where) => {
  if (!isPure(where)) return {};
  const report = (node: { range: [number, number] }, what: string): void =>
    context.report({ message: `${what} in a pure file: take it as an argument`, node });
  return {
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        report(node, 'the clock');
      }
    },
    MemberExpression(node) {
      const name = context.sourceCode.getText(node);
      if (name === 'Date.now' || name === 'Math.random') report(node, name);
      if (/^(globalThis\.)?crypto\./.test(name)) report(node, name);
    },
    ImportSpecifier(node) {
      const name = node.imported.type === 'Identifier' ? node.imported.name : node.imported.value;
      if (RANDOM.includes(name)) report(node, name);
    },
    Program() {
      for (const { identifier } of context.sourceCode.scopeManager.globalScope?.through ?? []) {
        if (AMBIENT.includes(identifier.name)) report(identifier, identifier.name);
      }
    },
  };
});

/**
 * Forgetting the tenant does not pass: every public method of a repository takes the scope, or the reach, first.
 * The option lists the repositories of tables that belong to no tenant: path to reason.
 */
const scopeFirst = rule((context, where) => {
  const [providers = {}] = context.options;
  const provider = typeof providers === 'object' && providers !== null && pathOf(context) in providers;
  if (where.kind !== 'room' || ['platform', 'tenancy'].includes(where.area) || provider) return {};
  return {
    ImportSpecifier(node) {
      if (node.imported.type === 'Identifier' && node.imported.name === 'ProviderDatabase') {
        context.report({ message: 'ProviderDatabase sees every tenant: list the repository, with its reason', node });
      }
    },
    MethodDefinition(node) {
      if (where.suffix !== 'repository' || node.kind !== 'method' || node.accessibility === 'private') return;
      if (node.key.type === 'PrivateIdentifier' || SCOPES.includes(typeName(node.value.params[0]) ?? '')) return;
      context.report({ message: `a repository's method takes a ${SCOPES.join(' or a ')} first`, node: node.key });
    },
  };
});

/** Nest injects by the class that is left at run time: `import type` leaves none. */
const injectable = rule((context) => {
  const types = new Set<string>();
  return {
    ImportDeclaration(node) {
      for (const specifier of node.specifiers) {
        const typeOnly = node.importKind === 'type' || ('importKind' in specifier && specifier.importKind === 'type');
        if (typeOnly) types.add(specifier.local.name);
      }
    },
    MethodDefinition(node) {
      const owner = node.parent.parent;
      if (node.kind !== 'constructor' || owner?.type !== 'ClassDeclaration' || owner.decorators.length === 0) return;
      for (const parameter of node.value.params) {
        if (parameter.decorators?.length || !types.has(typeName(parameter) ?? '')) continue;
        context.report({ message: 'an injected class needs a plain import', node: parameter });
      }
    },
  };
});

/** At most four parameters; a constructor, whose parameters are collaborators, at most seven. */
const maxParams = rule((context) => {
  const check = (node: NodeOf<'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'>): void => {
    const constructs = node.parent.type === 'MethodDefinition' && node.parent.kind === 'constructor';
    const most = constructs ? 7 : 4;
    const message = `${node.params.length} parameters: at most ${most}, or take one object`;
    if (node.params.length > most) context.report({ message, node });
  };
  return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
});

/** Exemptions are lines with a reason in the configuration. Reported where the directive does not reach. */
const noDisable = rule((context) => ({
  Program() {
    for (const { value } of context.sourceCode.getAllComments()) {
      if (!/(oxlint|eslint)-disable/.test(value)) continue;
      const line = /disable-(next-)?line/.test(value) ? context.sourceCode.lines.length : 1;
      const start = { line, column: 0 };
      context.report({ message: 'no inline exemptions: argue in the lint configuration', loc: { start, end: start } });
    }
  },
}));

/** `as unknown as` is a lie in two steps. */
const noDoubleCast = rule((context) => ({
  TSAsExpression(node) {
    if (node.expression.type === 'TSAsExpression' && node.expression.typeAnnotation.type !== 'TSTypeReference') {
      context.report({ message: 'no double cast: narrow the value, or fix the type', node });
    }
  },
}));

function typeName(parameter: Parameter | undefined): string | undefined {
  const inner = parameter?.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  const annotation = inner && 'typeAnnotation' in inner ? inner.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeReference' || annotation.typeName.type !== 'Identifier') return undefined;
  return annotation.typeName.name;
}

export default {
  meta: { name: 'plantwatch' },
  rules: {
    imports,
    place,
    pure,
    injectable,
    'no-reexport': noReexport,
    'scope-first': { ...scopeFirst, meta: { schema: [{ type: 'object' as const }] } },
    'max-params': maxParams,
    'no-disable': noDisable,
    'no-double-cast': noDoubleCast,
  },
};
