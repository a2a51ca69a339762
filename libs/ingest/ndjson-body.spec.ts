import { describe, expect, it } from 'vitest';
import { documentsOf, isDocument } from './ndjson-body.js';

const documents = (body: string, type: string): string[] => documentsOf(Buffer.from(body), type).map(String);

describe('the documents of a body', () => {
  it('are its lines, whole or not', () => {
    expect(documents('{"a":1}\r\n{"half\n\n{"b":2}', 'application/x-ndjson')).toEqual(['{"a":1}', '{"half', '{"b":2}']);
    expect(documents('{"a":1}\n{"b":2}', 'application/json; charset=utf-8')).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('are the elements of one array, or one object over several lines', () => {
    expect(documents('[{"a": 1},\n {"b":2}]', 'application/json')).toEqual(['{"a":1}', '{"b":2}']);
    expect(documents('{\n"a": 1\n}', 'application/json')).toEqual(['{\n"a": 1\n}']);
  });
});

it('a document is a JSON object', () => {
  const lines = ['{"a":1}', '[1]', '5', 'null', '{"half'];
  expect(lines.map((line) => isDocument(Buffer.from(line)))).toEqual([true, false, false, false, false]);
});
