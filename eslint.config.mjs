import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const anyLibrary = [
  'type:operations',
  'type:client',
  'type:cluster',
  'type:workload',
  'type:exporter',
  'type:io',
  'type:pure',
  'type:testing',
];

/** Who may import whom. A project's kind is its `type:` tag in package.json. */
const boundaries = [
  { sourceTag: 'type:pure', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:io', onlyDependOnLibsWithTags: ['type:pure'] },
  { sourceTag: 'type:cluster', onlyDependOnLibsWithTags: ['type:io', 'type:pure', 'type:testing'] },
  {
    // Operations and drills stand side by side on the cluster.
    sourceTag: 'type:operations',
    onlyDependOnLibsWithTags: ['type:cluster', 'type:io', 'type:pure', 'type:testing'],
  },
  {
    // The one that imports kafkajs: neither an operation nor an action does, so that no bundle carries it.
    sourceTag: 'type:client',
    onlyDependOnLibsWithTags: ['type:cluster', 'type:io', 'type:pure', 'type:testing'],
  },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:io', 'type:pure'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: anyLibrary },
  { sourceTag: 'type:cluster-tests', onlyDependOnLibsWithTags: anyLibrary },
  { sourceTag: 'type:workflow-tests', onlyDependOnLibsWithTags: ['type:io', 'type:pure', 'type:testing'] },
  // Runs inside the cluster. The others only carry it there, as text.
  { sourceTag: 'type:workload', onlyDependOnLibsWithTags: ['type:pure'] },
  {
    sourceTag: 'type:exporter',
    onlyDependOnLibsWithTags: ['type:cluster', 'type:io', 'type:pure', 'type:testing'],
  },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:io', 'type:pure'] },
];

/** What only tests may import: builders of specs and states, the handle of the real cluster. */
const forTestsOnly = {
  group: ['@kafka-ha/testing', '@kafka-ha/*/testing', 'fast-check', '@jest/globals'],
  message: 'For tests alone.',
};

const timers = {
  group: ['timers/promises', 'node:timers/promises'],
  importNames: ['setTimeout', 'setInterval'],
  message: 'Sleep on a Clock. Wait with waitFor, readUntil or waitTelling of @kafka-ha/base.',
};

/** A spec has what is not of its file: whoever parses a file that he has changed would lose it. */
const parsing = {
  group: ['@kafka-ha/config'],
  importNames: ['parseClusterFile'],
  message: 'Parse a file that was changed with parseChangedFile.',
};

const notInSources = { patterns: [forTestsOnly, timers, parsing] };
/** Of those that parse a file as it is. */
const notInParsers = { patterns: [forTestsOnly, timers] };

const unmasked = { name: '@actions/core', importNames: ['info', 'notice'], message: 'Use say.' };

const testsAndTheirs = ['**/*.test.ts', '**/*.e2e.ts', '**/testing.ts', '**/testing/**'];

/** A title is read without its file: by whoever sees that a test has failed. */
const titlesAlone = ['[callee.name="test"]', '[callee.callee.object.name="test"]'].map((call) => ({
  selector: `Program > ExpressionStatement > CallExpression${call}`,
  message: 'Say its subject with describe.',
}));

/** One way to wait: a loop of one's own forgets the deadline, the signal or the clock. */
const handMadeWaits = [
  ':matches(ForStatement, WhileStatement, DoWhileStatement) CallExpression[callee.property.name="sleep"]',
  ':matches(ForStatement, WhileStatement, DoWhileStatement) CallExpression[callee.name=/^(sleep|pause|delay)$/]',
  'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"]',
].map((selector) => ({
  selector,
  message: 'Wait with waitFor, readUntil or waitTelling of @kafka-ha/base.',
}));

/** Loops that sleep and are no waits. */
const pacedLoops = [
  // The waits themselves.
  'libs/base/src/{wait-for,read-until,wait-telling}.ts',
  // Decide anew what to do in each round, and do it.
  'libs/kube/src/{acquire-lease,keep-lease,request}.ts',
  'libs/operations/src/roll/{roll-component,replace-pod,elect-preferred-leaders}.ts',
  // Its pause grows with the time.
  'libs/kube/src/wait-for-stateful-set.ts',
  // Watch, measure or follow something until they are told to stop or it ends.
  'libs/cluster/src/quorum/watch-{metadata,zookeeper}.ts',
  'libs/drills/src/drill/faults/watch-quorum.ts',
  'libs/drills/src/drill/watch/watch-cluster.ts',
  'libs/drills/src/drill/workload/workload.ts',
  'libs/drills/src/bench/{run-producer,sample-pods}.ts',
  'libs/operations/src/autosize/watch-growth.ts',
  'apps/exporter/src/run-exporter.ts',
  // Tell how far something is that ends by itself.
  'libs/cluster/src/with-lease.ts',
  'libs/kafka/src/prove-write-path.ts',
  'libs/local-cluster/src/narrate.ts',
  // 200 times 5 ms: for a process in the middle of becoming another program.
  'libs/local-cluster/src/namespaces/processes.ts',
];

/** A pure library takes plain data and returns plain data. */
const impure = ['fs', 'net', 'http', 'https', 'child_process', 'os', 'dgram', 'timers', 'process'].flatMap(
  (name) => [name, `node:${name}`, `node:${name}/promises`],
);

/** Where a container was injected, the first one is anybody's. */
const firstContainer = [
  'MemberExpression[computed=true][object.property.name=/^(c|initC)ontainerStatuses$/]',
  'VariableDeclarator[id.type="ArrayPattern"] MemberExpression[property.name=/^(c|initC)ontainerStatuses$/]',
].map((selector) => ({ selector, message: 'Find the container by its name.' }));

const loops = ':matches(ForStatement, ForOfStatement, ForInStatement, WhileStatement, DoWhileStatement)';

/** esbuild, which makes what is released, keeps the error of one turn, and throws it at the end of each that follows. */
const usedInLoops = {
  selector: `${loops} VariableDeclaration[kind=/using/]:not(${loops} :function VariableDeclaration)`,
  message: 'Give the turn a function of its own.',
};

const everywhere = [...firstContainer, usedInLoops];

/** The base is pure but for these, which it holds for all others. */
const waiting = {
  name: '@kafka-ha/base',
  importNames: ['systemClock', 'waitFor', 'readUntil', 'waitTelling'],
  message: 'A pure library does not wait.',
};

const pureLibraries = [
  'base',
  'config',
  'manifests',
  'health',
  'planning',
  'history',
  'report',
  'kafka-protocol',
  'metrics',
];

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/out-tsc/', '**/dist/', '**/test-results/', '.nx/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // A step of an operation may have nothing to tell between its start and its end.
      'require-yield': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { console: 'readonly', performance: 'readonly', process: 'readonly', URL: 'readonly' },
    },
  },
  {
    plugins: { '@nx': nx },
    files: ['**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: boundaries,
          // A command of the CLI imports what it works with when it runs, and so what shows its result.
          checkDynamicDependenciesExceptions: ['@kafka-ha/**'],
        },
      ],
    },
  },
  {
    files: ['**/src/**/*.ts'],
    ignores: [...testsAndTheirs, 'libs/testing/**', 'libs/cluster-tests/**', 'libs/workflow-tests/**'],
    rules: {
      'no-restricted-imports': ['error', notInSources],
      'no-restricted-syntax': ['error', ...everywhere, ...handMadeWaits],
    },
  },
  {
    // A load writes and reads at its own pace.
    files: ['libs/workload/src/**/*.ts'],
    ignores: testsAndTheirs,
    rules: {
      'no-restricted-imports': ['error', { patterns: [forTestsOnly] }],
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: pacedLoops,
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  {
    files: ['**/*.test.ts', '**/*.e2e.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...titlesAlone] },
  },
  {
    files: ['apps/cli/src/{load-spec,init/new-files,init/cluster-file-text}.ts'],
    rules: { 'no-restricted-imports': ['error', notInParsers] },
  },
  {
    // What these import every start waits for, also `--help`.
    files: ['apps/cli/src/{program,options}.ts', 'apps/cli/src/commands/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@kafka-ha/(?!base$|config/values$)|/(drills|output)/|/load-',
              allowTypeImports: true,
              message: 'Import it in the action.',
            },
          ],
        },
      ],
    },
  },
  {
    // What is printed may hold text of a fork's file: `say` sees to it that the runner takes none of it for a command.
    files: ['apps/*/src/**/*.ts', 'libs/action-kit/src/**/*.ts'],
    ignores: [...testsAndTheirs, 'apps/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { ...notInSources, paths: [unmasked] }],
    },
  },
  {
    files: ['libs/action-kit/src/run-action.ts'],
    rules: { 'no-restricted-imports': ['error', { ...notInParsers, paths: [unmasked] }] },
  },
  {
    files: pureLibraries.map((name) => `libs/${name}/src/**/*.ts`),
    ignores: testsAndTheirs,
    rules: {
      'no-restricted-imports': ['error', { ...notInSources, paths: [...impure, waiting] }],
      'no-restricted-globals': ['error', 'process', 'fetch', 'setTimeout', 'setInterval', 'console'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
    },
  },
  prettier,
);
