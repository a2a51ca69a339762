import { expect, it } from 'vitest';
import { readSearch } from '#sigma/detection.js';
import { wideQuery } from './source-query.js';

const queryOf = (search: unknown) => wideQuery(readSearch(search, [], () => undefined));
const like = (field: string, value: string) => ({ wildcard: { [field]: { value, case_insensitive: true } } });
const any = (...should: object[]) => ({ bool: { should, minimum_should_match: 1 } });
const all = (...filter: object[]) => ({ bool: { filter } });
const everything = { match_all: {} };

it.each([
  [{ 'event.module': 'zeek' }, all(any(like('event.module', 'zeek')))],
  [{ 'event.module': ['a', 'b*'] }, all(any(like('event.module', 'a'), like('event.module', 'b*')))],
  [{ 'event.module': 'a\\*b' }, all(any(like('event.module', 'a\\*b')))],
  [{ 'winlog.channel|exists': true }, all(any({ exists: { field: 'winlog.channel' } }))],
  [{ 'event.module|neq': 'a' }, all({ bool: { must_not: any(like('event.module', 'a')) } })],
  // Not mapped, not a keyword, or nothing that Elasticsearch would judge as we do: any event counts, also behind "not".
  [{ 'zeek.row.query': 'x' }, all(everything)],
  [{ 'source.port': 5 }, all(everything)],
  [{ 'event.module|re': 'a' }, all(everything)],
  [{ 'zeek.row.query|neq': 'x' }, all(everything)],
  [[{ 'event.module': 'a' }, { 'zeek.row.query': 'x' }], any(all(any(like('event.module', 'a'))), all(everything))],
])('%j', (search, expected) => {
  expect(queryOf(search)).toEqual(expected);
});
