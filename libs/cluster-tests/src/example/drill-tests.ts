import { beforeAll, expect, test } from '@jest/globals';
import { readTopics } from '@kafka-ha/kafka';
import { openKafka, type FencedCluster } from '@kafka-ha/cluster';
import { drillTopic, pauseJvm, resumeJvm } from '@kafka-ha/drills';
import type { Victim } from '@kafka-ha/history';
import { aFollower, failedChecks, guests, objectives, oneDrill } from '../one-drill.ts';
import type { Example } from './example.ts';

const minute = 60_000;
const { signal } = new AbortController();

/** A drill that passes, and one that has to fail. */
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
      expect(outcome.phases.faultMs).toBeGreaterThan(0);
      if (outcome.victims.some((pod) => pod.includes('kafka'))) {
        expect(outcome.phases.detectedMs).toBeGreaterThan(outcome.phases.faultMs ?? NaN);
        expect(outcome.phases.inSyncMs).toBeGreaterThan(outcome.phases.detectedMs ?? NaN);
      }
    },
    4 * minute,
  );

  test(
    'the drill leaves neither load nor topic behind',
    async () => {
      await using kafka = await openKafka(cluster, signal);
      expect(await readTopics(kafka, [drillTopic])).toEqual([]);
      expect(await guests(cluster, 'Job', 'batch/v1')).toEqual([]);
      expect(await guests(cluster, 'ConfigMap', 'v1')).toEqual([]);
    },
    minute,
  );

  test(
    'where a leader may be elected that lacks records, the drill names the records that were lost',
    async () => {
      let follower: Victim | undefined;
      const outcome = await oneDrill(cluster, 'kill-broker', {
        topic: {
          replicationFactor: 2,
          config: { 'min.insync.replicas': '1', 'unclean.leader.election.enable': 'true' },
        },
        // A follower falls behind, its leader dies, and then the follower is the only one there.
        onProgress: async ({ kind }) => {
          if (kind === 'steady') {
            follower = await aFollower(cluster);
            await pauseJvm(cluster, follower, { durationMs: minute, signal });
          }
          // At once: it has to register again before its leader, which needs a few seconds to start, is back.
          if (kind === 'struck' && follower !== undefined) await resumeJvm(cluster, follower, signal);
        },
      });
      expect(outcome.verdict.result).toBe('fail');
      expect(failedChecks(outcome)).toContain('lost');
      expect(outcome.anomalies?.lost.examples[0]).toMatchObject({
        partition: expect.any(Number),
        record: expect.stringMatching(/^\d+\/\d+$/),
      });
    },
    4 * minute,
  );

  test('more brokers than the file bears to lose are not taken', async () => {
    const spec = { ...cluster.spec, tolerance: 1 };
    await expect(oneDrill({ ...cluster, spec }, 'kill-two-brokers')).rejects.toMatchObject({
      code: 'invalid-usage',
      message: expect.stringContaining('takes 2 brokers at once'),
    });
  });
}
