import { describe, expect, test } from '@jest/globals';
import { bundleWorkload } from './bundle.ts';

describe('bundle', () => {
  test('the load carries what it runs and no more: it is read by every drill before its first write', async () => {
    const bytes = Buffer.byteLength(await bundleWorkload());
    expect(bytes).toBeLessThan(48 * 1024);
  }, 120_000);

  test('with the Java client it is as small: that runs beside', async () => {
    const bytes = Buffer.byteLength(await bundleWorkload('java'));
    expect(bytes).toBeLessThan(48 * 1024);
  }, 120_000);

  test('with kafkajs it still fits into a ConfigMap', async () => {
    const bundle = await bundleWorkload('kafkajs');
    expect(bundle).toContain('KafkaJSNumberOfRetriesExceeded');
    expect(Buffer.byteLength(bundle)).toBeLessThan(900 * 1024);
  }, 120_000);
});
