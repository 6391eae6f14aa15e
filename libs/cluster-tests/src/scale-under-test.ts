import { afterAll, beforeAll, expect } from '@jest/globals';
import { openKafka, readState, type FencedCluster } from '@kafka-ha/cluster';
import { brokerEdits } from '@kafka-ha/config';
import { deleteDrillTopic } from '@kafka-ha/drills';
import { assess } from '@kafka-ha/health';
import { createTopics, listReassignments, readBrokerConfigs, readTopics } from '@kafka-ha/kafka';
import { execInPod } from '@kafka-ha/kube';
import { kafkaLogPath, ordinals, podOf } from '@kafka-ha/manifests';
import { deploy, scale } from '@kafka-ha/operations';
import { drain, exampleSpec, freshNamespace, realCluster, removeNamespace } from '@kafka-ha/testing';
import { startLoad } from './load-under-test.ts';

const minute = 60_000;
/** Two JVMs that start on two cores hold everything else up for seconds: brokers, the quorum and the load. */
const longestInterruptionMs = 10_000;
const { signal } = new AbortController();
export const actor = { holder: 'test' };

/** A cluster of three brokers with a topic that is not in its file, for the tests of a file. */
export function scaleUnderTest(file: 'cluster.yaml' | 'cluster.kraft.yaml' = 'cluster.yaml') {
  const namespace = freshNamespace('scale');
  const real = realCluster();

  const clusterOf = async (brokers: number, tolerance: number): Promise<FencedCluster> => {
    return {
      kube: real.kube,
      spec: await exampleSpec(namespace, brokerEdits({ brokers, tolerance }), file),
      signal,
    };
  };

  beforeAll(async () => {
    const cluster = await clusterOf(3, 1);
    await drain(deploy(cluster, { actor }));
    await using kafka = await openKafka(cluster);
    await createTopics(kafka, [{ name: 'of-nobody', config: {}, assignment: [[0, 1, 2]] }], { signal });
  }, 5 * minute);

  afterAll(() => removeNamespace(real, namespace), 3 * minute);

  return { clusterOf };
}

/** Scales under load: nothing is lost, and no partition waits longer than `longestInterruptionMs`. */
export async function scaleUnderLoad(from: FencedCluster, to: FencedCluster): Promise<void> {
  await using load = await startLoad(from, `scale-${from.spec.brokers}-to-${to.spec.brokers}`);
  try {
    const events = await drain(scale(to, { toleranceIsSaid: true, actor }));
    expect(events).toContainEqual(expect.objectContaining({ kind: 'finished', step: 'health' }));
    const { worstMs } = await load.expectUnharmed();
    expect(worstMs).toBeLessThan(longestInterruptionMs);
  } finally {
    await deleteDrillTopic(to);
  }
}

/** What a broker keeps that was down when the partition left it. */
export async function plantLog(
  { kube, spec }: FencedCluster,
  brokerId: number,
  folder: string,
): Promise<void> {
  const { namespace } = spec;
  const pod = podOf(spec, brokerId);
  const command = ['mkdir', `${kafkaLogPath}/${folder}`];
  await execInPod(kube, { namespace, pod, container: 'kafka', command, timeoutMs: 10_000, signal });
}

/** Every topic on every broker as often as the spec says, led evenly, no throttle left, and healthy. */
export async function expectEven(cluster: FencedCluster): Promise<void> {
  const { spec } = cluster;
  await using kafka = await openKafka(cluster);
  expect(await listReassignments(kafka)).toEqual([]);
  for (const { partitions } of await readTopics(kafka)) {
    const led = ordinals(spec.brokers).map((id) => partitions.filter(({ leader }) => leader === id).length);
    expect(Math.max(...led) - Math.min(...led)).toBeLessThanOrEqual(1);
    for (const { replicas, isr } of partitions) {
      expect([...isr].sort()).toEqual([...replicas].sort());
      expect(replicas).toHaveLength(spec.replication.factor);
    }
  }
  const configs = await readBrokerConfigs(kafka, ordinals(spec.brokers));
  for (const config of configs.values()) {
    expect(config['follower.replication.throttled.rate']?.source ?? 'default').toBe('default');
    expect(config['min.insync.replicas']?.value).toBe(String(spec.replication.minInSync));
  }
  const { status, findings } = assess(spec, await readState(cluster));
  // Brokers take up what they read at their start with the next deployment, and one may have been killed on purpose.
  const expected = ['pods-outdated', 'pod-restarted'];
  const codes = findings.map(({ code }) => code).filter((code) => !expected.includes(code));
  expect({ status, codes }).toEqual({ status: 'healthy', codes: [] });
}
