import { describe, expect, test } from '@jest/globals';
import { describeClientQuotasApi, ERROR } from '@kafka-ha/kafka-protocol';
import { readQuotas } from './index.ts';
import { FakeCluster } from './testing/fake-cluster.ts';

describe('readQuotas', () => {
  test('each is told with whom it is for, in the word of the broker that is asked', async () => {
    const cluster = new FakeCluster([0, 1]);
    const quota = { values: [{ key: 'producer_byte_rate', value: 1048576 }] };
    cluster.answer(describeClientQuotasApi, () => ({
      throttleTimeMs: 0,
      errorCode: ERROR.none,
      errorMessage: null,
      entries: [
        {
          entity: [
            { entityType: 'client-id', entityName: null },
            { entityType: 'user', entityName: 'alice' },
          ],
          ...quota,
        },
        {
          entity: [{ entityType: 'ip', entityName: '10.0.0.1' }],
          values: [{ key: 'connection_creation_rate', value: 2.5 }],
        },
      ],
    }));
    await using kafka = cluster.connect();
    expect(await readQuotas(kafka, 1)).toEqual([
      {
        entity: [
          ['client-id', '<default>'],
          ['user', 'alice'],
        ],
        limits: { producer_byte_rate: '1048576' },
      },
      { entity: [['ip', '10.0.0.1']], limits: { connection_creation_rate: '2.5' } },
    ]);
    expect(cluster.asked.map(({ brokerId }) => brokerId)).toEqual([1]);
  });

  test('a refusal is said', async () => {
    const cluster = new FakeCluster([0]);
    cluster.answer(describeClientQuotasApi, () => ({
      throttleTimeMs: 0,
      errorCode: 31,
      errorMessage: 'not you',
      entries: null,
    }));
    await using kafka = cluster.connect();
    await expect(readQuotas(kafka, 0)).rejects.toMatchObject({ code: 'kafka-refused' });
  });
});
