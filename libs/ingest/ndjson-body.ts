import { bodyLines } from './bulk-body.js';

/**
 * The events of a body: one a line; or, when the whole body is one JSON text, its elements (an array, written anew) or
 * itself (an object over several lines). A line that is no JSON is an event too.
 */
export function documentsOf(body: Buffer, contentType: string | undefined): Buffer[] {
  const whole = contentType?.startsWith('application/json') ? parsed(body) : undefined;
  if (Array.isArray(whole)) return whole.map((element) => Buffer.from(JSON.stringify(element)));
  return typeof whole === 'object' && whole !== null ? [body] : bodyLines(body);
}

/** Is it a JSON object, as it ought to be? */
export function isDocument(line: Buffer): boolean {
  const value = parsed(line);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
