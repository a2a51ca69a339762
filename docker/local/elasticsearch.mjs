import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptInstall } from './apt.mjs';
import { must } from './child.mjs';
import { exclusively } from './exclusively.mjs';
import { fail } from './fail.mjs';
import { ownFolder, serviceHome } from './home.mjs';
import { findJava } from './java.mjs';
import { root, which } from './paths.mjs';
import { step } from './step.mjs';

const version = '8.19.21';
const name = `elasticsearch-${version}`;
const remedy = 'install a Java runtime 17 or newer and Maven, start Docker, or set ELASTICSEARCH_URL';

export const elasticsearch = {
  key: 'elasticsearch',
  title: 'Elasticsearch',
  variable: 'ELASTICSEARCH_URL',
  example: 'http://127.0.0.1:9200',
  patience: 180_000,
  url: ({ ports }) => `http://127.0.0.1:${ports.elasticsearch}`,
  prepare,
  plan,
  check,
};

const distribution = () => join(serviceHome(), name);

async function prepare(signal) {
  const java = await findJava();
  const unpacked = existsSync(distribution());
  const maven = unpacked || which('mvn');
  if (!java || !maven) {
    const packages = [
      ...(java ? [] : ['openjdk-17-jre-headless|openjdk-21-jre-headless|openjdk-25-jre-headless']),
      ...(maven ? [] : ['maven']),
    ];
    await aptInstall(packages, { missing: `${java ? 'Maven' : 'Java 17 or newer'} is missing`, remedy });
  }
  if (!unpacked)
    await step(`Fetching Elasticsearch ${version} (Maven, 107 MB)`, () =>
      exclusively('elasticsearch', () => fetchDistribution(signal), signal),
    );
}

/** Maven fetches and unpacks, with the settings that it has on this machine; the version goes to docker/local/pom.xml. */
async function fetchDistribution(signal) {
  if (existsSync(distribution())) return; // another profile fetched it while this one waited
  const fresh = `${distribution()}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  const pom = join(root, 'docker', 'local', 'pom.xml');
  const args = [
    '-B',
    '-q',
    '-f',
    pom,
    'dependency:unpack',
    `-Delasticsearch.version=${version}`,
    `-Dunpack.to=${fresh}`,
  ];
  await must(
    `Maven could not fetch Elasticsearch ${version}: mend its settings or the network, start Docker, or set ELASTICSEARCH_URL.`,
    'mvn',
    args,
    { signal },
  );
  renameSync(join(fresh, name), distribution());
  rmSync(fresh, { recursive: true, force: true });
}

async function plan({ folder, profile, ports }) {
  const java = (await findJava()) ?? fail(`Java 17 or newer is missing: ${remedy}.`);
  const [configuration, data, logs, temporary] = ['config', 'data', 'logs', 'tmp'].map((part) => join(folder, part));
  rmSync(configuration, { recursive: true, force: true });
  cpSync(join(distribution(), 'config'), configuration, { recursive: true });
  writeFileSync(join(configuration, 'elasticsearch.yml'), settings({ profile, ports, logs }));
  for (const path of [configuration, data, logs, temporary]) ownFolder(path);
  return {
    command: join(distribution(), 'bin', 'elasticsearch'),
    args: [`-Epath.data=${data}`],
    env: { ES_PATH_CONF: configuration, ES_JAVA_HOME: java, ES_TMPDIR: temporary, ES_JAVA_OPTS: '-Xms1g -Xmx1g' },
    marker: data,
  };
}

// Absolute watermarks: a share of a big disk would stop writes with a hundred gigabytes free.
const settings = ({ profile, ports, logs }) => `cluster.name: plantwatch-${profile}
node.name: plantwatch
discovery.type: single-node
network.host: 127.0.0.1
http.port: ${ports.elasticsearch}
transport.port: ${ports.elasticsearchTransport}
path.logs: ${JSON.stringify(logs)}
xpack.security.enabled: false
cluster.routing.allocation.disk.watermark.low: 1gb
cluster.routing.allocation.disk.watermark.high: 500mb
cluster.routing.allocation.disk.watermark.flood_stage: 250mb
`;

/** The minimal build answers 405 to `GET /`, so health is the question for every server. */
async function check(url) {
  const { username, password, origin, pathname } = new URL(url);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  const response = await fetch(
    `${origin}${pathname.replace(/\/$/, '')}/_cluster/health?wait_for_status=yellow&timeout=2s`,
    {
      headers: username ? { authorization: `Basic ${credentials}` } : {},
      signal: AbortSignal.timeout(5_000),
    },
  );
  if (!response.ok) throw new Error(`Elasticsearch answers ${response.status}`);
}
