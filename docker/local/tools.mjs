import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall, unpacked } from './apt.mjs';
import { run } from './child.mjs';
import { fail } from './fail.mjs';
import { which } from './paths.mjs';

/** The programs that stories drive, installed where they are missing, each as the variable that names its path. */
export async function testTools() {
  return {
    CHROMIUM_PATH: await find(chromium),
    RSYSLOGD_PATH: await find(rsyslogd),
    SYSLOG_NG_PATH: await syslogNg(),
    PYTHON_PATH: await find(python),
    CURL_PATH: await find(curl),
    OPENSSL_PATH: await find(openssl),
  };
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
  title: 'rsyslogd with omelasticsearch, omrelp and TLS',
  packages: ['rsyslog', 'rsyslog-elasticsearch', 'rsyslog-relp', 'rsyslog-openssl'],
  units: ['rsyslog', 'syslog.socket'],
  remedy: 'install rsyslog with its modules omelasticsearch, omrelp and lmnsd_ossl and set RSYSLOGD_PATH',
  path: () => process.env.RSYSLOGD_PATH || which('rsyslogd'),
  works: loadsModules,
};

const python = {
  title: 'Python 3 with venv',
  packages: ['python3', 'python3-venv'],
  remedy: 'install Python 3 with its venv module and set PYTHON_PATH',
  path: () => process.env.PYTHON_PATH || which('python3'),
  works: async (path) => (await run(path, ['-c', 'import venv, ensurepip'])).code === 0,
};

const curl = program('curl', 'curl', 'CURL_PATH', '--version');
const openssl = program('OpenSSL', 'openssl', 'OPENSSL_PATH', 'version');

function program(title, name, variable, ask) {
  return {
    title,
    packages: [name],
    remedy: `install ${title} and set ${variable}`,
    path: () => process.env[variable] || which(name),
    works: async (path) => (await run(path, [ask])).code === 0,
  };
}

/** Debian does not let syslog-ng stand beside rsyslog: it is unpacked into a folder of ours, its libraries installed. */
async function syslogNg() {
  const given = process.env.SYSLOG_NG_PATH || which('syslog-ng');
  if (given) return given;
  const program = await unpacked('syslog-ng', ['syslog-ng-core', 'syslog-ng-mod-http'], {
    missing: 'The tests need syslog-ng',
    remedy: 'install syslog-ng with its http module and set SYSLOG_NG_PATH',
  });
  return (await run(program, ['--version'])).code === 0
    ? program
    : fail('The tests need syslog-ng and the unpacked one does not run: install it and set SYSLOG_NG_PATH.');
}

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

async function loadsModules(path) {
  const folder = mkdtempSync(join(tmpdir(), 'plantwatch-'));
  const file = join(folder, 'rsyslog.conf');
  const lines = [
    'global(defaultNetstreamDriver="ossl")',
    'module(load="omelasticsearch")',
    'module(load="omrelp")',
    '*.* action(type="omelasticsearch")',
    '*.* action(type="omfwd" target="127.0.0.1" port="1" protocol="tcp" streamDriver="ossl" streamDriverMode="1")',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  try {
    return (await run(path, ['-N1', '-f', file])).code === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
