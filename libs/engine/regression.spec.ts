import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from './ruleset.js';

type Winlog = { event_id: string; channel: string; provider_name: string } & Partial<
  Record<'event_data' | 'user_data', object>
>;

const folder = 'test/fixtures/sigma/sigmahq';
const files = globSync(`${folder}/*/rule.yml`);

/** Rules name the fields of Windows without blanks and without their place in the event. */
function flatten({ event_data, user_data, event_id, channel, provider_name }: Winlog): object {
  const data = Object.entries({ ...event_data, ...user_data }).map(([name, value]) => [
    name.replaceAll(' ', ''),
    value,
  ]);
  return { ...Object.fromEntries(data), EventID: event_id, Channel: channel, Provider_Name: provider_name };
}

it("matches each of SigmaHQ's rules on its own real events and on no others", () => {
  const parsed = files.map((file) => parseSigma(readFileSync(file, 'utf8'), file));
  expect(parsed.flatMap(({ errors }) => errors)).toEqual([]);
  const ruleset = compileRuleset(parsed.flatMap(({ documents }) => documents));
  const found = files.flatMap((file) => {
    const lines = readFileSync(path.join(path.dirname(file), 'events.winlogbeat.ndjson'), 'utf8')
      .trim()
      .split('\n');
    return lines.map((line) => {
      const { winlog } = JSON.parse(line) as { winlog: Winlog };
      return [path.basename(path.dirname(file)), ruleset.match(flatten(winlog)).map(({ id }) => id)];
    });
  });
  expect(found.length).toBeGreaterThanOrEqual(13);
  expect(found).toEqual(found.map(([id]) => [id, [id]]));
});
