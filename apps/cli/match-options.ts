import type { RulesOptions } from './load-rules.js';

export interface MatchOptions extends RulesOptions {
  events: string;
  /** Threads that match; one when left out. */
  jobs?: number;
}

/** Bytes that are read at once. */
export const CHUNK = 1 << 20;

export const matchLine = (rule: string, line: number): string => `{"rule":${JSON.stringify(rule)},"line":${line}}`;
