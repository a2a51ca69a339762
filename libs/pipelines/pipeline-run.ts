import type { Logsource, SigmaCorrelation, SigmaRule } from '#sigma/document.js';
import type { Expression, Item } from '#sigma/expression.js';
import { Fault } from '#sigma/fault.js';
import { mapItems } from '#sigma/expression-walk.js';

/** One rule or correlation on its way through processing items. */
export type Run = {
  readonly document: SigmaRule | SigmaCorrelation;
  /** The values of placeholders, by name. */
  readonly vars: Readonly<Record<string, unknown>>;
  logsource: Logsource;
  detection: Expression;
  /** For each field of the document's list, the names that it has now. */
  fields: string[][];
  /** Ids of the processing items that were applied. */
  readonly applied: Set<string>;
  readonly state: Map<string, unknown>;
  /** Ids of the processing items that changed an item, or a field name. */
  readonly changedItems: WeakMap<Item, ReadonlySet<string>>;
  readonly changedFields: Map<string, ReadonlySet<string>>;
  /** Field names before and after each mapping. */
  readonly mapped: Set<string>;
};

/** What a processing item may change, and where; transformations ask it. */
export type Scope = {
  id: string | undefined;
  ofItem: (item: Item, run: Run) => boolean;
  ofField: (field: string | null, run: Run) => boolean;
};

export type Transformation = (run: Run, scope: Scope) => void;

/** The pipeline says that a rule cannot be used. */
export class Refusal extends Fault {}

/** Changes the items that the conditions select and remembers by which processing item. */
export function changeItems(run: Run, scope: Scope, change: (item: Item) => Expression | null | undefined): void {
  const changed = mapItems(run.detection, (item) => {
    const made = scope.ofItem(item, run) ? change(item) : undefined;
    if (made === undefined) return item;
    return made && mapItems(made, (one) => remember(run, scope, item, one));
  });
  if (!changed) throw new Refusal('the pipeline drops everything that the rule looks for');
  run.detection = changed;
}

function remember(run: Run, { id }: Scope, from: Item, to: Item): Item {
  const ids = run.changedItems.get(from) ?? [];
  run.changedItems.set(to, new Set(id === undefined ? ids : [...ids, id]));
  return to;
}
