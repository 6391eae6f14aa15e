import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits } from '@kafka-ha/config';
import type { FaultName } from '@kafka-ha/drills';
import type { ClientName } from '@kafka-ha/history';
import { deploy } from '@kafka-ha/operations';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { deployerOf } from './example/example.ts';
import { expectConsumers, failedChecks, objectives, oneDrill } from './one-drill.ts';

const minute = 60_000;
const { signal } = new AbortController();
export const actor = { holder: 'test' };

/** A cluster of three brokers and three controllers, for the tests of a file. */
export function kraftUnderTest() {
  const namespace = freshNamespace('kraft');
  const real = realCluster();

  /** The smallest cluster: what is asked of the controllers is the same whatever the number of brokers. */
  const clusterOf = async (brokers: number): Promise<FencedCluster> => {
    const edits = brokerEdits({ brokers, tolerance: 1 });
    const spec = await exampleSpec(namespace, edits, 'cluster.kraft.yaml');
    return { kube: real.kube, spec: { ...spec, objectives }, signal };
  };

  beforeAll(async () => {
    const cluster = await clusterOf(3);
    // The generated Role alone is enough, in a namespace that enforces restricted pods.
    const kube = await deployerOf(real, cluster.spec);
    await drain(deploy({ ...cluster, kube }, { actor }));
  }, 5 * minute);

  afterAll(() => removeNamespace(real, namespace), 3 * minute);

  return {
    clusterOf,
    /** Nothing is lost, and nobody waits longer than is promised. */
    expectToPass: async (fault: FaultName, client: ClientName = 'own'): Promise<void> => {
      const outcome = await oneDrill(await clusterOf(3), fault, { client });
      expect(failedChecks(outcome)).toEqual([]);
      expect(outcome.verdict).toMatchObject({ result: 'pass', reasons: [] });
      expect(outcome.counts?.acknowledged).toBeGreaterThan(2_000);
      expectConsumers(outcome);
      expect(outcome.replicas?.batches).toBeGreaterThan(1_000);
    },
  };
}
