import { type Cluster, quorumOf, readClaims, reading } from '@kafka-ha/cluster';
import { valueOf } from '@kafka-ha/health';
import type { FencedKafka } from '@kafka-ha/kafka';
import { brokerOfPod, claimOf } from '@kafka-ha/manifests';

/**
 * Makes whoever keeps the metadata forget every broker that the spec has no more, once their pods are gone. Their volumes have
 * outlived them and tell who they were, also to a scale that goes on where another was killed; of one whose volume was deleted, too,
 * the controllers tell from Kafka 4.0 on.
 */
export async function forgetFormer(cluster: Cluster, kafka: FencedKafka): Promise<void> {
  const { spec } = cluster;
  const quorum = quorumOf(cluster);
  const ofVolumes = (await readClaims(cluster)).flatMap(
    ({ object }) => brokerOfPod(spec, object.metadata.name.slice(claimOf('').length)) ?? [],
  );
  const metadata = quorum.readMetadata && (await reading(quorum.readMetadata));
  const fenced = (metadata && valueOf(metadata)?.fenced) ?? [];
  const known = new Set([...ofVolumes, ...fenced]);
  await quorum.forget(
    kafka,
    [...known].filter((id) => id >= spec.brokers),
  );
}
