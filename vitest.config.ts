import { defineConfig } from 'vitest/config';

/** Suites on real PostgreSQL, Redis and Elasticsearch: one file at a time, one suite after the other. */
function onServices(name: string, groupOrder: number) {
  const include = [`test/${name}/**/*.spec.ts`];
  const test = { name, include, fileParallelism: false, hookTimeout: 120_000, testTimeout: 60_000 };
  return { extends: true as const, test: { ...test, sequence: { groupOrder } } };
}

function plain(name: string, ...include: string[]) {
  return { extends: true as const, test: { name, include } };
}

export default defineConfig({
  // `#room/file.js` means the TypeScript source, never a stale build.
  ssr: { resolve: { conditions: ['source', 'node', 'development|production'], externalConditions: ['node'] } },
  test: {
    setupFiles: ['reflect-metadata'],
    projects: [
      plain('unit', 'libs/**/*.spec.ts', 'apps/**/*.spec.ts'),
      plain('architecture', 'test/architecture/**/*.spec.ts'),
      plain('reference', 'test/reference/**/*.spec.ts'),
      plain('fuzz', 'test/fuzz/**/*.spec.ts'),
      onServices('rooms', 1),
      onServices('isolation', 2),
      onServices('stories', 3),
      // The last: it kills the services.
      onServices('chaos', 4),
    ],
  },
});
