/** Security level, 1 (casual violation) to 4 (extended resources, skills of control systems, high motivation). */
export const SECURITY_LEVELS = [1, 2, 3, 4] as const;
