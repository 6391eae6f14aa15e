import { describe, expect, test } from '@jest/globals';
import { bundleWorkload } from './bundle.ts';

describe('bundle', () => {
  test('the load carries what it runs and no more: it is read by every drill before its first write', async () => {
    const bytes = Buffer.byteLength(await bundleWorkload());
    expect(bytes).toBeLessThan(48 * 1024);
  }, 120_000);
});
