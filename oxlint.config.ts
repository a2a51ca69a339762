import { defineConfig } from 'oxlint';

/** Repositories of tables that belong to no tenant, each with its reason. The list may only shrink. */
const PROVIDER_REPOSITORIES = {
  'libs/ingest/collector-status.repository.ts': 'how a collector fares belongs to no tenant',
  'libs/events/event-bulk.repository.ts': 'a batch holds the events of many tenants, each with its concrete index',
  'libs/detection/rule-catalogue.repository.ts': 'the shipped rule files belong to no tenant',
  'libs/ingest/spool.repository.ts': 'the spool holds the lines of all tenants, each with its own',
  'libs/ingest/progress.repository.ts': 'how far the spool was read belongs to no tenant',
  'libs/ingest/ledger.repository.ts': 'refused senders belong to no tenant',
  'libs/access/person.repository.ts': 'people, credentials and assignments are read before any tenant is known',
  'libs/audit/audit.repository.ts': 'acts outside any tenant are recorded too',
};

const SPECS = ['**/*.spec.ts', 'test/**'];
const SCRIPTS = ['apps/cli/**', 'docker/**', 'test/support/**', 'test/bench/**', 'test/fuzz/**'];
const CONFIGS = ['*.config.ts', 'apps/console/*.config.ts', 'test/architecture/plugin.ts'];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'react'],
  jsPlugins: ['./test/architecture/plugin.ts'],
  ignorePatterns: ['dist', 'node_modules', '.plantwatch', '**/*.generated.ts', 'test/fixtures'],
  categories: { correctness: 'error' },
  options: { denyWarnings: true, reportUnusedDisableDirectives: 'error', respectEslintDisableDirectives: false },
  rules: {
    'plantwatch/imports': 'error',
    'plantwatch/place': 'error',
    'plantwatch/pure': 'error',
    'plantwatch/injectable': 'error',
    'plantwatch/no-reexport': 'error',
    'plantwatch/scope-first': ['error', PROVIDER_REPOSITORIES],
    'plantwatch/max-params': 'error',
    'plantwatch/no-disable': 'error',
    'plantwatch/no-double-cast': 'error',
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'max-lines': ['error', { max: 400 }],
    'max-lines-per-function': ['error', { max: 60 }],
    'no-console': 'error',
    'no-eval': 'error',
    'no-implied-eval': 'error',
    'no-new-func': 'error',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    'no-var': 'error',
    'prefer-const': 'error',
    eqeqeq: ['error', 'always', { null: 'ignore' }],
    'react/no-danger': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-require-imports': 'error',
    'typescript/no-misused-spread': 'off', // entities are plain rows, and spreading one makes a plain object on purpose
    'typescript/require-array-sort-compare': 'off', // the lists sorted without a compare hold strings
    'unicorn/prefer-node-protocol': 'error',
  },
  overrides: [
    {
      files: SPECS,
      plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'vitest'],
      rules: {
        'max-lines-per-function': 'off',
        'typescript/no-meaningless-void-operator': 'off',
        'typescript/restrict-template-expressions': 'off',
        'vitest/expect-expect': 'off', // assertions may live in a function of test/support
        'vitest/no-standalone-expect': 'off',
        'vitest/no-disabled-tests': 'error',
        'vitest/no-focused-tests': 'error',
        'vitest/valid-expect': ['error', { maxArgs: 2 }],
        'vitest/valid-title': ['error', { disallowedWords: ['should'] }],
      },
    },
    {
      files: SCRIPTS,
      rules: {
        'no-console': 'off',
        // plain JavaScript: its types are guesses
        'typescript/no-unsafe-unary-minus': 'off',
        'typescript/restrict-template-expressions': 'off',
        'typescript/unbound-method': 'off',
      },
    },
    {
      files: ['apps/console/**'],
      rules: {
        'typescript/unbound-method': 'off', // hooks answer plain objects of functions, which know no `this`
        'typescript/no-base-to-string': 'off', // a form without file inputs has text in every field
        'react/set-state-in-effect': 'off', // effects that load set what they loaded
      },
    },
    { files: CONFIGS, rules: { 'import/no-default-export': 'off', 'plantwatch/imports': 'off' } },
  ],
});
