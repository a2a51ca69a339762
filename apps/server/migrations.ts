import { Access1763900000000 } from './migrations/access.js';

/** In the order they ran for the first time; one that was released is never edited. */
export const migrations = [Access1763900000000];
