/** What is wrong with one part of a rule; the parser adds file and line. */
export class Fault extends Error {}
