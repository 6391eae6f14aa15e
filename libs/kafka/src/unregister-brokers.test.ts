import { describe, expect, test } from '@jest/globals';
import { ERROR, unregisterBrokerApi } from '@kafka-ha/kafka-protocol';
import { unregisterBrokers } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('unregisterBrokers', () => {
  test('each broker is unregistered, and one that is unknown counts as gone', async () => {
    const { cluster, known } = aClusterThatKnows(3, 5);
    await using kafka = cluster.connect();
    await unregisterBrokers(kafka, [3, 4, 5]);
    expect(known).toEqual(new Set());
    expect(cluster.requestsOf(unregisterBrokerApi)).toEqual([
      { brokerId: 3 },
      { brokerId: 4 },
      { brokerId: 5 },
    ]);
  });

  test('a refusal names the broker and the reason', async () => {
    const { cluster } = aClusterThatKnows();
    cluster.answer(unregisterBrokerApi, () => ({
      throttleTimeMs: 0,
      errorCode: 31,
      errorMessage: 'not you',
    }));
    await using kafka = cluster.connect();
    await expect(unregisterBrokers(kafka, [3])).rejects.toMatchObject({
      code: 'kafka-refused',
      message: 'broker 3 was not unregistered: CLUSTER_AUTHORIZATION_FAILED (not you)',
    });
  });

  function aClusterThatKnows(...ids: number[]) {
    const cluster = new FakeCluster([0]);
    const known = new Set(ids);
    cluster.answer(unregisterBrokerApi, ({ brokerId }) => ({
      throttleTimeMs: 0,
      errorCode: known.delete(brokerId) ? ERROR.none : ERROR.brokerIdNotRegistered,
      errorMessage: null,
    }));
    return { cluster, known };
  }
});
