import { Client } from '@elastic/elasticsearch';
import { Config } from './config.js';

export const elasticsearchProvider = {
  provide: Client,
  inject: [Config],
  useFactory: (config: Config): Client =>
    new Client({
      node: config.values.ELASTICSEARCH_URL,
      maxRetries: 3,
      requestTimeout: 60_000,
      compression: false,
      // An error tells no headers. The default copies all of a failed request, a body byte by byte: a hundred times its size.
      redaction: { type: 'remove' },
    }),
};
