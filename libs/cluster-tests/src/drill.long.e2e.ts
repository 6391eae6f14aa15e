import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deleteObject } from '@kafka-ha/kube';
import { nodeFaults } from '@kafka-ha/local-cluster';
import {
  drain,
  exampleSpec,
  freshNamespace,
  localClusterOf,
  realCluster,
  removeNamespace,
} from '@kafka-ha/testing';
import type { FencedCluster } from '@kafka-ha/cluster';
import { deploy } from '@kafka-ha/operations';
import { pauseJvm, resumeJvm } from '@kafka-ha/drills';
import type { Victim } from '@kafka-ha/history';
import { aFollower, expectConsumers, failedChecks, guests, objectives, oneDrill } from './one-drill.ts';

const minute = 60_000;
const namespace = freshNamespace('drill');
const real = realCluster();
const { signal } = new AbortController();
let cluster: FencedCluster;

describe('drill', () => {
  beforeAll(async () => {
    cluster = { kube: real.kube, spec: { ...(await exampleSpec(namespace)), objectives }, signal };
    await drain(deploy(cluster, { actor: { holder: 'test' } }));
  }, 5 * minute);

  afterAll(() => removeNamespace(real, namespace), 3 * minute);

  test(
    'a topic with three replicas does not keep its promise when two brokers go, and the drill says for which partitions',
    async () => {
      const limitMs = 8_000; // what a broker takes to come back is longer
      const impatient = { ...objectives, interruptionMs: limitMs };
      const impatientCluster = { ...cluster, spec: { ...cluster.spec, objectives: impatient } };
      const outcome = await oneDrill(impatientCluster, 'kill-two-brokers', {
        topic: { replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
      });
      expect(outcome.verdict.result).toBe('fail');
      expect(failedChecks(outcome)).toContain('interruption');
      const perPartition = outcome.interruptions?.writing.perPartition ?? [];
      const unavailable = perPartition.filter(({ ms }) => ms > limitMs);
      // Of 20 partitions on three of five brokers each, a few have both victims among their three.
      expect(unavailable.length).toBeGreaterThanOrEqual(2);
      expect(unavailable.length).toBeLessThan(perPartition.length);
      expect(failedChecks(outcome)).not.toContain('lost');
    },
    4 * minute,
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
            await pauseJvm(cluster, follower, { durationMs: minute });
          }
          // At once: it has to register again before its leader, which needs a few seconds to start, is back.
          if (kind === 'struck' && follower !== undefined) await resumeJvm(cluster, follower);
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

  test.each(['kafkajs', 'java'] as const)(
    'nothing is lost, and nobody waits longer than is promised, with the client of applications: %s',
    async (client) => {
      const outcome = await oneDrill(cluster, 'kill-broker', { client });
      expect(failedChecks(outcome)).toEqual([]);
      expect(outcome.verdict).toMatchObject({ result: 'pass', reasons: [] });
      expect(outcome.cluster.versions.client).toMatch(
        { kafkajs: /^kafkajs /, java: /^kafka-clients / }[client],
      );
      expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
      expectConsumers(outcome);
    },
    4 * minute,
  );

  test(
    'a drill whose load is killed has no verdict',
    async () => {
      const outcome = await oneDrill(cluster, 'kill-zookeeper-leader', {
        onProgress: async ({ kind }) => {
          if (kind !== 'struck') return;
          for (const pod of await guests(cluster, 'Pod', 'v1'))
            await deleteObject(
              real.kube,
              { apiVersion: 'v1', kind: 'Pod', namespace, name: pod },
              { gracePeriodSeconds: 0 },
            );
        },
      });
      expect(outcome.verdict.result).toBe('no-verdict');
      expect(outcome.verdict.reasons.join('; ')).toMatch(/did not finish/);
    },
    4 * minute,
  );

  test(
    'an API server that is away for a while makes no verdict wrong',
    async () => {
      const { stallApiServer } = await nodeFaults(await localClusterOf(real), { signal });
      const outcome = await oneDrill(cluster, 'kill-broker', {
        onProgress: async ({ kind }) => {
          if (kind === 'struck') await stallApiServer(20_000);
        },
      });
      expect(['pass', 'no-verdict']).toContain(outcome.verdict.result);
      expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
      expect(failedChecks(outcome)).toEqual([]);
    },
    4 * minute,
  );
});
