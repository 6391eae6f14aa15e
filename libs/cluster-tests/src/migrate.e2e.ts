import { describe, test } from '@jest/globals';
import { migrationUnderTest, thereAndBackTests } from './migrate-under-test.ts';

const minute = 60_000;
const migration = migrationUnderTest('migrate');

describe('migrate', () => {
  thereAndBackTests(migration);

  test(
    'whoever wrote meanwhile has lost nothing',
    async () => {
      await migration.expectUnharmed();
    },
    5 * minute,
  );
});
