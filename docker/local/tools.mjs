import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { run } from './child.mjs';
import { fail } from './fail.mjs';
import { which } from './paths.mjs';

/** The programs that stories drive, installed where they are missing: `{ CHROMIUM_PATH, RSYSLOGD_PATH, PYTHON_PATH }`. */
export async function testTools() {
  return { CHROMIUM_PATH: await find(chromium), RSYSLOGD_PATH: await find(rsyslogd), PYTHON_PATH: await find(python) };
}

const chromium = {
  title: 'Chromium',
  packages: ['chromium', 'fonts-liberation'],
  remedy: 'install a Chromium or Chrome and set CHROMIUM_PATH to it',
  path: () =>
    process.env.CHROMIUM_PATH || which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'),
  works: async (path) => (await run(path, ['--version'])).code === 0,
};

const rsyslogd = {
  title: 'rsyslogd with omelasticsearch',
  packages: ['rsyslog', 'rsyslog-elasticsearch'],
  units: ['rsyslog', 'syslog.socket'],
  remedy: 'install rsyslog and its omelasticsearch module and set RSYSLOGD_PATH',
  path: () => process.env.RSYSLOGD_PATH || which('rsyslogd'),
  works: loadsOmelasticsearch,
};

const python = {
  title: 'Python 3 with venv',
  packages: ['python3', 'python3-venv'],
  remedy: 'install Python 3 with its venv module and set PYTHON_PATH',
  path: () => process.env.PYTHON_PATH || which('python3'),
  works: async (path) => (await run(path, ['-c', 'import venv, ensurepip'])).code === 0,
};

async function find(tool) {
  if (await usable(tool)) return tool.path();
  const { title, packages, remedy, units } = tool;
  await aptInstall(packages, { missing: `The tests need ${title}`, remedy, units });
  return (await usable(tool))
    ? tool.path()
    : fail(`The tests need ${title} and the installed one does not run: ${remedy}.`);
}

async function usable({ path, works }) {
  return Boolean(path()) && works(path()).catch(() => false);
}

async function loadsOmelasticsearch(path) {
  const folder = mkdtempSync(join(tmpdir(), 'plantwatch-'));
  const file = join(folder, 'rsyslog.conf');
  writeFileSync(file, 'module(load="omelasticsearch")\n*.* action(type="omelasticsearch")\n');
  try {
    return (await run(path, ['-N1', '-f', file])).code === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
