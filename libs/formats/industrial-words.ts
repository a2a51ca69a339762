import { isIp } from '#ecs/addresses.js';
import type { EcsEvent, EventCategory, EventType, JsonObject, Outcome } from '#ecs/event.js';
import { setField } from './ecs-setters.js';
import { readWords } from './word-taxonomy.js';

/** Event texts of industrial switches, which have words and no codes: one table a maker, and what they all say alike. */

export interface SwitchEvent {
  readonly words: RegExp;
  readonly action: string;
  readonly category: readonly EventCategory[];
  readonly type: readonly EventType[];
  readonly outcome?: Outcome;
}

const LONGEST = 512;
const PORT = /\bport[ -]?#? ?\[?(G?\d{1,2}(?:\/\d{1,2}){0,2}|[A-Z]\d{1,2})\b/i;
const USER =
  /\b(?:user(?:name)?|account|admin(?:istrator)?)(?: name)?(?:[:=] ?|\s+)["'[<]?([A-Za-z][\w.@-]{0,63})["'\]>]?/i;
const ADDRESS = /(?:\bfrom |\bIP[:= ]{1,2}|[(@[])([0-9a-fA-F.:]{2,45}?)(?=[\s,;)\]]|\.(?:\s|$)|$)/i;
/** Words that follow "user" and are no names. */
const NOT_NAMES =
  /^(?:logged|login|log|auth\w*|added|deleted|created|changed|name|account|has|is|was|from|via|with|interface|password|access|locked|success\w*|fail\w*)$/i;

/** Takes the first of the maker's events whose words are in the text, else what the words say in general. */
export function readSwitch(event: EcsEvent, text: string, events: readonly SwitchEvent[]): JsonObject {
  const line = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const found = events.find(({ words }) => words.test(line));
  if (found === undefined) readWords(event, line);
  else {
    const { action, category, type, outcome } = found;
    Object.assign(
      event.event,
      outcome === undefined ? { action, category, type } : { action, category, type, outcome },
    );
  }
  const own: JsonObject = {};
  const port = PORT.exec(line)?.[1];
  if (port !== undefined) own.port = port;
  const user = USER.exec(line)?.[1];
  if (user !== undefined && !NOT_NAMES.test(user)) setField(event, 'user.name', user);
  const address = ADDRESS.exec(line)?.[1];
  if (address !== undefined && isIp(address)) setField(event, 'source.ip', address);
  return own;
}
