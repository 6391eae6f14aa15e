import { describe, expect, test } from '@jest/globals';
import { aSpec } from '@kafka-ha/config/testing';
import { FakeCluster } from '@kafka-ha/kafka/testing';
import { kafkaConfigOf } from '@kafka-ha/manifests';
import type { Kube } from '@kafka-ha/kube';
import { readDynamicChanges } from './set-dynamic-keys.ts';

const key = 'log.message.downconversion.enable';

/** A broker that has started with a value of that key, and with all else that the file says. */
async function changesFor(kafka: string): Promise<unknown[]> {
  const spec = aSpec({ mode: 'kraft', versions: { kafka, metadata: '3.9' } });
  const cluster = new FakeCluster([0]);
  cluster.answerConfigs(() =>
    Object.entries({ ...kafkaConfigOf(spec).dynamic, [key]: 'false' }).map(([name, value]) => ({
      ...{ name, value, source: 4 },
      synonyms: [{ name, value: name === key ? 'true' : value, source: 5 }],
    })),
  );
  await using connection = cluster.connect();
  return await readDynamicChanges(
    { kube: {} as Kube, spec, signal: new AbortController().signal },
    connection,
    { [key]: 'false' },
  );
}

describe('setDynamicKeys', () => {
  test('a key that the file no longer has goes back to what is built in', async () => {
    expect(await changesFor('3.9.2')).toEqual([{ entity: 'all', key, from: 'false', to: 'true' }]);
  });

  test('one that the new version no longer has is left alone: it would find it set, and does without it anyway', async () => {
    expect(await changesFor('4.4.0')).toEqual([]);
  });
});
