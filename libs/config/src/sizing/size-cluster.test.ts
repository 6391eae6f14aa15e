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
    [
      "storage: {retention: 2h}\ntopics: [{name: a, partitions: 1, config: {retention.bytes: '1000000'}}]",
      'storage.retention: storage.retention is 2h, but every topic has a retention.bytes of its own; allowed: a shorter one, or null',
    ],
    [
      'storage: {retention: 9000h}\nkafkaConfig: {log.retention.ms: -1}',
      'storage.retention: storage.retention is 9000h, but no volume up to 64Ti keeps that; allowed: a shorter one, or null',
    ],
    [
      'storage: {size: 1Gi, retention: 72h, throughput: 1GB/s}\ningest: {rate: 250MB/s, compression: 1}',
      'storage.retention: storage.retention is 72h, but no volume up to 64Ti keeps that; allowed: a shorter one, or null',
    ],
    [
      'storage: {retention: 200h}',
      'storage.retention: storage.retention is 200h, but log.retention.hours, which is 168 by default, has records deleted after 168h; allowed: a shorter retention, or a longer time in kafkaConfig',
    ],
    [
      'storage: {retention: 2h}\nkafkaConfig: {log.retention.minutes: 90, log.retention.hours: 900}',
      'storage.retention: storage.retention is 2h, but kafkaConfig.log.retention.minutes has records deleted after 90m; allowed: a shorter retention, or a longer time in kafkaConfig',
    ],
    [
      'storage: {retention: 10s}',
      'storage.retention: storage.retention is "10s"; allowed: a duration of at least 1m, e.g. 12h, or null',
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
