import { required } from '#test/support/environment.js';
import { Client } from '@elastic/elasticsearch';

interface Kept {
  /** Sorts by arrival. */
  id: string;
  original: string;
}

/** Every event of some sources, straight from Elasticsearch. */
export async function* keptEvents(sources: readonly string[]): AsyncGenerator<Kept> {
  const client = new Client({ node: required('ELASTICSEARCH_URL') });
  await client.indices.refresh({ index: 'pw-events-*' });
  const pages = client.helpers.scrollSearch<{ event: Kept }>({
    index: 'pw-events-*',
    size: 5000,
    _source: ['event.id', 'event.original'],
    query: { terms: { 'plantwatch.source_id': [...sources] } },
  });
  for await (const page of pages) for (const { event } of page.documents) yield event;
  await client.close();
}
