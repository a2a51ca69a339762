import type { SigmaError } from '#sigma/document.js';
import { parsePipeline, type Pipeline } from './pipeline.js';
import { joinPipelines, type LogsourceRouting } from './routing.js';

/** Gives the text of a pipeline by its name, and the path by which errors name it. */
export type ReadPipeline = (name: string) => Promise<{ path: string; text: string }>;

/** Reads pipelines with all those that they extend, each once, and joins what could be read. */
export async function loadPipelines(
  names: readonly string[],
  read: ReadPipeline,
): Promise<{ routing: LogsourceRouting; errors: SigmaError[] }> {
  const pipelines: Pipeline[] = [];
  const errors: SigmaError[] = [];
  const wanted = [...names];
  for (let at = 0; at < wanted.length; at++) {
    const { path, text } = await read(wanted[at]!);
    const parsed = parsePipeline(text, path);
    errors.push(...parsed.errors);
    if (!parsed.pipeline) continue;
    pipelines.push(parsed.pipeline);
    wanted.push(...parsed.pipeline.extends.filter((name) => !wanted.includes(name)));
  }
  return { routing: joinPipelines(pipelines), errors };
}
