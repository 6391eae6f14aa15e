import { count } from '@kafka-ha/base';
import type { Cluster } from '@kafka-ha/cluster';
import { refOf, type KubeObject, type ObjectRef } from '@kafka-ha/kube';
import { type Deletion, fateOfVolumes } from '@kafka-ha/operations';
import { colorsOf } from './colors.ts';

/** What a deletion would remove, and what stays. */
export function deletionLines(
  { kube, spec }: Cluster,
  found: Deletion,
  { volumes, namespace }: { volumes: boolean; namespace: boolean },
): string[] {
  const { bold, red } = colorsOf(process.stdout);
  const { workloads, pods, rest, accounts, claims } = found;
  const { removed, kept } = fateOfVolumes(found, { volumes });
  const textOf = (object: KubeObject) => refText(refOf(object));
  const withoutClaims = (each: readonly KubeObject[]) => each.filter((object) => !claims.includes(object));
  const objects = [...workloads, ...rest, ...accounts, ...withoutClaims(removed)].map(textOf);
  const claimed = count(claims.length, 'volume');
  return [
    `${bold(`${spec.namespace}/${spec.name}`)} in context ${bold(kube.context)}`,
    ...(objects.length === 0
      ? ['  nothing of it is there']
      : [`  would be removed: ${count(pods.length, 'pod')}, and`, ...objects.map((each) => `    ${each}`)]),
    claims.length === 0 || !volumes
      ? `  stays: ${[claimed, ...withoutClaims(kept).map(textOf)].join(', and ')}`
      : red(`  would be removed: ${claimed}, with every record`),
    namespace
      ? red(`  would be removed: namespace ${spec.namespace}`)
      : `  stays: namespace ${spec.namespace}`,
  ];
}

export function refText({ kind, name }: ObjectRef): string {
  return `${kind} ${name}`;
}
