import type { SigmaCorrelation, SigmaError, SigmaRule } from '#sigma/document.js';
import type { FieldsByRule } from '#sigma/correlation-fields.js';
import type { CompiledCorrelation, Linked } from '#sigma/link.js';
import { Refusal } from './pipeline-run.js';
import { routeFields, type LogsourceRouting } from './routing.js';

/** What a correlation is routed with. */
type Context = {
  rules: ReadonlyMap<string, SigmaRule>;
  routing: LogsourceRouting;
  refuse: (document: SigmaCorrelation, message: string) => void;
};

/**
 * The correlations with the schema's names of the fields that they group by and count, for each of their rules by its own log
 * source. Where a schema has several names for one field the correlation is refused, as pySigma does with aliases and counted
 * fields: events could be told apart by one name only.
 */
export function routeCorrelations(linked: Linked, routing: LogsourceRouting | null): Linked {
  if (!routing) return linked;
  const errors: SigmaError[] = [...linked.errors];
  const refused = new Set<string>();
  const refuse = ({ id, file, line }: SigmaCorrelation, message: string): void => {
    if (!refused.has(id)) errors.push({ file, line, message });
    refused.add(id);
  };
  const routed = new Map<string, CompiledCorrelation>();
  for (const correlation of linked.correlations.values()) {
    routeOne(correlation, { rules: linked.rules, routing, refuse }, routed);
  }
  for (const id of refused) routed.delete(id);
  return { ...linked, correlations: routed, errors };
}

function routeOne(
  correlation: CompiledCorrelation,
  context: Context,
  routed: Map<string, CompiledCorrelation>,
): CompiledCorrelation {
  const known = routed.get(correlation.id);
  if (known) return known;
  const { document, groupFields } = correlation;
  const steps = correlation.steps.map((step) => (typeof step === 'string' ? step : routeOne(step, context, routed)));
  const renamed = (of: FieldsByRule) =>
    new Map([...of].map(([id, fields]) => [id, namesOf(document, id, fields, context)]));
  const made = {
    ...correlation,
    steps,
    groupFields: renamed(groupFields),
    valueFields: renamed(correlation.valueFields),
  };
  routed.set(correlation.id, made);
  return made;
}

function namesOf(
  document: SigmaCorrelation,
  id: string,
  fields: readonly string[],
  { rules, routing, refuse }: Context,
): string[] {
  const rule = rules.get(id);
  const names = rule ? namesIn(document, rule, fields, routing) : fields.map((field) => [field]);
  return names.map((found, at) => {
    if (found.length > 1) {
      const several = found.join(', ');
      refuse(document, `"${fields[at]}" has several names in the events (${several}); write the one to use instead`);
    }
    return found[0] ?? fields[at]!;
  });
}

/** A rule that the pipeline refuses has no events either; its fields keep their names. */
function namesIn(
  document: SigmaCorrelation,
  rule: SigmaRule,
  fields: readonly string[],
  routing: LogsourceRouting,
): string[][] {
  try {
    return routeFields(document, rule, fields, routing);
  } catch (error) {
    if (error instanceof Refusal) return fields.map((field) => [field]);
    throw error;
  }
}
