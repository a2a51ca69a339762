import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describeErrors } from '#detection/catalogue.js';
import { loadPipelines } from '#pipelines/pipeline-set.js';
import type { LogsourceRouting } from '#pipelines/routing.js';

/** The pipeline for the events that Plantwatch makes itself. */
export const OURS = 'ot';

const SHIPPED = path.join(packageRoot(import.meta.dirname), 'rules', 'pipelines');

/**
 * The processing pipelines of these names or files, with all that they extend, joined by priority; none without any. A file
 * may extend shipped pipelines by name.
 * @throws Error that names file, line and what is wrong, or the name that is neither a shipped pipeline nor a file
 */
export async function loadPipeline(...namesOrFiles: string[]): Promise<LogsourceRouting | null> {
  if (namesOrFiles.length === 0) return null;
  const { routing, errors } = await loadPipelines(namesOrFiles, readPipeline);
  if (errors.length > 0) throw new Error(`the pipeline is not usable\n${describeErrors(errors)}`);
  return routing;
}

async function readPipeline(nameOrFile: string): Promise<{ path: string; text: string }> {
  const shipped = path.join(SHIPPED, `${nameOrFile}.yml`);
  const file = /^[a-z0-9-]+$/.test(nameOrFile) && existsSync(shipped) ? shipped : nameOrFile;
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`--pipeline: ${nameOrFile} is neither a file nor a shipped pipeline (see rules/pipelines)`);
  });
  return { path: file, text };
}

/** The code runs from the sources and from dist/. */
function packageRoot(from: string): string {
  return existsSync(path.join(from, 'package.json')) ? from : packageRoot(path.dirname(from));
}
