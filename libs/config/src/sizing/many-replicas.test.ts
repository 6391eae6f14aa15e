import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '../check-cluster-file.ts';

describe('manyReplicas', () => {
  test('10,000 partitions on brokers of 1 GiB are warned of, with the arithmetic', () => {
    const [heap, maps] = warningsOf({ partitions: 10_000, size: '200Gi' });
    expect(heap).toBe(
      'each broker holds 10,000 replicas, which take about 30Ki of heap each: 293Mi, and half of the heap of 384Mi that 1Gi of memory give is 192Mi; at most 6,553 replicas, or more memory',
    );
    expect(maps).toMatch(
      /^each broker holds 10,000 replicas in up to 90,000 segments, with 2 maps each: 180,000 \(20,000 for those being written\), and a process may have 65,530 unless/,
    );
  });

  test('what fits is not warned of, and the most that is named fits', () => {
    expect(warningsOf({ partitions: 20, size: '50Gi' })).toEqual([]);
    expect(warningsOf({ partitions: 1_000, size: '200Gi' })).toEqual([]);
    expect(warningsOf({ partitions: 10_000, size: '200Gi', memory: '4Gi' }).join()).not.toMatch(
      /of heap each/,
    );
    expect(warningsOf({ partitions: 6_553, size: '200Gi' }).join()).not.toMatch(/of heap each/);
  });

  function warningsOf({
    partitions,
    size,
    memory = '1Gi',
  }: {
    partitions: number;
    size: string;
    memory?: string;
  }) {
    const text = `name: orders
storage: { size: ${size} }
resources: { memory: ${memory} }
topics: [{ name: orders, partitions: ${partitions} }]
`;
    const checked = checkClusterFile(text, { file: 'cluster.yaml' });
    if (checked.kind === 'refused') throw new Error(JSON.stringify(checked.problems));
    return checked.warnings
      .map(({ message }) => message)
      .filter((message) => message.startsWith('each broker holds'));
  }
});
