import { Injectable, type OnModuleInit } from '@nestjs/common';
import { notFound } from '#platform/errors.js';
import type { SigmaDetection } from '#sigma/document.js';
import { loadPipelines } from '#pipelines/pipeline-set.js';
import { route, type LogsourceRouting } from '#pipelines/routing.js';
import { compileCatalogue, describeErrors, type Catalogue, type RuleFile } from './catalogue.js';
import { techniquesOf, type AlertingRule } from './decision.js';
import { RuleCatalogueRepository } from './rule-catalogue.repository.js';
import type { RoutedRule } from './rule-coverage.js';
import type { Rule, RuleCheck } from './rule.schema.js';

const CHECKED = 'rule.yml';
/** The pipeline for the events that Plantwatch itself makes. */
const SCHEMA = 'ot';

/** The shipped rules, compiled once. The server does not start with a broken one. */
@Injectable()
export class RuleCatalogue implements OnModuleInit {
  private files: RuleFile[] = [];
  private routing: LogsourceRouting | null = null;
  private compiled!: Catalogue;

  constructor(private readonly stored: RuleCatalogueRepository) {}

  async onModuleInit(): Promise<void> {
    this.files = await this.stored.rules();
    const { routing, errors } = await loadPipelines([SCHEMA], (name) => this.stored.pipeline(name));
    this.routing = routing;
    this.compiled = compileCatalogue(this.files, routing);
    const wrong = [...errors, ...this.compiled.errors];
    if (wrong.length > 0) throw new Error(`The shipped rules are not usable.\n${describeErrors(wrong)}`);
  }

  get matching(): Catalogue['matching'] {
    return this.compiled.matching;
  }

  find(id: string): SigmaDetection | undefined {
    return this.compiled.documents.get(id);
  }

  alerting(id: string): AlertingRule | undefined {
    return this.compiled.alerting.get(id);
  }

  allAlerting(): AlertingRule[] {
    return [...this.compiled.alerting.values()];
  }

  /** The rules in the terms of our events, by id. */
  routed(): ReadonlyMap<string, RoutedRule> {
    const { routing } = this;
    const rules = [...this.compiled.documents.values()].filter((document) => document.kind === 'rule');
    const found = routing ? rules.map((rule) => ({ rule, routed: route(rule, routing) })) : [];
    return new Map(found.flatMap(({ rule, routed }) => (routed ? [[rule.id, { rule, ...routed }] as const] : [])));
  }

  list(): Rule[] {
    return [...this.compiled.documents.values()].map((document) => this.answer(document));
  }

  /** @throws UserError 404 when there is no such rule */
  get(id: string): Rule {
    const document = this.find(id);
    if (!document) throw notFound();
    return this.answer(document);
  }

  /** Whether a text could stand among the shipped rules, in place of those that have its ids. */
  check(text: string): RuleCheck {
    const alone = compileCatalogue([{ path: CHECKED, text }], this.routing);
    const others = this.files.filter(
      ({ path }) => ![...alone.documents.keys()].some((id) => this.find(id)?.file === path),
    );
    const { errors } = compileCatalogue([...others, { path: CHECKED, text }], this.routing);
    const own = errors.filter(({ file }) => file === CHECKED);
    return { ok: own.length === 0, errors: own };
  }

  private answer(document: SigmaDetection): Rule {
    const { id, title, level, status, description, author, license, tags, kind, file } = document;
    const source = this.files.find(({ path }) => path === file)?.text ?? '';
    const stated = {
      level: level ?? null,
      status: status ?? null,
      description: description ?? null,
      author: author ?? null,
      license: license ?? null,
    };
    return {
      id,
      title,
      kind,
      ...stated,
      techniques: techniquesOf(tags),
      alerts: this.compiled.alerting.has(id),
      source,
    };
  }
}
