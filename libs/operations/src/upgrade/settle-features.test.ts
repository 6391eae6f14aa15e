import { describe, expect, test } from '@jest/globals';
import { aTopic, FakeCluster } from '@kafka-ha/kafka/testing';
import {
  describeFencedBrokersApi,
  listPartitionReassignmentsApi,
  unregisterBrokerApi,
  updateFeaturesApi,
} from '@kafka-ha/kafka-protocol';
import { featureChanges } from '@kafka-ha/planning';
import { updateFeatures } from './settle-features.ts';
import { fakeClock } from '@kafka-ha/base/testing';

const { signal } = new AbortController();
const old = { 'metadata.version': 21 };

/** Three brokers of five that are registered: Kafka raises nothing while one of `unsupporting` is. */
function aCluster({ unsupporting = [] as number[], fenced = [] as number[] } = {}) {
  const cluster = new FakeCluster([0, 1, 2]);
  const levels: Record<string, number> = { ...old };
  const registered = new Set([0, 1, 2, ...fenced]);
  const node = (nodeId: number) => ({
    nodeId,
    host: 'a',
    port: 1,
    rack: null,
    isFenced: fenced.includes(nodeId),
  });
  cluster.answer(describeFencedBrokersApi, () => ({
    ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, endpointType: 1, clusterId: 'a' },
    ...{ controllerId: 0, nodes: [...registered].map(node), clusterAuthorizedOperations: 0 },
  }));
  cluster.answer(listPartitionReassignmentsApi, () => ({
    ...{ throttleTimeMs: 0, errorCode: 0, errorMessage: null, topics: [] },
  }));
  cluster.answer(unregisterBrokerApi, ({ brokerId }) => {
    registered.delete(brokerId);
    return { throttleTimeMs: 0, errorCode: 0, errorMessage: null };
  });
  cluster.answer(updateFeaturesApi, ({ features, validateOnly }) => {
    const blocking = unsupporting.find((id) => registered.has(id));
    if (blocking !== undefined)
      return {
        ...{ throttleTimeMs: 0, errorCode: 95, results: [] },
        errorMessage: `Broker ${blocking} does not support this feature.`,
      };
    if (!validateOnly) for (const { name, maxVersionLevel } of features) levels[name] = maxVersionLevel;
    return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, results: [] };
  });
  return { cluster, levels, registered };
}

async function raise({ cluster, levels }: ReturnType<typeof aCluster>, lag = 0) {
  await using kafka = cluster.connect();
  const told: string[] = [];
  let readings = 0;
  const read = async () => (readings++ < lag ? old : { ...levels });
  const context = { brokers: 3, read, clock: fakeClock(), signal };
  const updating = updateFeatures(kafka, featureChanges(levels, '4.4'), context);
  for (;;) {
    const { done, value } = await updating.next();
    if (done) return { told, summary: value };
    told.push(value);
  }
}

const changed = (cluster: FakeCluster) =>
  cluster
    .requestsOf(updateFeaturesApi)
    .flatMap(({ validateOnly, features }) =>
      validateOnly ? [] : features.map(({ name, maxVersionLevel }) => `${name} ${maxVersionLevel}`),
    );

describe('settleFeatures', () => {
  test('features are raised one by one, each once the controllers have the one before', async () => {
    const there = aCluster();
    const { told, summary } = await raise(there, 3);
    expect(told).toEqual([
      'metadata.version 3.9-IV0 → 4.4-IV2',
      'transaction.version 0 → 2',
      'group.version 0 → 1',
    ]);
    expect(summary).toBe(told.join(', '));
    expect(changed(there.cluster)).toEqual([
      'metadata.version 33',
      'transaction.version 2',
      'group.version 1',
    ]);
  });

  test('a broker that is gone for good is unregistered first', async () => {
    const there = aCluster({ unsupporting: [5], fenced: [5] });
    const { told } = await raise(there);
    expect(told[0]).toBe('unregistering broker 5, which the file no longer has');
    expect(there.registered).toEqual(new Set([0, 1, 2]));
    expect(changed(there.cluster)).toHaveLength(3);
  });

  test('one that still holds something is left registered', async () => {
    const there = aCluster({ unsupporting: [5], fenced: [5] });
    there.cluster.topics = [aTopic('orders', [5, 0, 1])];
    await expect(raise(there)).rejects.toMatchObject({
      message: expect.stringContaining('Broker 5 does not support this feature.'),
    });
    expect(there.registered).toContain(5);
  });

  test('one that runs, or that the file has, is left registered, and Kafka says whom it waits for', async () => {
    const there = aCluster({ unsupporting: [1], fenced: [1] });
    await expect(raise(there)).rejects.toMatchObject({
      code: 'kafka-refused',
      message: expect.stringMatching(
        /^Kafka does not take metadata.version .*: Broker 1 does not support this feature\.$/,
      ),
      hint: expect.stringContaining('kafka-cluster.sh unregister --id N'),
    });
    expect(there.registered).toContain(1);
    expect(changed(there.cluster)).toEqual([]);
  });

  test('what the controllers do not confirm is not taken for done', async () => {
    const there = aCluster();
    await expect(raise(there, Infinity)).rejects.toMatchObject({
      code: 'deadline-exceeded',
      message: 'Waited 30 s for the controllers to have metadata.version 4.4-IV2.',
    });
    expect(changed(there.cluster)).toEqual(['metadata.version 33']);
  });
});
