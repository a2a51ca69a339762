/** Something was found that whoever asked wants to stop for. */
export const FINDINGS = 1;
/** The command was not understood, or a file cannot be read. */
export const UNUSABLE = 2;

/** Says on standard error which line is left out and why, and fails in the end. */
export function reportLine(number: number, reason: string): void {
  console.error(`line ${number}: ${reason}; left out`);
  process.exitCode = FINDINGS;
}
