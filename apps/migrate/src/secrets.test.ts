import { describe, test } from '@jest/globals';
import { expectNoSecrets } from '@kafka-ha/action-kit/testing';

describe('secrets', () => {
  test(
    'no credential is shown, whatever the API server answers',
    () => expectNoSecrets('migrate', {}),
    300_000,
  );
});
