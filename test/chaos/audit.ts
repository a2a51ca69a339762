import { required } from '#test/support/environment.js';
import { Client } from '@elastic/elasticsearch';

interface Kept {
  event: { original: string };
}

/** The text of every event of some sources, straight from Elasticsearch. */
export async function* eventTexts(sources: readonly string[]): AsyncGenerator<string> {
  const client = new Client({ node: required('ELASTICSEARCH_URL') });
  await client.indices.refresh({ index: 'pw-events-*' });
  const pages = client.helpers.scrollSearch<Kept>({
    index: 'pw-events-*',
    size: 5000,
    _source: ['event.original'],
    query: { terms: { 'plantwatch.source_id': [...sources] } },
  });
  for await (const page of pages) for (const { event } of page.documents) yield event.original;
  await client.close();
}
