/**
 * Elements, attributes and text of a small XML document: one pass, no entities of its own, no document type, nothing
 * deeper than 16 levels. What is not well-formed is no document.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const DEEPEST = 16;
const MOST_ELEMENTS = 4096;
const SPACE = 32;
const QUOTE = 34;
const APOSTROPHE = 39;
const SLASH = 47;
const EQUALS = 61;
const CLOSE = 62;
const NAME = /[A-Za-z_][\w.:-]{0,127}/y;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

interface Course {
  readonly text: string;
  at: number;
  readonly open: XmlElement[];
  root: XmlElement | undefined;
  count: number;
}

export function scanXml(text: string): XmlElement | undefined {
  const course: Course = { text, at: 0, open: [], root: undefined, count: 0 };
  while (course.at < text.length) {
    const mark = text.indexOf('<', course.at);
    addText(course, mark < 0 ? text.length : mark);
    if (mark < 0) break;
    course.at = mark;
    if (!scanMarkup(course)) return undefined;
    if (course.root !== undefined && course.open.length === 0) return course.root;
  }
  return undefined;
}

function addText({ text, at, open }: Course, end: number): void {
  const element = open.at(-1);
  if (element === undefined || element.children.length > 0) return;
  const written = text.slice(at, end);
  element.text += written.includes('&') ? unescape(written) : written;
}

function scanMarkup(course: Course): boolean {
  const { text, at } = course;
  if (text.startsWith('<![CDATA[', at)) return skipTo(course, ']]>', at + 9);
  if (text.startsWith('<!--', at)) return skipTo(course, '-->', at + 4);
  if (text.startsWith('<?', at)) return skipTo(course, '?>', at + 2);
  return text.charCodeAt(at + 1) === SLASH ? scanEnd(course) : scanStart(course);
}

/** Moves behind `mark`; a character data section adds what stands in it. */
function skipTo(course: Course, mark: string, from: number): boolean {
  const end = course.text.indexOf(mark, from);
  const element = course.open.at(-1);
  if (mark === ']]>' && end >= 0 && element !== undefined) element.text += course.text.slice(from, end);
  course.at = end + mark.length;
  return end >= 0;
}

function scanEnd(course: Course): boolean {
  const end = course.text.indexOf('>', course.at);
  const element = course.open.pop();
  const name = course.text.slice(course.at + 2, end).trim();
  course.at = end + 1;
  if (element !== undefined && element.children.length > 0) element.text = '';
  return end >= 0 && element?.name === name;
}

function scanStart(course: Course): boolean {
  const { text, open } = course;
  const name = nameAt(text, course.at + 1);
  if (name === '' || open.length >= DEEPEST || ++course.count > MOST_ELEMENTS) return false;
  const attributes = new Map<string, string>();
  const element: XmlElement = { name, attributes, children: [], text: '' };
  let i = scanAttributes(text, course.at + 1 + name.length, attributes);
  const empty = text.charCodeAt(i) === SLASH;
  if (empty) i++;
  if (i < 0 || text.charCodeAt(i) !== CLOSE) return false;
  open.at(-1)?.children.push(element);
  course.root ??= element;
  if (!empty) open.push(element);
  course.at = i + 1;
  return true;
}

/** Returns the position of what ends the tag, or -1. */
function scanAttributes(text: string, from: number, attributes: Map<string, string>): number {
  let i = skipSpace(text, from);
  for (let name = nameAt(text, i); name !== ''; name = nameAt(text, i)) {
    i = skipSpace(text, i + name.length);
    if (text.charCodeAt(i) !== EQUALS) return -1;
    i = skipSpace(text, i + 1);
    const quote = text.charCodeAt(i);
    if (quote !== QUOTE && quote !== APOSTROPHE) return -1;
    const end = text.indexOf(quote === QUOTE ? '"' : "'", i + 1);
    if (end < 0) return -1;
    attributes.set(name, unescape(text.slice(i + 1, end)));
    i = skipSpace(text, end + 1);
  }
  return i;
}

function skipSpace(text: string, at: number): number {
  let i = at;
  for (let c = text.charCodeAt(i); c === SPACE || (c >= 9 && c <= 13); c = text.charCodeAt(++i));
  return i;
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return ENTITIES.get(name) ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
