import process from 'node:process';
import preset from './jest.preset.mjs';

/**
 * Tests on a real cluster. `npm test` leaves `*.long.e2e.ts` out, and `npm run test:all` runs them too. One minute for what has
 * no limit of its own: a real cluster on two cores answers in seconds, not milliseconds.
 */
export default {
  ...preset,
  testMatch: process.env.KAFKA_HA_TESTS === 'long' ? ['**/*.long.e2e.ts'] : ['**/*.e2e.ts'],
  testPathIgnorePatterns: [
    ...preset.testPathIgnorePatterns,
    ...(process.env.KAFKA_HA_TESTS === undefined ? ['\\.long\\.e2e\\.ts$'] : []),
  ],
  testTimeout: 60_000,
};
