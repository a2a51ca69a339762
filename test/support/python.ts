import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VENV = path.resolve('.plantwatch/python');

/** Python with Elastic's own client (PyPI `elasticsearch` 8.19), in a folder of ours. */
export async function pythonWithElasticsearch(): Promise<string> {
  const python = path.join(VENV, 'bin/python');
  const ready = await run(python, ['-c', 'import elasticsearch']).then(
    () => true,
    () => false,
  );
  if (ready) return python;
  const system = process.env['PYTHON_PATH'] ?? 'python3';
  await run(system, ['-m', 'venv', VENV]);
  await access(python);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'elasticsearch>=8.19,<8.20']);
  return python;
}
