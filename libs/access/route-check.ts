import type { Need } from '#platform/needs.js';
import { isPermission } from './permissions.js';

export interface RouteMarks {
  name: string;
  need: Need | undefined;
  publicReason: string | undefined;
}

/** @returns what is wrong with the routes' marks, one line each */
export function unmarkedRoutes(routes: readonly RouteMarks[]): string[] {
  return routes.flatMap(({ name, need, publicReason }) => {
    if (need && publicReason) return [`${name} is public and needs a permission: one of them is wrong.`];
    if (publicReason) return [];
    if (!need) return [`${name} declares no permission: add @Needs(...) or @Public(reason).`];
    return isPermission(need.permission) ? [] : [`${name} needs ${need.permission}, which no role can have.`];
  });
}
