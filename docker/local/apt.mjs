import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { must, run } from './child.mjs';
import { which } from './paths.mjs';
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
  if (process.getuid?.() !== 0 || !which('apt-get')) {
    fail(`${missing}, and installing it takes root on Debian or Ubuntu: ${remedy}.`);
  }
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
