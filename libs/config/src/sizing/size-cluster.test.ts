import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '../check-cluster-file.ts';
import { aSpec } from '../testing.ts';

function refusal(text: string): string[] {
  const result = checkClusterFile(`name: events\n${text}`, { file: 'f' });
  return result.kind === 'refused' ? result.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

describe('sizeCluster', () => {
  test.each([
    [
      'storage: {size: 2Gi}',
      'storage.size: storage.size is 2Gi, too small for 60 s of retention: each broker writes 25MB/s; allowed: at least 3Gi',
    ],
    [
      'resources: {memory: 512Mi}',
      "resources.memory: resources.memory is 512Mi, too small for a broker's heap and the memory that the JVM needs outside it; allowed: at least 688Mi",
    ],
    [
      'zookeeper: {resources: {memory: 128Mi}}',
      'zookeeper.resources.memory: zookeeper.resources.memory is 128Mi, too small for its heap; allowed: at least 256Mi',
    ],
    [
      'storage: {throughput: 20MB/s}',
      'storage.throughput: storage.throughput is 20MB/s, but each broker writes 25MB/s: it would never catch up after a restart; allowed: more than that',
    ],
  ])('%s is refused with the numbers and with what would do', (text, message) => {
    expect(refusal(text)).toEqual([message]);
  });

  test('what is said to do does', () => {
    expect(refusal('storage: {size: 3Gi}')).toEqual([]);
    expect(refusal('resources: {memory: 688Mi}')).toEqual([]);
  });

  test('threads follow the CPU, unless the file sets them', () => {
    expect(aSpec().sizing.threads).toEqual({ network: 2, io: 4, replicaFetchers: 1, recoveryPerDataDir: 2 });
    expect(aSpec({ resources: { cpu: 4 } }).sizing.threads).toEqual({
      network: 5,
      io: 10,
      replicaFetchers: 4,
      recoveryPerDataDir: 8,
    });
    expect(aSpec({ kafkaConfig: { 'num.io.threads': 8 } }).sizing.threads.io).toBe(8);
  });
});
