/** Security level, 1 (casual violation) to 4 (extended resources, skills of control systems, high motivation). */
export const SECURITY_LEVELS = [1, 2, 3, 4] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

export function isSecurityLevel(level: number): level is SecurityLevel {
  return SECURITY_LEVELS.some((known) => known === level);
}
