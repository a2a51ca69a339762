import { addFlaw } from '#ecs/event.js';
import type { EcsEvent, JsonObject, JsonValue } from '#ecs/event.js';
import type { BodyParser, LineParser, Remainder } from '#ecs/parser.js';
import { scanXml } from './xml-elements.js';
import type { XmlElement } from './xml-elements.js';

/**
 * A Windows event as its own XML (`http://schemas.microsoft.com/win/2004/08/events/event`), as Windows Event Forwarding
 * and NXLog's `to_xml` give it. It becomes the document that evtx_dump would make of it.
 */
export const windowsXml = {
  name: 'windows-xml',
  matches: (first, text) => first === 60 && isElement(text) && START.test(text),
  parse: (event, text) => read(event, text),
} satisfies LineParser<'windows-xml'>;

export const windowsXmlBody = {
  name: 'windows-xml-body',
  matches: ({ message }) => message.charCodeAt(0) === 60 && isElement(message) && START.test(message),
  parse: (event) => read(event, event.message),
} satisfies BodyParser<'windows-xml-body'>;

const START = /^(?:<\?xml[^>]{0,128}\?>\s{0,4})?<Event[\s>]/;

/** Not a priority: the second character is `E` or `?`. */
function isElement(text: string): boolean {
  const second = text.charCodeAt(1);
  return second === 69 || second === 63;
}

function read(event: EcsEvent, text: string): Remainder {
  const root = scanXml(text);
  const system = root?.children.find(({ name }) => name === 'System');
  if (root === undefined || system === undefined) {
    addFlaw(event, 'not the XML of a Windows event');
    return 'refused';
  }
  const document: JsonObject = { System: elementsOf(system) };
  for (const part of root.children) {
    if (part.name === 'EventData') document.EventData = dataOf(part);
    else if (part.name === 'UserData' || part.name === 'RenderingInfo') document[part.name] = elementsOf(part);
  }
  return { Event: document };
}

function elementsOf(element: XmlElement): JsonObject {
  return Object.fromEntries(element.children.map((child) => [child.name, valueOf(child)]));
}

function valueOf(element: XmlElement): JsonValue {
  const attributes = Object.fromEntries(element.attributes);
  const plain = element.attributes.size === 0;
  if (element.children.length > 0) return { ...(plain ? {} : { '#attributes': attributes }), ...elementsOf(element) };
  return plain ? element.text : { '#attributes': attributes, '#text': element.text };
}

/** `<Data Name="Image">…</Data>`; what has no name is counted. */
function dataOf(element: XmlElement): JsonObject {
  const named: [string, JsonValue][] = [];
  const unnamed: JsonValue[] = [];
  for (const child of element.children) {
    const name = child.attributes.get('Name');
    if (child.name !== 'Data') named.push([child.name, child.text]);
    else if (name === undefined) unnamed.push(child.text);
    else named.push([name, child.text]);
  }
  const data: JsonObject = Object.fromEntries(named);
  if (unnamed.length > 0) data.Data = unnamed;
  return data;
}
