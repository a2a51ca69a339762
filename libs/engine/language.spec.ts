import { describe, expect, it } from 'vitest';
import { expandPlaceholders } from '#sigma/placeholders.js';
import type { SigmaRule } from '#sigma/document.js';
import { parseSigma } from '#sigma/parse.js';
import { compileRuleset } from './ruleset.js';

/** What a rule in Sigma's words matches: each case is an example or a sentence of the specification. */
type Case = [says: string, detection: string, event: object, expected: boolean];

const holdsFor = (rule: SigmaRule) => {
  const ruleset = compileRuleset([rule]);
  return (event: object) => ruleset.match(event).length > 0;
};

function compile(detection: string, more = '') {
  const text = `title: t\nid: i\nlogsource: { product: p }\ndetection:\n${detection.replace(/^/gm, '    ')}\n${more}`;
  const { documents, errors } = parseSigma(text, 'f.yml');
  expect(errors).toEqual([]);
  const [document] = documents;
  if (document?.kind !== 'rule') throw new Error('not a rule');
  return { rule: document, holds: holdsFor(document) };
}

const sel = (search: string) => `sel: ${search}\ncondition: sel`;

const strings: Case[] = [
  ['a wildcard ? is one character', sel("{ a: 'prog?.exe' }"), { a: 'progA.exe' }, true],
  ['and not none', sel("{ a: 'prog?.exe' }"), { a: 'prog.exe' }, false],
  ['a wildcard * is any number', sel("{ a: 'antivirus_V*.exe' }"), { a: 'antivirus_V21.2.1.exe' }, true],
  ['a single backslash is itself', sel("{ a: 'C:\\Windows' }"), { a: 'c:\\windows' }, true],
  ['a double one too', sel("{ a: 'C:\\\\Windows' }"), { a: 'c:\\windows' }, true],
  ['\\* is a star', sel("{ a: 'x\\*' }"), { a: 'x*' }, true],
  ['\\* is no wildcard', sel("{ a: 'x\\*' }"), { a: 'xyz' }, false],
  ['\\\\* is a backslash and a wildcard', sel("{ a: 'x\\\\*' }"), { a: 'x\\yz' }, true],
  ['\\\\\\* is a backslash and a star', sel("{ a: 'x\\\\\\*' }"), { a: 'x\\*' }, true],
  ['\\\\\\\\ is two backslashes', sel("{ a: '\\\\\\\\srv' }"), { a: '\\\\srv' }, true],
];

const values: Case[] = [
  ['a list of strings is searched in the whole event', sel('[EVILSERVICE, x]'), { m: 'an evilservice here' }, true],
  ['a list of maps is or', sel("[{ a|endswith: '\\example.exe' }, { b|contains: Test }]"), { b: 'a test' }, true],
  ['a map is and', sel('{ log: Security, id: [517, 1102] }'), { log: 'security', id: 1102 }, true],
  ["'|all' joins keywords by and", sel("{ '|all': [one, ' -two '] }"), { m: 'one', n: 'x -two y' }, true],
  ['and wants them all', sel("{ '|all': [one, ' -two '] }"), { m: 'one' }, false],
  ['null is no value', sel('{ a: null }'), { a: null }, true],
  ['the empty text is not null', sel('{ a: null }'), { a: '' }, false],
  ["'' is the empty text only", sel("{ a: '' }"), { a: null }, false],
  ['exists looks at presence, not value', sel('{ a|exists: true }'), { a: '' }, true],
  ['a long number keeps its digits', sel('{ a: 12345678901234567890 }'), { a: '12345678901234567890' }, true],
  ['and has no neighbours', sel('{ a: 12345678901234567890 }'), { a: '12345678901234567891' }, false],
  ['a hash that looks like a number', sel('{ a: 1234e567 }'), { a: '1234E567' }, true],
  ['zeros in front stay', sel('{ a: 0042 }'), { a: '0042' }, true],
  ['and count as the number', sel('{ a: 0042 }'), { a: 42 }, true],
  ['hexadecimal as written', sel('{ a: 0x17 }'), { a: '0x17' }, true],
  ['1.0 is the number 1 too', sel('{ a: 1.0 }'), { a: 1 }, true],
  ['yes is text in YAML 1.2', sel('{ a: yes }'), { a: 'yes' }, true],
  ['and not true', sel('{ a: yes }'), { a: true }, false],
  ['a date is text', sel('{ a: 2024-05-01 }'), { a: '2024-05-01' }, true],
  ['a time is text, not sixties', sel('{ a: 12:30:45 }'), { a: '12:30:45' }, true],
  ['a field may be called like a number', sel('{ 4625: x }'), { 4625: 'x' }, true],
  ['a search may be called constructor', 'constructor: { a: x }\ncondition: constructor', { a: 'x' }, true],
];

const modified: Case[] = [
  ['hour', sel('{ t|hour: 3 }'), { t: '2024-05-01T03:59:00Z' }, true],
  ['hour in a list', sel('{ t|hour: [22, 23] }'), { t: '2024-05-01T21:59:00Z' }, false],
  ['hour with gte', sel('{ t|hour|gte: 22 }'), { t: '2024-05-01 23:00:00' }, true],
  ['hour with neq', sel('{ t|hour|neq: 3 }'), { t: '2024-05-01T03:59:00Z' }, false],
  ['minute of an epoch', sel('{ t|minute: 5 }'), { t: 1709247907 }, true],
  ['week', sel('{ t|week: 53 }'), { t: '2021-01-03' }, true],
  ['month with lt', sel('{ t|month|lt: 6 }'), { t: '2024-05-01' }, true],
  ['year of what is no time', sel('{ t|year: 2024 }'), { t: 'never' }, false],
  ['day', sel('{ t|day: 29 }'), { t: '2024-02-29T23:05:07Z' }, true],
  ['neq on a missing field', sel('{ a|neq: x }'), {}, true],
  ['neq with all is not all', sel('{ a|contains|all|neq: [x, y] }'), { a: 'x' }, true],
  ['windash of each dash', sel("{ a|contains|windash: ' -f ' }"), { a: 'c \u2015f d' }, true],
  ['windash from a slash', sel("{ a|contains|windash: ' /f ' }"), { a: 'c -f d' }, true],
  ['windash before a letter beyond ASCII', sel("{ a|windash: '-é' }"), { a: '/é' }, true],
  ['re finds a substring', sel("{ a|re: 'b+' }"), { a: 'abbc' }, true],
  ['re in a list is or', sel("{ a|re: ['x', '^a'] }"), { a: 'abc' }, true],
  ['re with startswith is anchored', sel("{ a|re|startswith: 'b' }"), { a: 'abc' }, false],
  ['fieldref with contains', sel('{ a|fieldref|contains: b }'), { a: 'xyz', b: 'Y' }, true],
  ['base64offset at another offset', sel("{ a|base64offset|contains: 'http://' }"), { a: btoa('xhttp://a') }, true],
  ['cased is for the item wherever it stands', sel("{ a|cased|startswith: 'Ab' }"), { a: 'abc' }, false],
];

const conditions: Case[] = [
  ['1 of them leaves out _', '_a: { a: x }\nb: { b: y }\ncondition: 1 of them', { a: 'x' }, false],
  ['1 of * too', '_a: { a: x }\nb: { b: y }\ncondition: 1 of *', { a: 'x' }, false],
  ['_ may be named', '_a: { a: x }\nb: { b: y }\ncondition: b or _a', { a: 'x' }, true],
  ['and binds more than or', 'a: { a: x }\nb: { b: x }\nc: { c: x }\ncondition: a or b and c', { a: 'x' }, true],
  ['not binds more than and', 'a: { a: x }\nb: { b: x }\ncondition: not a and b', { b: 'x' }, true],
  ['a list of conditions is or', 'a: { a: x }\nb: { b: x }\ncondition: [a, b]', { b: 'x' }, true],
  ['not null by a second search', 'a: { id: 1 }\nb: { p: null }\ncondition: a and not b', { id: 1, p: 'v' }, true],
];

describe.each([
  ['strings', strings],
  ['values', values],
  ['modifiers', modified],
  ['conditions', conditions],
])('the language: %s', (_, cases) => {
  it.each(cases)('%s', (_says, detection, event, expected) => {
    expect(compile(detection).holds(event)).toBe(expected);
  });
});

describe('the language', () => {
  it("means parts of times in the rule's time zone", () => {
    const { holds } = compile(sel('{ t|hour: 0 }'), 'plantwatch: { timezone: Europe/Zurich }');
    expect([holds({ t: '2024-01-01T23:00:00Z' }), holds({ t: '2024-01-01T00:00:00Z' })]).toEqual([true, false]);
  });

  it('has placeholders with the values of their lists', () => {
    const text =
      "title: t\nid: i\nlogsource: { product: p }\ndetection: { s: { u|expand: '%Servers%$' }, condition: s }";
    const [document] = parseSigma(text, 'f.yml').documents;
    if (document?.kind !== 'rule') throw new Error('not a rule');
    expect(compileRuleset([document]).errors[0]?.message).toContain('needs the list "Servers"');
    const holds = holdsFor(expandPlaceholders(document, new Map([['Servers', ['srv*', 'db']]])).rule);
    expect(['SRV-7$', 'db$', 'db2$'].map((u) => holds({ u }))).toEqual([true, true, false]);
  });

  it('narrows rules by filters', () => {
    const rule = 'title: t\nid: i\nlogsource: { product: p }\ndetection: { s: { a: x }, condition: s }';
    const filter =
      "title: f\nlogsource: { product: p }\nfilter: { rules: [i], adm: { u|startswith: 'adm_' }, condition: not adm }";
    const { documents } = parseSigma(`${rule}\n---\n${filter}`, 'f.yml');
    const ruleset = compileRuleset(documents);
    expect(ruleset.errors).toEqual([]);
    expect(
      [
        { a: 'x', u: 'bob' },
        { a: 'x', u: 'ADM_bob' },
      ].map((event) => ruleset.match(event).length),
    ).toEqual([1, 0]);
  });
});
