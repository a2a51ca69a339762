import { MAPPED_FIELDS } from '#ecs/ecs-fields.js';
import type { SigmaError, SigmaRule } from '#sigma/document.js';
import { fieldsOf } from '#sigma/expression-walk.js';
import { route, type LogsourceRouting } from '#pipelines/routing.js';
import type { Ruleset } from '#engine/ruleset.js';

/** Parts of an event whose keys the sender chooses. */
const OPEN = ['winlog.event_data', 'auditd.log', 'zeek.row', 'json', 'log.syslog.structured_data'];

/** Fields that a rule or a correlation reads and that no event has: with them it could never match, or never group. */
export function unknownFields({ rules, correlations }: Ruleset, routing: LogsourceRouting): SigmaError[] {
  const read = [
    ...[...rules.values()].map(({ rule }) => ({ document: rule, fields: fieldsOfRule(rule, routing) })),
    ...[...correlations.values()].map(({ document, groupFields, valueFields }) => ({
      document,
      fields: [...groupFields.values(), ...valueFields.values()].flat(),
    })),
  ];
  return read.flatMap(({ document: { file, line }, fields }) =>
    [...new Set(fields)]
      .filter((field) => !isKnown(field))
      .map((field) => ({ file, line, message: `no event has the field "${field}"; correct its name` })),
  );
}

function fieldsOfRule(rule: SigmaRule, routing: LogsourceRouting): string[] {
  const { detection } = route(rule, routing) ?? rule;
  return [...fieldsOf(detection), ...rule.settings.groupBy, rule.settings.asset];
}

function isKnown(field: string): boolean {
  return Object.hasOwn(MAPPED_FIELDS, field) || OPEN.some((part) => field.startsWith(`${part}.`));
}
