// What a mutation of TypeScript source is: one small change that a test must notice.
import { parseSync } from 'oxc-parser';

const operators = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '|=': ['&='],
  '&=': ['|='],
  '++': ['--'],
  '--': ['++'],
};
const methods = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toLowerCase: 'toUpperCase',
  min: 'max',
  max: 'min',
  indexOf: 'lastIndexOf',
};
const typeOnly = [
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
];
const transparent = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSParameterProperty'];

const isNode = (value) => typeof value === 'object' && value !== null && typeof value.type === 'string';

function childrenOf(node) {
  return Object.entries(node)
    .filter(([key]) => !typeOnly.includes(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .filter((it) => !it.type.startsWith('TS') || transparent.includes(it.type));
}

/** Texts of errors say what to do, not what matches; imports are no behaviour. */
const isProse = (node) =>
  node.type === 'ThrowStatement' ||
  node.type === 'ImportDeclaration' ||
  (node.type === 'NewExpression' && /Error$|^Fault$/.test(node.callee.name ?? '')) ||
  (node.type === 'CallExpression' && ['report', 'refuse', 'later'].includes(node.callee.name));

/** Whoever asks whether it holds cannot tell it from undefined. */
const isFalsy = (node) => node?.type === 'Literal' && (node.value === false || node.value === null);

/** What may stand in place of the node: [from, to, text] each. */
function replacements(node, source) {
  const of = (text) => [node.start, node.end, text];
  const at = (inner, text) => [inner.start, inner.end, text];
  const text = (inner) => source.slice(inner.start, inner.end);
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression': {
      const gap = source.slice(node.left.end, node.right.start);
      const from = node.left.end + gap.indexOf(node.operator);
      return (operators[node.operator] ?? []).map((it) => [from, from + node.operator.length, it]);
    }
    case 'UpdateExpression':
      return [of(text(node).replace(node.operator, operators[node.operator][0]))];
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === '-' ? [of(`(${text(node.argument)})`)] : [];
    case 'ConditionalExpression':
    case 'IfStatement':
      return [at(node.test, 'true'), at(node.test, 'false')];
    case 'WhileStatement':
      return [at(node.test, 'false')];
    case 'ForStatement':
      return node.test ? [at(node.test, 'false')] : [];
    case 'ExpressionStatement':
      return node.expression.type === 'Literal' || text(node).startsWith('super(') ? [] : [of(';')];
    case 'ReturnStatement':
      if (isFalsy(node.argument)) return [];
      return node.argument ? [at(node.argument, 'undefined')] : [of(';')];
    case 'ContinueStatement':
    case 'BreakStatement':
      return [of(';')];
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' ? [] : [at(node.body, '(undefined)')];
    case 'ArrayExpression':
      return node.elements.length > 0 ? [of('[]')] : [];
    case 'MemberExpression': {
      const other = !node.computed && Object.hasOwn(methods, node.property.name) && methods[node.property.name];
      return other ? [at(node.property, other)] : [];
    }
    case 'Literal':
      if (typeof node.value === 'boolean') return [of(String(!node.value))];
      if (typeof node.value === 'number') return [of(node.value === 1 ? '0' : `(${node.raw} + 1)`)];
      return typeof node.value === 'string' ? [of(node.value === '' ? "'mutant'" : "''")] : [];
    default:
      return [];
  }
}

const keyed = ['MethodDefinition', 'Property', 'PropertyDefinition'];
const nameOf = (node) => node.id?.name ?? (keyed.includes(node.type) ? node.key.name : undefined);

/**
 * @param speedOnly names of declarations and properties that are left alone
 * @returns every mutation of the file, in the order of the text: { file, line, code (of the whole line), start, end, text, was }
 */
export function mutantsOf(file, source, speedOnly) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const found = [];
  const visit = (node) => {
    if (isProse(node) || speedOnly.includes(nameOf(node))) return;
    for (const [start, end, text] of replacements(node, source)) {
      const line = source.slice(0, start).split('\n').length;
      const code = source.split('\n')[line - 1].trim();
      found.push({ file, line, code, start, end, text, was: source.slice(start, end) });
    }
    // The keys of plain objects and the left side of declarations are names, not values.
    const skipped = node.type === 'Property' && !node.computed ? node.key : undefined;
    for (const child of childrenOf(node)) if (child !== skipped) visit(child);
  };
  visit(program);
  return found.filter(({ text, was }) => text !== was).sort((a, b) => a.start - b.start);
}
