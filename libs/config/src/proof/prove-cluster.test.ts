import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from '../check-cluster-file.ts';

/** Paths and messages of a refusal for want of proof. */
function brokenBy(text: string): [string, string][] {
  const result = checkClusterFile(`name: events\n${text}`, { file: 'f' });
  if (result.kind !== 'refused' || result.code !== 'promise-broken') return [];
  return result.problems.map(({ path, message }) => [path, message]);
}

describe('proveCluster', () => {
  test('replication of its own is allowed where it keeps the promise', () => {
    expect(brokenBy('brokers: 7\nreplication: {factor: 7, minInSync: 3}')).toEqual([]);
    expect(brokenBy('brokers: 7\nreplication: {factor: 7, minInSync: 5}')).toEqual([]);
    expect(brokenBy('brokers: 7\nreplication: {factor: 6}')).toEqual([]);
  });

  test.each([
    [
      'replication: {factor: 3}',
      'replication.factor',
      'tolerance 2 needs replication factor 5 (2 × 2 + 1), but it is 3; allowed: 5 or more',
    ],
    [
      'replication: {minInSync: 2}',
      'replication.minInSync',
      'an acknowledged record may be on 2 brokers only, and losing 2 can lose it; allowed: min.insync.replicas 3 or more (2 + 1)',
    ],
    [
      'replication: {minInSync: 4}',
      'replication.minInSync',
      'with 2 lost, 3 of 5 replicas are left, and writes need 4 in sync; allowed: min.insync.replicas 3, or replication factor 6 or more (4 + 2)',
    ],
    [
      'replication: {factor: 7}',
      'replication.factor',
      'replication factor 7 needs 7 brokers, and there are 5; allowed: brokers 7 or more',
    ],
    [
      'zookeeper: {servers: 4}',
      'zookeeper.servers',
      'ZooKeeper needs an odd number of servers, 3 or more (2g + 1, to lose g of them), and there are 4; allowed: 3 or 5',
    ],
    [
      'placement: {brokersPerNode: 3}',
      'placement.brokersPerNode',
      'placement.brokersPerNode is 3: one lost node would take 3 brokers, but the tolerance is 2; allowed: at most 2',
    ],
  ])('%s is refused with the arithmetic', (text, path, message) => {
    expect(brokenBy(text)).toContainEqual([path, message]);
  });

  test('a topic cannot undo the promise', () => {
    const topic = (config: string) =>
      brokenBy(`topics: [{name: events, partitions: 20, config: {${config}}}]`);
    expect(topic('min.insync.replicas: 2')).toEqual([
      [
        'topics[0].config."min.insync.replicas"',
        expect.stringMatching(/^topic "events": an acknowledged record may be on 2/),
      ],
    ]);
    expect(topic('min.insync.replicas: 4')).toEqual([
      [
        'topics[0].config."min.insync.replicas"',
        expect.stringMatching(/^topic "events": with 2 lost, 3 of 5/),
      ],
    ]);
    expect(topic('unclean.leader.election.enable: true')).toHaveLength(1);
    expect(topic('min.insync.replicas: 3, unclean.leader.election.enable: false')).toEqual([]);
  });
});
