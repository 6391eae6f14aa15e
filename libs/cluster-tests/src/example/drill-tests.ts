import { beforeAll, expect, test } from '@jest/globals';
import { readTopics } from '@kafka-ha/kafka';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { drillTopic } from '@kafka-ha/drills';
import { expectConsumers, failedChecks, guests, objectives, oneDrill } from '../one-drill.ts';
import type { Example } from './example.ts';

const minute = 60_000;

/** A drill that passes, and one that is refused. */
export function drillTests(example: Example): void {
  let cluster: FencedCluster;

  beforeAll(() => {
    cluster = { ...example.cluster, spec: { ...example.cluster.spec, objectives } };
  });

  test(
    'two brokers killed at once: nothing is lost, duplicated or reordered, replicas agree, and users wait no longer than they are told',
    async () => {
      const outcome = await oneDrill(cluster, 'kill-two-brokers');
      expect(failedChecks(outcome)).toEqual([]);
      expect(outcome.verdict).toMatchObject({ result: 'pass', reasons: [] });
      expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
      expect(outcome.replicas?.batches).toBeGreaterThan(1_000);
      expectConsumers(outcome);
      // The group's name was chosen so that one of the victims coordinates it.
      expect(outcome.consumers?.coordinators.length).toBeGreaterThanOrEqual(2);
      expect(outcome.phases.faultMs).toBeGreaterThan(0);
      if (outcome.victims.some((pod) => pod.includes('kafka'))) {
        expect(outcome.phases.detectedMs).toBeGreaterThan(outcome.phases.faultMs ?? NaN);
        expect(outcome.phases.inSyncMs).toBeGreaterThan(outcome.phases.detectedMs ?? NaN);
      }
    },
    7 * minute,
  );

  test(
    'the drill leaves neither load nor topic behind',
    async () => {
      await using kafka = await openKafka(cluster);
      expect(await readTopics(kafka, [drillTopic])).toEqual([]);
      expect(await guests(cluster, 'Job', 'batch/v1')).toEqual([]);
      expect(await guests(cluster, 'ConfigMap', 'v1')).toEqual([]);
    },
    minute,
  );

  test('more brokers than the file bears to lose are not taken', async () => {
    const spec = { ...cluster.spec, tolerance: 1 };
    await expect(oneDrill({ ...cluster, spec }, 'kill-two-brokers')).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining('takes 2 brokers at once'),
    });
  });
}
