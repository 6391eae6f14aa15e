import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import {
  autosize,
  checkClusterFile,
  editClusterFile,
  parseClusterFile,
  type NearRetention,
  type Spec,
  type Usage,
} from '../index.ts';

const options = { file: 'f' };
const MIB = 2 ** 20;
const GIB = 2 ** 30;

const topic = fc.record({
  partitions: fc.integer({ min: 1, max: 60 }),
  config: fc.constantFrom<Record<string, number>[]>({}, {}, { 'retention.bytes': 200 * MIB }),
});

/** Cluster files, of which some are refused. */
const file = fc
  .record({
    tolerance: fc.integer({ min: 1, max: 2 }),
    more: fc.integer({ min: 0, max: 3 }),
    rate: fc.integer({ min: 1, max: 400 }),
    compression: fc.constantFrom(1, 2, 4),
    cpu: fc.integer({ min: 2, max: 40 }),
    memory: fc.integer({ min: 6, max: 40 }),
    size: fc.integer({ min: 5, max: 500 }),
    retention: fc.constantFrom(null, '10m', '2h', '12h'),
    throughput: fc.integer({ min: 40, max: 300 }),
    hours: fc.constantFrom(undefined, 3, 72),
    topics: fc.array(topic, { maxLength: 3 }),
  })
  .map(({ tolerance, more, hours, topics, ...drawn }) =>
    stringify({
      name: 'events',
      tolerance,
      brokers: 2 * tolerance + 1 + more,
      ingest: { rate: `${drawn.rate}MB/s`, compression: drawn.compression },
      resources: { cpu: `${drawn.cpu * 50}m`, memory: `${drawn.memory * 128}Mi` },
      storage: {
        size: `${drawn.size}Gi`,
        retention: drawn.retention,
        throughput: `${drawn.throughput}MB/s`,
      },
      ...(hours && { kafkaConfig: { 'log.retention.hours': hours } }),
      topics: topics.map((one, index) => ({ name: `t${index}`, ...one })),
    }),
  )
  .filter((text) => checkClusterFile(text, options).kind === 'ok');

const near: fc.Arbitrary<NearRetention> = fc.record({
  group: fc.constantFrom('billing', 'search'),
  topic: fc.constantFrom('t0', 't1'),
  usedShare: fc.double({ min: 0.5, max: 1.2, noNaN: true }),
  lagSeconds: fc.constantFrom(null, 600),
  reads: fc.boolean(),
  keptBy: fc.constantFrom('file', 'file', 'topic', 'time'),
});

/** Shares of what the file has: what is used is often near it. */
const load = fc.record({
  rate: fc.double({ min: 0, max: 3, noNaN: true }),
  volume: fc.double({ min: 0, max: 1, noNaN: true }),
  cpu: fc.option(fc.double({ min: 0, max: 3, noNaN: true }), { nil: undefined }),
  outside: fc.integer({ min: 100, max: 900 }),
  replicas: fc.integer({ min: 1, max: 20_000 }),
  killed: fc.boolean(),
  nearRetention: fc.array(near, { maxLength: 3 }),
  node: fc.option(fc.record({ cpu: fc.integer({ min: 1, max: 16 }), gib: fc.integer({ min: 1, max: 64 }) }), {
    nil: undefined,
  }),
});

type Load = typeof load extends fc.Arbitrary<infer T> ? T : never;

function usageOf(
  spec: Spec,
  { rate, volume, cpu, outside, replicas, killed, nearRetention, node }: Load,
): Usage {
  return {
    writtenBytesPerSecond: (rate * spec.ingest.bytesPerSecond) / spec.ingest.compression,
    usedBytes: volume * spec.storage.sizeBytes,
    ...(cpu !== undefined && { cpuCores: (cpu * spec.resources.cpuMillis) / 1000 }),
    outsideHeapBytes: outside * MIB,
    replicas,
    killedForMemory: killed ? ['events-kafka-0'] : [],
    nearRetention,
    ...(node && { largestNode: { cpuMillis: node.cpu * 1000, memoryBytes: node.gib * GIB } }),
  };
}

/** The same load on the cluster that was proposed: brokers divide it, more is kept, and nobody is killed any more. */
function afterwards(usage: Usage, before: Spec, after: Spec): Usage {
  const kept = after.sizing.retentionBytesPerPartition / before.sizing.retentionBytesPerPartition;
  return {
    ...usage,
    ...(usage.cpuCores !== undefined && { cpuCores: (usage.cpuCores * before.brokers) / after.brokers }),
    killedForMemory: [],
    nearRetention: usage.nearRetention
      .map((one) => ({ ...one, usedShare: Math.min(1, one.usedShare) / kept }))
      .filter(({ usedShare }) => usedShare >= 0.5),
  };
}

function sized(text: string, load: Load) {
  const { spec: before } = parseClusterFile(text, options);
  const usage = usageOf(before, load);
  const sizes = autosize(text, options, usage);
  const edited = editClusterFile(text, sizes.edits);
  return { before, usage, sizes, edited, after: parseClusterFile(edited, options).spec };
}

describe('autosize, whatever the file and the load', () => {
  test('the file is proven as before, and no size is smaller', () => {
    fc.assert(
      fc.property(file, load, (text, load) => {
        const { before, after } = sized(text, load);
        expect(after).toMatchObject({ tolerance: before.tolerance, replication: before.replication });
        const sizesOf = ({ brokers, ingest, resources, storage }: Spec) => [
          brokers,
          ingest.bytesPerSecond,
          resources.cpuMillis,
          resources.memoryBytes,
          storage.sizeBytes,
          storage.retentionSeconds ?? 0,
        ];
        sizesOf(before).forEach((size, index) => expect(sizesOf(after)[index]).toBeGreaterThanOrEqual(size));
      }),
    );
  });

  test('records are kept as long as before, or as the file asks', () => {
    fc.assert(
      fc.property(file, load, (text, load) => {
        const { before, after, sizes } = sized(text, load);
        const isDecided = !sizes.remarks.some((remark) => remark.startsWith('storage.size'));
        fc.pre(isDecided && before.topics.every(({ config }) => !('retention.bytes' in config)));
        const least = before.storage.retentionSeconds ?? before.sizing.retentionSeconds;
        expect(after.sizing.retentionSeconds).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  test('each value that is changed has its reason, and a second look changes none', () => {
    let changed = 0;
    fc.assert(
      fc.property(file, load, (text, load) => {
        const { before, usage, sizes, edited, after } = sized(text, load);
        // What was proposed beside it may make room for what was not.
        fc.pre(!sizes.remarks.some((remark) => /would be refused|times as (much|large)/.test(remark)));
        for (const { path } of sizes.edits)
          expect(sizes.reasons.some((reason) => reason.startsWith(`${path.join('.')} `))).toBe(true);
        expect(autosize(edited, options, afterwards(usage, before, after)).edits).toEqual([]);
        changed += sizes.edits.length;
      }),
    );
    expect(changed).toBeGreaterThan(50);
  });
});
