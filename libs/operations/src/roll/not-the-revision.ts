import type { KafkaHaError } from '@kafka-ha/base';
import { getObject, isReady, type Pod } from '@kafka-ha/kube';
import type { JsonObject } from '@kafka-ha/manifests';
import { fieldChanges, type FieldChange } from '@kafka-ha/planning';
import { type Cluster, containerOf, revisionTemplate, podRef } from '@kafka-ha/cluster';
import type { Member } from './await-back.ts';
import { isReadingBack } from './log-recovery.ts';
import { refusalOfPod } from './refusal-of-pod.ts';

type Revisions = { former: string; latest: string };

/**
 * Why a pod that does not come back is not the new revision's fault, so that going back would not help, or would harm;
 * undefined where the revision may be to blame.
 */
export async function notTheRevision(
  cluster: Cluster,
  member: Member,
  { former, latest }: Revisions,
  failure: KafkaHaError,
): Promise<string | undefined> {
  const { kube, spec } = cluster;
  const ref = podRef(spec, member.name);
  const pod = await getObject<Pod>(kube, ref, { signal: cluster.signal });
  if (pod === undefined) {
    const refusal = await refusalOfPod(cluster, member, former);
    return refusal === undefined ? undefined : 'a pod of the former revision is refused, too';
  }
  if (isUnscheduled(pod)) {
    const templates = await Promise.all(
      [former, latest].map((revision) => revisionTemplate(cluster, revision)),
    );
    return changesPlace(fieldChanges(...(templates as [JsonObject, JsonObject])))
      ? undefined
      : 'it requests no more than the former one, and no other nodes';
  }
  const container = containerOf(member.component, pod.status);
  if (container?.ready === true && !isReady(pod)) return 'another container of its pod is not ready';
  if (failure.code === 'deadline-exceeded' && member.component === 'kafka') {
    if (await isReadingBack(cluster, pod)) return 'it is in log recovery, and would have to start again';
  }
  return undefined;
}

function isUnscheduled({ status }: Pod): boolean {
  return (
    status?.conditions?.some(({ type, status }) => type === 'PodScheduled' && status === 'False') ?? false
  );
}

/** Whether such a change may take a pod the nodes that it had. */
export function changesPlace(changes: readonly FieldChange[]): boolean {
  return changes.some(({ path }) => placing.test(path));
}

/** What the scheduler looks at. */
const placing =
  /^spec\.(affinity|nodeSelector|nodeName|tolerations|topologySpreadConstraints|priorityClassName|runtimeClassName|overhead|hostNetwork|volumes|schedulerName|(init)?[cC]ontainers\[[^\]]+\]\.(resources|ports)|(init)?[cC]ontainers\[[^\]]+\]$)/;
