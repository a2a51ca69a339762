/** Login roles of the running server. Neither owns a table and neither can bypass row-level security. */
export const LOGIN_ROLES = { scoped: 'plantwatch_app', provider: 'plantwatch_provider' } as const;
