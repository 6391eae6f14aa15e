import { describe, test } from '@jest/globals';
import { expectQuickBundle, expectSameBytes } from '@kafka-ha/action-kit/testing';

describe('bundle', () => {
  test('the bundle is small and starts at once', () => expectQuickBundle('migrate'), 30_000);

  test(
    'the bundle is the same, byte for byte, when it is built again',
    () => expectSameBytes('migrate'),
    120_000,
  );
});
