import { createHash } from 'node:crypto';

/** The policy (CSP 3) of a page that may load and run nothing: its own style, by hash, and no more. */
export function pageSecurity(page: string): string {
  const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;
}
