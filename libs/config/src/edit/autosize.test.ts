import { describe, expect, test } from '@jest/globals';
import { autosize, editClusterFile, parseClusterFile } from '../index.ts';

const text = 'name: events # ours\ningest: { rate: 100MB/s, compression: 4 }\nstorage: { size: 50Gi }\n';
const options = { file: 'f' };
const { spec } = parseClusterFile(text, options);
const calm = { writtenBytesPerSecond: 10e6, usedBytes: 20 * 2 ** 30 };

describe('autosize', () => {
  test('a file that fits stays as it is', () => {
    expect(autosize(text, options, calm)).toEqual({ edits: [], reasons: [] });
    expect(autosize(text, options, { ...calm, writtenBytesPerSecond: 19.9e6 }).edits).toEqual([]);
  });

  test('more than four fifths of the rate raise it, and the volume with it, so that records are kept as long', () => {
    const sizes = autosize(text, options, { ...calm, writtenBytesPerSecond: 22.5e6 });
    expect(sizes.edits[0]).toEqual({ path: ['ingest', 'rate'], value: '150MB/s' });
    expect(sizes.reasons[0]).toBe(
      'ingest.rate 100MB/s → 150MB/s: producers write 90MB/s, more than 80 % of it',
    );
    const after = parseClusterFile(editClusterFile(text, sizes.edits), options).spec;
    expect(after.sizing.retentionSeconds).toBeGreaterThanOrEqual(spec.sizing.retentionSeconds);
    const less = [
      sizes.edits[0]!,
      { path: ['storage', 'size'] as const, value: `${after.storage.sizeBytes / 2 ** 30 - 1}Gi` },
    ];
    const smaller = parseClusterFile(editClusterFile(text, less), options).spec;
    expect(smaller.sizing.retentionSeconds).toBeLessThan(spec.sizing.retentionSeconds);
    expect(autosize(editClusterFile(text, sizes.edits), options, calm).edits).toEqual([]);
  });

  test('a volume that is fuller than planned grows by as much', () => {
    const usedBytes = 1.1 * spec.sizing.peakDiskBytes;
    const { edits, reasons } = autosize(text, options, { ...calm, usedBytes });
    expect(edits).toEqual([{ path: ['storage', 'size'], value: '56Gi' }]);
    expect(reasons[0]).toMatch(/^storage.size 50Gi → 56Gi: the fullest volume holds /);
  });

  test('some TiB are found with about as many trials as some GiB', () => {
    const large = text.replace('50Gi', '16000Gi');
    const usage = { ...calm, writtenBytesPerSecond: 22.5e6 };
    const small = cpuOf(() => autosize(text, options, usage));
    const trials = cpuOf(() => expect(autosize(large, options, usage).edits).toHaveLength(2));
    expect(trials).toBeLessThan(10 * small);
  });

  function cpuOf(work: () => unknown): number {
    const before = process.cpuUsage().user;
    work();
    return process.cpuUsage().user - before;
  }
});
