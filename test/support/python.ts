import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const VENV = path.resolve('.plantwatch/python');

/** What shippers are tried with, from PyPI: the module that shows that it is there, and its requirement. */
const CLIENTS = {
  elasticsearch: ['elasticsearch', 'elasticsearch>=8.19,<8.20'],
  opentelemetry: ['opentelemetry.exporter.otlp.proto.http', 'opentelemetry-exporter-otlp-proto-http==1.38.0'],
} as const;

/** Python with the client of that name, in a folder of ours. */
export async function pythonWith(client: keyof typeof CLIENTS): Promise<string> {
  const [module, requirement] = CLIENTS[client];
  const python = path.join(VENV, 'bin/python');
  const ready = await run(python, ['-c', `import ${module}`]).then(
    () => true,
    () => false,
  );
  if (ready) return python;
  const system = process.env['PYTHON_PATH'] ?? 'python3';
  await run(system, ['-m', 'venv', VENV]);
  await access(python);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement]);
  return python;
}
