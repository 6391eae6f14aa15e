import { describe, expect, test } from '@jest/globals';
import { autosize, editClusterFile, parseClusterFile, type NearRetention, type Usage } from '../index.ts';

const text = 'name: events # ours\ningest: { rate: 100MB/s, compression: 4 }\nstorage: { size: 50Gi }\n';
const options = { file: 'f' };
const { spec } = parseClusterFile(text, options);
const calm: Usage = {
  writtenBytesPerSecond: 10e6,
  usedBytes: 20 * 2 ** 30,
  killedForMemory: [],
  nearRetention: [],
};
const near: NearRetention = {
  group: 'billing',
  topic: 'orders',
  usedShare: 0.5,
  lagSeconds: 1800,
  reads: true,
  keptBy: 'file',
};

describe('autosize', () => {
  test('a file that fits stays as it is', () => {
    expect(autosize(text, options, calm)).toEqual({ edits: [], reasons: [], remarks: [] });
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
    const usedBytes = 1.11 * 0.85 * 50 * 2 ** 30;
    const { edits, reasons } = autosize(text, options, { ...calm, usedBytes });
    expect(edits).toEqual([{ path: ['storage', 'size'], value: '56Gi' }]);
    expect(reasons).toEqual([
      'storage.size 50Gi → 56Gi: the fullest volume holds 47.2Gi, but should hold at most 42.5Gi',
    ]);
  });

  test('brokers are added where their volumes could not write the new rate', () => {
    const slow = text.replace('50Gi', '50Gi, throughput: 40MB/s');
    const { edits, reasons } = autosize(slow, options, { ...calm, writtenBytesPerSecond: 24e6 });
    expect(edits.slice(0, 2)).toEqual([
      { path: ['ingest', 'rate'], value: '160MB/s' },
      { path: ['brokers'], value: 7 },
    ]);
    expect(reasons[1]).toBe(
      'brokers 5 → 7: at that rate each would write 40MB/s, more than 80 % of storage.throughput; they need 2 more nodes. `kafka-ha scale` adds them',
    );
  });

  test('a busiest broker that uses more than four fifths of its CPU gets one of which it uses three fifths', () => {
    expect(autosize(text, options, { ...calm, cpuCores: 0.79 }).edits).toEqual([]);
    const { edits, reasons } = autosize(text, options, { ...calm, cpuCores: 0.9 });
    expect(edits).toEqual([{ path: ['resources', 'cpu'], value: '1500m' }]);
    expect(reasons).toEqual(['resources.cpu 1 → 1500m: the busiest broker uses 900m, more than 80 % of it']);
  });

  test('where no node gives a broker so much CPU, there are more brokers', () => {
    const largestNode = { cpuMillis: 1400, memoryBytes: 2 ** 34 };
    const { edits, reasons } = autosize(text, options, { ...calm, cpuCores: 0.9, largestNode });
    expect(edits).toEqual([{ path: ['brokers'], value: 8 }]);
    expect(reasons[0]).toMatch(
      /^brokers 5 → 8: the busiest broker uses 900m, more than 80 % of its request of 1, and no node gives a broker 1500m; they need 3/,
    );
  });

  test('a volume that follows from a retention stays as large where more brokers would do with less', () => {
    const wish = text.replace('size: 50Gi', 'retention: 2h');
    const { sizeBytes } = parseClusterFile(wish, options).spec.storage;
    const largestNode = { cpuMillis: 1400, memoryBytes: 2 ** 34 };
    const { edits } = autosize(wish, options, { ...calm, cpuCores: 0.9, largestNode });
    expect(edits[0]).toEqual({ path: ['brokers'], value: 8 });
    const { storage } = parseClusterFile(editClusterFile(wish, edits), options).spec;
    expect(storage.sizeBytes).toBe(sizeBytes);
  });

  test('a raised rate takes CPU by the CPU-seconds per GB of the sizing, before it is there', () => {
    const fast = text.replace('compression: 4', 'compression: 1').replace('50Gi', '50Gi, throughput: 1GB/s');
    const small = `${fast}resources: { cpu: 400m }\n`;
    const { edits, reasons } = autosize(small, options, { ...calm, writtenBytesPerSecond: 90e6 });
    expect(edits).toContainEqual({ path: ['resources', 'cpu'], value: '750m' });
    expect(reasons).toContain(
      'resources.cpu 400m → 750m: at that rate a broker uses about 600m, by 20 CPU-seconds per GB at five replicas',
    );
  });

  test('memory grows where a broker was killed, its page cache is squeezed, or its heap is too small for its replicas', () => {
    const memory = (usage: Partial<Usage>) => autosize(text, options, { ...calm, ...usage });
    expect(memory({ replicas: 6000, outsideHeapBytes: 500 * 2 ** 20 }).edits).toEqual([]);
    const killed = memory({ killedForMemory: ['events-kafka-2'] });
    expect(killed.edits).toEqual([{ path: ['resources', 'memory'], value: '1536Mi' }]);
    expect(killed.reasons).toEqual([
      'resources.memory 1Gi → 1536Mi: the kernel has killed events-kafka-2 for memory',
    ]);
    const squeezed = memory({ outsideHeapBytes: 560 * 2 ** 20 });
    expect(squeezed.edits).toEqual([{ path: ['resources', 'memory'], value: '1152Mi' }]);
    expect(squeezed.reasons[0]).toMatch(
      /: a broker's JVM holds 560Mi outside a heap of 384Mi, which leaves less than 128Mi for the page cache$/,
    );
    const replicas = memory({ replicas: 10_000 });
    expect(replicas.edits).toEqual([{ path: ['resources', 'memory'], value: '1664Mi' }]);
    expect(replicas.reasons[0]).toMatch(/: a broker holds 10,000 replicas, which at about 30Ki each /);
  });

  test('memory that no node has is a remark', () => {
    const largestNode = { cpuMillis: 4000, memoryBytes: 1.4 * 2 ** 30 };
    const sizes = autosize(text, options, { ...calm, killedForMemory: ['events-kafka-2'], largestNode });
    expect(sizes.edits).toEqual([]);
    expect(sizes.remarks[0]).toMatch(/but no node gives a broker 1536Mi: larger nodes, or more brokers$/);
  });

  test('a group that reads half of what is kept behind gets a retention of which that is a third', () => {
    const { edits, reasons } = autosize(text, options, { ...calm, nearRetention: [near] });
    expect(edits).toEqual([{ path: ['storage', 'size'], value: '74Gi' }]);
    expect(reasons).toEqual([
      'storage.size 50Gi → 74Gi: group billing (its next record is 30m old) has yet to read 50 % of what is kept of topic orders; then a third at most',
    ]);
  });

  test('it is said in the words of the file where that says how long records are kept', () => {
    const wish = text.replace('size: 50Gi', 'size: 20Gi, retention: 30m');
    const { edits, reasons } = autosize(wish, options, { ...calm, nearRetention: [near] });
    expect(edits).toEqual([{ path: ['storage', 'retention'], value: '46m' }]);
    expect(reasons[0]).toMatch(/^storage.retention 30m → 46m: group billing /);
  });

  test('a retention that the file would be refused with is a remark', () => {
    const limited = `${text.replace('size: 50Gi', 'retention: 45m')}kafkaConfig: { log.retention.minutes: 50 }\n`;
    const { edits, remarks } = autosize(limited, options, { ...calm, nearRetention: [near] });
    expect(edits).toEqual([]);
    expect(remarks[0]).toMatch(/^storage.retention .*But the file would be refused: .*log.retention.minutes/);
  });

  test('no size is the answer to a group that stands still, nor to a topic that has its own retention', () => {
    const others = [
      { ...near, reads: false },
      { ...near, keptBy: 'topic' as const },
      { ...near, keptBy: 'time' as const },
    ];
    const { edits, remarks } = autosize(text, options, { ...calm, nearRetention: others });
    expect(edits).toEqual([]);
    expect(remarks.map((remark) => remark.split('orders')[1])).toEqual([
      ', and has read nothing meanwhile: no size helps it',
      ", which has a retention.bytes of its own, smaller than the file's: raise that",
      ', which is kept for a time: raise retention.ms of the topic, or log.retention in kafkaConfig',
    ]);
  });

  test('no volume is proposed smaller, where every topic has a retention of its own', () => {
    const own = `${text}topics: [{ name: orders, partitions: 1, config: { retention.bytes: 209715200 } }]\n`;
    expect(autosize(own, options, { ...calm, usedBytes: 0, nearRetention: [near] }).edits).toEqual([]);
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
