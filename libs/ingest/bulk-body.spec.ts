import { describe, expect, it } from 'vitest';
import { bodyLines, bulkItems } from './bulk-body.js';

const body = (...lines: string[]): Buffer => Buffer.from(lines.join('\n'));

describe('a bulk body', () => {
  it('has actions with their documents, in order', () => {
    const items = bulkItems(
      body('{"create":{"_id":7}}', '{"a":1}', '', '{"index":{"_index":"i"}}', '{"a":2}', ''),
      'path',
    );
    expect(items.map(({ action, index, id, document }) => [action, index, id, document?.toString()])).toEqual([
      ['create', 'path', '7', '{"a":1}'],
      ['index', 'i', undefined, '{"a":2}'],
    ]);
  });

  it('may hold what we do not do, which takes nothing else with it', () => {
    const items = bulkItems(
      body('{"delete":{"_id":"1"}}', '{"update":{"_id":"2"}}', '{"doc":{}}', '{"create":{}}', '{}'),
      'p',
    );
    expect(items.map(({ action, document }) => [action, document !== undefined])).toEqual([
      ['delete', false],
      ['update', false],
      ['create', true],
    ]);
  });

  it('is refused whole when an action is broken or lacks its document, with the line', () => {
    expect(() => bulkItems(body('{"create":'), 'p')).toThrow(/\[1\]/);
    expect(() => bulkItems(body('{"create":{}}', '{}', '{"replace":{}}', '{}'), 'p')).toThrow(/\[3\]/);
    expect(() => bulkItems(body('{"create":{}}'), 'p')).toThrow(/document/);
    expect(() => bulkItems(body('[]', '{}'), 'p')).toThrow(/\[1\]/);
  });

  it('keeps a broken document, which is evidence too', () => {
    expect(bulkItems(body('{"create":{}}', '{"half": '), 'p')[0]?.document?.toString()).toBe('{"half": ');
  });
});

it('splits lines at LF and CRLF and leaves empty ones out', () => {
  expect(bodyLines(Buffer.from('a\r\n\nb\n')).map(String)).toEqual(['a', 'b']);
});
