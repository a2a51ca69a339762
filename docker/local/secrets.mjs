import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileState } from './paths.mjs';

const names = ['postgres', 'redis', 'application', 'provider', 'server'];

/** The profile's random secrets (32 bytes, hex), made once. */
export function secretsOf(profile) {
  const file = join(profileState(profile), 'secrets.json');
  const kept = read(file);
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] ?? randomBytes(32).toString('hex')]));
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
