/**
 * Jest in ESM mode with swc: imports keep their `.ts` extension, so nothing needs mapping. The time limit is a guard against tests that
 * hang, and no bound: a busy machine takes seconds for what takes milliseconds.
 */
export default {
  testEnvironment: 'node',
  testTimeout: 30_000,
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/out-tsc/', '/dist/'],
  modulePathIgnorePatterns: ['/out-tsc/', '/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};
