import { type Cluster, quorumOf, readClaims } from '@kafka-ha/cluster';
import type { FencedKafka } from '@kafka-ha/kafka';
import { brokerOfPod, claimOf } from '@kafka-ha/manifests';

/**
 * Makes whoever keeps the metadata forget every broker that the spec has no more, once their pods are gone. Their volumes have
 * outlived them and tell who they were, also to a scale that goes on where another was killed.
 */
export async function forgetFormer(cluster: Cluster, kafka: FencedKafka, signal: AbortSignal): Promise<void> {
  const { spec } = cluster;
  const ids = (await readClaims(cluster, signal)).flatMap(
    ({ object }) => brokerOfPod(spec, object.metadata.name.slice(claimOf('').length)) ?? [],
  );
  await quorumOf(cluster).forget(
    kafka,
    ids.filter((id) => id >= spec.brokers),
  );
}
