import { describe, expect, test } from '@jest/globals';
import { metadataApi } from '@kafka-ha/kafka-protocol';
import { leaderEpochs, newestTopics, outdatedPoints, readViews } from './index.ts';
import { aTopic, FakeCluster, type FakeTopic } from './testing/fake-cluster.ts';

describe('broker views', () => {
  test('every broker is asked, and one that is away is said to be with its reason', async () => {
    const cluster = new FakeCluster([0, 1, 2]);
    cluster.topics = [aTopic('orders', [0, 1])];
    cluster.down.add(1);
    await using kafka = cluster.connect();
    expect(await readViews(kafka, [0, 1, 2])).toMatchObject([
      { brokerId: 0, metadata: { topics: cluster.topics } },
      { brokerId: 1, reason: 'kafka-1:9092: connect ECONNREFUSED' },
      { brokerId: 2, metadata: { topics: cluster.topics } },
    ]);
  });

  test('partitions of which brokers say the same are kept once, others as each broker has them', async () => {
    const cluster = new FakeCluster([0, 1]);
    cluster.topics = [aTopic('orders', [0, 1], [1, 0])];
    cluster.answer(metadataApi, (_request, id) => {
      const [topic] = cluster.topics;
      const partitions = topic!.partitions.map((each) => (id === each.index ? each : { ...each, isr: [0] }));
      return {
        ...answer(id).metadata,
        topics: [{ ...topic!, partitions: [topic!.partitions[0]!, partitions[1]!] }],
      };
    });
    await using kafka = cluster.connect();
    const [first, second] = (await readViews(kafka, [0, 1])).map((view) =>
      'metadata' in view ? view.metadata.topics[0]!.partitions : [],
    );
    expect(second?.[0]).toBe(first?.[0]);
    expect([first, second].map((partitions) => partitions?.[1]?.isr)).toEqual([[0], [1, 0]]);
  });

  test('of each partition the newest leader epoch counts, whoever tells it', () => {
    const topics = newestTopics(
      [
        answer(0, led('orders', { 0: [5, [0, 1]], 1: [7, [1]] })),
        answer(1, led('orders', { 0: [6, [1]], 1: [6, [0, 1]] })),
      ],
      0,
    );
    expect(topics[0]?.partitions.map(({ isr }) => isr)).toEqual([[1], [1]]);
  });

  test('of one epoch the controller counts, and where it is silent the worst', () => {
    const answers = [answer(0, led('orders', { 0: [5, [0, 1]] })), answer(1, led('orders', { 0: [5, [0]] }))];
    expect(newestTopics(answers, 0)[0]?.partitions[0]?.isr).toEqual([0, 1]);
    expect(newestTopics(answers, null)[0]?.partitions[0]?.isr).toEqual([0]);
  });

  test('a topic that the controller has no more is not there, and one that it alone knows is', () => {
    const answers = [answer(0, led('made', { 0: [0, [0]] })), answer(1, led('gone', { 0: [3, [0]] }))];
    expect(newestTopics(answers, 0).map(({ name }) => name)).toEqual(['made']);
    expect(
      newestTopics(answers, null)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['gone', 'made']);
  });

  test('an answer from old memory is found out by controller, registrations and leaders', () => {
    const epochs = leaderEpochs([led('orders', { 0: [6, [1]] })]);
    const truth = { epochs, controllerId: 1, brokerIds: [1, 2] };
    const { metadata } = answer(0, led('orders', { 0: [5, [0, 1]] }));
    expect(outdatedPoints({ ...metadata, controllerId: 0 }, truth)).toEqual([
      'names broker 0 as controller where it is broker 1',
      'knows brokers 0, 1, 2 as registered where 1, 2 are',
      'has older leaders of 1 partition',
    ]);
    const upToDate = { ...truth, epochs: leaderEpochs([]), controllerId: 0, brokerIds: [2, 1, 0] };
    expect(outdatedPoints({ ...metadata, controllerId: 0 }, upToDate)).toEqual([]);
  });

  function answer(brokerId: number, ...topics: FakeTopic[]) {
    const brokers = [0, 1, 2].map((nodeId) => ({ nodeId, host: `kafka-${nodeId}`, port: 9092, rack: null }));
    return { brokerId, metadata: { throttleTimeMs: 0, brokers, clusterId: null, controllerId: 0, topics } };
  }

  function led(name: string, partitions: Record<number, [leaderEpoch: number, isr: number[]]>): FakeTopic {
    const topic = aTopic(name, ...Object.keys(partitions).map(() => [0, 1]));
    return {
      ...topic,
      partitions: topic.partitions.map((partition, index) => {
        const [leaderEpoch, isr] = partitions[index]!;
        return { ...partition, leaderEpoch, isr };
      }),
    };
  }
});
