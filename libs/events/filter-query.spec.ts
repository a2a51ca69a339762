import { describe, expect, it } from 'vitest';
import { parseFilter } from './filter.js';
import { filterQuery } from './filter-query.js';

const query = (text: string): unknown => filterQuery(parseFilter(text));

describe('a filter as a query', () => {
  it('looks words up in message and original, all of them', () => {
    expect(query('failed password')).toEqual({
      bool: {
        filter: ['failed', 'password'].map((word) => ({
          multi_match: { query: word, fields: ['message', 'event.original'], type: 'best_fields', operator: 'and' },
        })),
      },
    });
  });

  it('compares keywords without case', () => {
    expect(query('user.name:Root')).toEqual({ term: { 'user.name': { value: 'Root', case_insensitive: true } } });
    expect(query('host.name:PLC*')).toEqual({ prefix: { 'host.name': { value: 'PLC', case_insensitive: true } } });
  });

  it('takes addresses and networks', () => {
    expect(query('source.ip:10.0.0.0/8')).toEqual({ term: { 'source.ip': '10.0.0.0/8' } });
    expect(() => query('source.ip:plc1')).toThrow("source.ip is an address or a network, not 'plc1'");
  });

  it('takes ranges of times and numbers', () => {
    expect(query('@timestamp>=2026-11-23T10:00:00+01:00')).toEqual({
      range: { '@timestamp': { gte: '2026-11-23T09:00:00.000Z' } },
    });
    expect(query('source.port<1024')).toEqual({ range: { 'source.port': { lt: 1024 } } });
    expect(() => query('source.port<high')).toThrow("source.port is a number, not 'high'");
    expect(() => query('message>5')).toThrow('it has no order');
  });

  it('names the field that is unknown', () => {
    expect(() => query('colour:red')).toThrow("the field 'colour' is unknown");
    expect(() => query('a OR -(b constructor:x)')).toThrow("the field 'constructor' is unknown");
  });

  it('passes no wildcard or query syntax on', () => {
    expect(query('user.name:r?ot*x')).toEqual({ term: { 'user.name': { value: 'r?ot*x', case_insensitive: true } } });
  });
});
