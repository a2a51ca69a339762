// Writes docs/openapi.json from the routes, and from it apps/console/api.generated.ts: the `paths` type of openapi-fetch.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** TypeScript of a JSON Schema as zod writes it: inline, draft 2020-12. */
function typeOf(schema = {}) {
  if (schema.$ref) throw new Error(`${schema.$ref}: references are not expected, the schemas are inline`);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.allOf) return schema.allOf.map((part) => `(${typeOf(part)})`).join(' & ');
  return union([schema.type].flat().map((type) => typeNamed(type, schema)));
}

function typeNamed(type, schema) {
  if (type === 'integer') return 'number';
  if (type === 'array') return arrayOf(schema);
  if (type === 'object') return objectOf(schema);
  return ['string', 'number', 'boolean', 'null'].includes(type) ? type : 'unknown';
}

function arrayOf({ prefixItems, items }) {
  return prefixItems ? `[${prefixItems.map(typeOf).join(', ')}]` : `Array<${typeOf(items)}>`;
}

function objectOf({ properties = {}, required = [], additionalProperties = false }) {
  const fields = Object.entries(properties).map(([name, schema]) =>
    field(name, typeOf(schema), required.includes(name)),
  );
  if (additionalProperties === false) return block(fields);
  if (fields.length > 0) return block([...fields, '[field: string]: unknown']);
  return `Record<string, ${typeOf(additionalProperties === true ? {} : additionalProperties)}>`;
}

function operation({ parameters = [], requestBody, responses }) {
  const answers = Object.entries(responses).map(([status, { content }]) => field(status, contentOf(content)));
  const body = requestBody ? [field('requestBody', contentOf(requestBody.content), requestBody.required === true)] : [];
  return block([parametersOf(parameters), ...body, field('responses', block(answers))]);
}

function parametersOf(parameters) {
  const places = Object.entries(Object.groupBy(parameters, ({ in: place }) => place)).map(([place, members]) => {
    const fields = members.map(({ name, schema, required }) => field(name, typeOf(schema), required === true));
    return field(place, block(fields), anyRequired(members));
  });
  return field('parameters', block(places), anyRequired(parameters));
}

function anyRequired(parameters) {
  return parameters.some(({ required }) => required);
}

function contentOf(content = {}) {
  const media = Object.entries(content).map(([name, { schema }]) => field(name, typeOf(schema)));
  return block([media.length > 0 ? field('content', block(media)) : field('content', 'never', false)]);
}

function field(name, type, required = true) {
  return `${/^([a-z_$][\w$]*|\d+)$/i.test(name) ? name : JSON.stringify(name)}${required ? '' : '?'}: ${type}`;
}

function union(types) {
  return [...new Set(types)].join(' | ');
}

function block(fields) {
  return fields.length > 0 ? `{\n${fields.map((line) => `${line};\n`).join('')}}` : '{}';
}

function indented(text) {
  let depth = 0;
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('}')) depth -= 1;
    const indent = '  '.repeat(depth);
    if (line.endsWith('{')) depth += 1;
    return indent + line;
  });
  return `${lines.join('\n')}\n`;
}

/** The module with the type of every path of an OpenAPI 3.1 document. */
export function clientTypes({ paths }) {
  const items = Object.entries(paths).map(([path, item]) => {
    const operations = METHODS.filter((method) => item[method]);
    return field(path, block(operations.map((method) => field(method, operation(item[method])))));
  });
  return `// Generated from docs/openapi.json by test/support/api-client.mjs.\n${indented(`export interface paths ${block(items)}`)}`;
}

function write(file, text) {
  const path = join(ROOT, file);
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

function run(script, ...args) {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] };
  return execFileSync(process.execPath, [join(ROOT, script), ...args], options);
}

if (import.meta.main) {
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  const document = run('dist/apps/server/print-openapi.js');
  write('docs/openapi.json', document);
  write('apps/console/api.generated.ts', clientTypes(JSON.parse(document)));
}
