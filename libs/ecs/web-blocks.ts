/** Web requests, as ECS nests them. */

export interface HttpBlock {
  version?: string;
  request?: { id?: string; method?: string; referrer?: string; body?: { bytes: number }; bytes?: number };
  response?: { status_code?: number; body?: { bytes: number }; bytes?: number };
}

export interface UrlBlock {
  original?: string;
  scheme?: string;
  domain?: string;
  port?: number;
  path?: string;
  query?: string;
  fragment?: string;
  extension?: string;
}

export interface WebBlocks {
  http?: HttpBlock;
  url?: UrlBlock;
  user_agent?: { original: string };
}
