import { describe, expect, it } from 'vitest';
import { parsePipeline } from '#pipelines/pipeline.js';
import { joinPipelines } from '#pipelines/routing.js';
import { compileCatalogue } from './catalogue.js';

const { pipeline } = parsePipeline(
  `transformations:
  - type: add_condition
    rule_conditions: [{ type: logsource, product: windows }]
    conditions: { event.module: windows }
  - { type: field_name_mapping, mapping: { EventID: event.code } }
`,
  'p.yml',
);
const routing = joinPipelines([pipeline!]);

function errorsOf(detection: string, rest = ''): string[] {
  const text = `title: x\nid: x\nlogsource: { product: windows }\ndetection: { s: ${detection}, condition: s }\n${rest}`;
  return compileCatalogue([{ path: 'x.yml', text }], routing).errors.map(({ line, message }) => `${line}: ${message}`);
}

describe('the fields of a rule', () => {
  it('are those of our events, those of its log source, and what senders name themselves', () => {
    expect(errorsOf('{ EventID: 1, user.name: a, winlog.event_data.Anything|contains: b }')).toEqual([]);
  });

  it.each([
    ['{ user.nmae: a }', '', 'user.nmae'],
    ['{ user.name|fieldref: user.nmae }', '', 'user.nmae'],
    ['[{ user.name: a }, { Image: b }]', '', 'Image'],
    ['{ user.name: a }', 'plantwatch: { group_by: [hst.name] }', 'hst.name'],
    ['{ user.name: a }', 'plantwatch: { asset: asset.id }', 'asset.id'],
    [
      '{ user.name: a }',
      '---\ntitle: y\ncorrelation: { type: event_count, rules: [x], group-by: [adress], timespan: 1m, condition: { gte: 2 } }',
      'adress',
    ],
  ])('in %s %s are an error when no event has them', (detection, rest, field) => {
    expect(errorsOf(detection, rest)).toEqual([expect.stringContaining(`no event has the field "${field}"`)]);
  });
});
