import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run } from './child.mjs';
import { state, which } from './paths.mjs';
import { step } from './step.mjs';
import { fail } from './fail.mjs';

const policy = '/usr/sbin/policy-rc.d';
// Not in our process group and not abortable: Ctrl-C must not leave dpkg half way.
const options = { detached: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

/**
 * Installs Debian packages without letting any of them start a service.
 * @param {string[]} packages each the name, or `a|b|c` for the first that the release has
 * @param {{ missing: string, remedy: string, units?: string[] }} about what to say without the right to install; units
 *   that the packages would start at the next boot
 */
export async function aptInstall(packages, { missing, remedy, units = [] }) {
  insistOnApt({ missing, remedy });
  await step(`Installing ${packages.map((name) => name.split('|')[0]).join(', ')} (apt)`, async () => {
    await must(`apt-get update failed: ${remedy}.`, 'apt-get', ['update', '-qq'], options);
    const names = await Promise.all(packages.map(available));
    await withoutServices(() =>
      must(
        `apt-get could not install ${names.join(', ')}: ${remedy}.`,
        'apt-get',
        ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names],
        options,
      ),
    );
    if (units.length && existsSync('/run/systemd/system')) await run('systemctl', ['disable', ...units], options);
  });
}

/**
 * Unpacks Debian packages into a folder of ours and installs the libraries they need.
 * @param {string} name of the program in the first package's `/usr/sbin`
 * @param {{ missing: string, remedy: string }} about as for `aptInstall`
 * @returns the path of a script that runs the program with its own libraries and modules
 */
export async function unpacked(name, packages, about) {
  const root = join(state, 'tools', name);
  const script = join(root, name);
  if (existsSync(script)) return script;
  insistOnApt(about);
  // Without its lists apt knows no dependencies.
  await must(`apt-get update failed: ${about.remedy}.`, 'apt-get', ['update', '-qq'], options);
  const wanted = await Promise.all(packages.map((one) => run('apt-cache', ['depends', '--important', one])));
  const libraries = wanted.flatMap(({ output }) =>
    [...output.matchAll(/^ {2}Depends: (lib[\w.+-]+)$/gm)].map(([, lib]) => lib),
  );
  await aptInstall([...new Set(libraries)], about);
  mkdirSync(root, { recursive: true });
  await must(`apt-get could not download ${name}: ${about.remedy}.`, 'apt-get', ['download', '-qq', ...packages], {
    ...options,
    cwd: root,
  });
  for (const file of readdirSync(root).filter((entry) => entry.endsWith('.deb'))) {
    await must(`${file} could not be unpacked.`, 'dpkg', ['-x', join(root, file), root]);
  }
  const entries = readdirSync(join(root, 'usr/lib'), { recursive: true, withFileTypes: true });
  const objects = entries.filter((entry) => entry.name.includes('.so')).map(({ parentPath }) => parentPath);
  const folders = [...new Set(objects)].join(':');
  const lines = [
    '#!/bin/sh',
    `export LD_LIBRARY_PATH='${folders}'`,
    `exec '${join(root, 'usr/sbin', name)}' --module-path='${folders}' "$@"`,
  ];
  writeFileSync(script, `${lines.join('\n')}\n`, { mode: 0o755 });
  return script;
}

function insistOnApt({ missing, remedy }) {
  if (process.getuid?.() !== 0 || !which('apt-get')) {
    fail(`${missing}, and installing it takes root on Debian or Ubuntu: ${remedy}.`);
  }
}

async function available(choice) {
  const names = choice.split('|');
  for (const name of names) {
    const { output } = await run('apt-cache', ['show', '--no-all-versions', name]);
    if (output.includes(`Package: ${name}`)) return name;
  }
  return names[0];
}

async function withoutServices(work) {
  if (existsSync(policy)) return work();
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    return await work();
  } finally {
    rmSync(policy, { force: true });
  }
}
