import { readFile } from 'node:fs/promises';
import { loadPipelines } from '#pipelines/pipeline-set.js';
import type { LogsourceRouting } from '#pipelines/routing.js';

/** Shipped pipelines by name, joined. @throws when one has a mistake */
export async function shippedPipelines(...names: string[]): Promise<LogsourceRouting> {
  const { routing, errors } = await loadPipelines(names, async (name) => {
    const path = `rules/pipelines/${name}.yml`;
    return { path, text: await readFile(path, 'utf8') };
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return routing;
}
