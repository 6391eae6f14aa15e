import { count } from '@kafka-ha/base';
import { type Cluster, membersThere } from '@kafka-ha/cluster';
import { allComponents, components, quorumComponentOf } from '@kafka-ha/manifests';
import type { Refusal } from './refusal.ts';

/**
 * Why the file's mode cannot follow on what keeps the metadata now; none: it can. Whoever were to keep it instead would begin
 * without any, and brokers without a topic delete nobody's records, but serve none of them either.
 */
export async function readModeRefusals(cluster: Cluster): Promise<Refusal[]> {
  const { spec } = cluster;
  const others = allComponents.filter((each) => each !== 'kafka' && each !== quorumComponentOf(spec));
  const found = await Promise.all(
    others.map(async (component) => ({ component, there: await membersThere(cluster, component) })),
  );
  return found.flatMap(({ component, there }): Refusal[] => {
    if (there === undefined) return [];
    const { noun } = components[component];
    return [
      {
        code: 'conflict',
        why: `The mode of a cluster cannot be changed: its metadata is kept by ${count(there, noun)}, and with mode: ${spec.mode} it would begin without any topic.`,
        hint: `Write the former mode, or another name for a new cluster. If this cluster is gone for good, delete the volumes of its ${noun}s and of its brokers.`,
      },
    ];
  });
}
