import { expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess } from '../assess.ts';
import { aPartition, aState, aTopic, change, withTopic } from '../testing.ts';
import { topicFindings } from './topics.ts';

const spec = aSpec({ topics: [{ name: 'events', partitions: 5 }] });
const healthy = aState({}, spec);
const single = aTopic('by-hand', { partitions: [aPartition({ replicas: [2] })] });

test('a topic made by hand with one replica breaks the promise, and that is all that is said of it', () => {
  const { status, findings } = assess(spec, withTopic(healthy, single));
  expect(status).toBe('unhealthy');
  expect(findings).toMatchObject([{ code: 'topic-breaks-promise', subject: 'topic by-hand' }]);
  expect(findings[0]?.reason).toMatch(
    /^Its replication factor is 1 and its min\.insync\.replicas 3\. Tolerance 2 needs/,
  );
  expect(findings[0]?.action).toBe('Reassign it to 5 replicas, or delete it if nobody needs it.');
});

test('the weakest partition decides, and is named', () => {
  const partitions = [aPartition(), aPartition({ partition: 1, replicas: [1, 2, 3, 4] })];
  expect(topicFindings(spec, withTopic(healthy, aTopic('mixed', { partitions })))).toMatchObject([
    { code: 'topic-breaks-promise', subject: 'topic mixed, partition 1' },
  ]);
});

test('min.insync.replicas is put right by itself', () => {
  const state = withTopic(healthy, aTopic('loose', { minInSync: 2 }));
  expect(topicFindings(spec, state)[0]?.action).toBe('Set its min.insync.replicas to 3.');
});

test('more replicas than needed keep the promise, with the min.insync.replicas that go with them', () => {
  const wide = aTopic('wide', {
    partitions: [aPartition({ replicas: [0, 1, 2, 3, 4, 5, 6] })],
    minInSync: 4,
  });
  expect(topicFindings(spec, withTopic(healthy, wide))).toEqual([]);
});

test('the promise is the one of the cluster file', () => {
  const modest = aSpec({ brokers: 3, tolerance: 1 });
  const topic = aTopic('three', { partitions: [aPartition({ replicas: [0, 1, 2] })], minInSync: 2 });
  expect(topicFindings(modest, withTopic(aState({}, modest), topic))).toEqual([]);
  expect(topicFindings(spec, withTopic(healthy, topic))).toMatchObject([{ code: 'topic-breaks-promise' }]);
});

test('partitions can be added and never taken away', () => {
  const actionFor = (partitions: number) => {
    const topic = aTopic('events', {
      partitions: Array.from({ length: partitions }, (_, partition) => aPartition({ partition })),
    });
    return topicFindings(spec, withTopic(healthy, topic))[0]?.action;
  };
  expect(actionFor(4)).toBe('Run `kafka-ha deploy`, which adds them.');
  expect(actionFor(6)).toMatch(/^Partitions cannot be taken away/);
});

test('the topic that this project probes with is not missed', () => {
  const state = change(healthy, 'topics', (topics) =>
    topics.filter(({ name }) => name !== '__kafka_ha_probe'),
  );
  expect(topicFindings(spec, state)).toEqual([]);
});
