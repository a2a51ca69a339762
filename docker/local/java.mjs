import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { reachable } from './home.mjs';
import { which } from './paths.mjs';

const oldest = 17;

/** The home of a Java that runs Elasticsearch, or undefined. */
export async function findJava() {
  for (const program of candidates()) {
    if (!reachable(program)) continue;
    const { output } = await run(program, ['-XshowSettings:properties', '-version']).catch(() => ({ output: '' }));
    const [, home] = output.match(/java\.home = (.+)/) ?? [];
    const [, version] = output.match(/java\.specification\.version = (\d+)/) ?? [];
    if (home && Number(version) >= oldest) return home.trim();
  }
  return undefined;
}

function candidates() {
  const homes = [process.env.ES_JAVA_HOME, process.env.JAVA_HOME].filter(Boolean);
  const systems = '/usr/lib/jvm';
  return [...homes.map(javaIn), which('java'), ...folders(systems).map((name) => javaIn(join(systems, name)))].filter(
    Boolean,
  );
}

const javaIn = (home) => join(home, 'bin', 'java');

function folders(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
