import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { assess } from '../assess.ts';
import { factsOf } from '../facts.ts';
import { aPartition, aState, aTopic, change, withTopic } from '../testing.ts';
import { topicFindings } from './topics.ts';

const spec = aSpec({ topics: [{ name: 'events', partitions: 5 }] });
const healthy = aState({}, spec);
const single = aTopic('by-hand', { partitions: [aPartition({ replicas: [2] })] });

describe('topics', () => {
  test('a topic made by hand with one replica breaks the promise, and that is all that is said of it', () => {
    const { status, findings } = assess(spec, withTopic(healthy, single));
    expect(status).toBe('unhealthy');
    expect(findings).toMatchObject([{ code: 'topic-breaks-promise', subject: 'topic by-hand' }]);
    expect(findings[0]?.reason).toMatch(
      /^Its replication factor is 1 and its min\.insync\.replicas 3\. Tolerance 2 needs/,
    );
    expect(findings[0]?.action).toBe(
      'Reassign it to 5 replicas, name it with a tolerance of its own under otherTopics in the cluster file, or delete it if nobody needs it.',
    );
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

  test('partitions can be added, where the file allows it, and never taken away', () => {
    const actionFor = (partitions: number, allowMorePartitions = false) => {
      const topics = spec.topics.map((each) => ({ ...each, allowMorePartitions }));
      const topic = aTopic('events', {
        partitions: Array.from({ length: partitions }, (_, partition) => aPartition({ partition })),
      });
      return topicFindings({ ...spec, topics }, withTopic(healthy, topic))[0]?.action;
    };
    expect(actionFor(4)).toMatch(/^Set `allowMorePartitions: true` in the topic/);
    expect(actionFor(4, true)).toBe('Run `kafka-ha deploy`, which adds them.');
    expect(actionFor(6)).toMatch(/^Partitions cannot be removed/);
  });

  test('the topic that this project probes with is not missed', () => {
    const state = change(healthy, 'topics', (topics) =>
      topics.filter(({ name }) => name !== '__kafka_ha_probe'),
    );
    expect(topicFindings(spec, state)).toEqual([]);
  });

  describe('a topic of others that the file names', () => {
    const lenient = aSpec({
      topics: [{ name: 'events', partitions: 5 }],
      otherTopics: [
        { name: '_schemas', tolerance: 0 },
        { name: 'connect-*', tolerance: 1 },
        { name: 'connect-status', tolerance: 0 },
      ],
    });
    const codesOf = (name: string, replicas: number[], minInSync: number) => {
      const topic = aTopic(name, { partitions: [aPartition({ replicas, isr: replicas })], minInSync });
      return topicFindings(lenient, withTopic(aState({}, lenient), topic)).map(({ code, action }) => [
        code,
        action,
      ]);
    };

    test('is judged by its own tolerance, the nearest name first', () => {
      expect(codesOf('_schemas', [2], 1)).toEqual([]);
      expect(codesOf('connect-status', [2], 1)).toEqual([]);
      expect(codesOf('connect-offsets', [0, 1, 2], 2)).toEqual([]);
      expect(codesOf('connect-offsets', [2], 1)).toEqual([
        [
          'topic-breaks-promise',
          expect.stringMatching(/^Reassign it to 3 replicas, .* Set its min.insync.replicas to 2.$/),
        ],
      ]);
      expect(codesOf('_schemas', [2], 2)).toMatchObject([
        ['topic-breaks-promise', 'Set its min.insync.replicas to 1.'],
      ]);
      expect(codesOf('_schemas2', [2], 1)).toHaveLength(1);
    });

    test('leaves what the cluster may lose as it is, until it bears less than it should', () => {
      const lossesWith = (isr: number[], leader: number | null) => {
        const partitions = [aPartition({ replicas: [0, 1, 2], isr, leader })];
        const state = withTopic(aState({}, lenient), aTopic('connect-offsets', { partitions, minInSync: 2 }));
        return factsOf(lenient, state).losses.now;
      };
      expect(lossesWith([0, 1, 2], 0)).toBe(2);
      expect(lossesWith([0, 1], 0)).toBe(0);
      expect(lossesWith([], null)).toBe(0);
    });

    test('has no say in what the cluster may lose where it need bear no loss, not even while it is away', () => {
      const spec = aSpec({ otherTopics: [{ name: 'scratch', tolerance: 0 }] });
      const partitions = [aPartition({ replicas: [0], isr: [0], leader: null })];
      const state = withTopic(aState({}, spec), aTopic('scratch', { partitions, minInSync: 1 }));
      expect(factsOf(spec, state).losses.now).toBe(2);
    });

    test("Kafka's own topics keep the promise whatever the file says", () => {
      const spec = aSpec({ otherTopics: [{ name: '_*', tolerance: 0 }] });
      const offsets = aTopic('__consumer_offsets', {
        internal: true,
        partitions: [aPartition({ replicas: [2] })],
      });
      expect(topicFindings(spec, withTopic(aState({}, spec), offsets))).toMatchObject([
        {
          code: 'topic-breaks-promise',
          action: 'Reassign it to 5 replicas, or delete it if nobody needs it.',
        },
      ]);
    });
  });
});
