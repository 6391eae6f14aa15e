import { KafkaHaError } from '@kafka-ha/base';
import { neverSpared } from '@kafka-ha/planning';
import { type FencedCluster, lastingKafka, readMembers, readMemberScene } from '@kafka-ha/cluster';
import { resizable } from './resize-pods.ts';

/**
 * Refuses a roll before its first pod, be that a server's of the quorum, where a broker that is due can never be spared, or one of
 * `asked`, by pod. While no broker answers nothing is known, and each broker's own turn asks again.
 *
 * @throws KafkaHaError `unhealthy` naming the partitions.
 */
export async function refuseNeverSpared(
  cluster: FencedCluster,
  asked: readonly string[] = [],
): Promise<void> {
  const members = await readMembers(cluster, 'kafka');
  if (members === undefined) return;
  const resizes = new Set([...(await resizable(cluster, members)).keys()].map(({ name }) => name));
  const due = new Set([...[...members.due].filter((pod) => !resizes.has(pod)), ...asked]);
  if (due.size === 0) return;
  await using kafka = lastingKafka(cluster);
  const scene = await readMemberScene(cluster, 'kafka', { ...members, due }, kafka);
  const refused = scene.kind === 'brokers' ? neverSpared(scene.brokers) : [];
  if (refused.length > 0) throw notSpare(refused);
}

type Refused = ReturnType<typeof neverSpared>;

export function notSpare(refused: Refused): KafkaHaError {
  const pods = refused.map(({ step }) => step.pod.name).join(', ');
  return new KafkaHaError(
    'unhealthy',
    `${pods} cannot stop without an interruption. No further pod is restarted.`,
    {
      details: refused.flatMap(({ reasons }) => reasons),
      hint: 'Give these topics more replicas, lower their min.insync.replicas, or delete them.',
    },
  );
}
