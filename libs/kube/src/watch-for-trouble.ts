import { count, type Clock } from '@kafka-ha/base';
import { isReady, type ContainerStatus, type Pod } from './pod.ts';
import { containersOf, describeExit, podSymptoms, type Symptom } from './pod-symptoms.ts';

export type Trouble = { pod: Pod; symptom: Symptom };

/** Given each reading of the pods in turn, says when one of them will not come up by itself. */
export type TroubleWatch = (pods: readonly Pod[]) => Trouble[];

/**
 * How long a symptom must stay before it is taken for lasting, in milliseconds. All of them are found within 30 s.
 * - Image: one further try of the kubelet's, which comes after 10 s, for a registry that was only slow.
 * - Container: a ConfigMap or Secret made in the same moment may not have reached the kubelet yet.
 * - Unschedulable: a node may just be joining, another pod just be leaving.
 */
const graceMs: Record<Symptom['kind'], number> = {
  crash: 0,
  image: 15_000,
  container: 10_000,
  unschedulable: 10_000,
};

/** A volume with immediate binding is made only now; cloud disks take some 10 s. */
const unboundVolumeGraceMs = 25_000;

/** No registry can mend these. */
const hopeless = new Set(['InvalidImageName', 'ErrImageNeverPull']);

/**
 * A broker that was killed hard meets its own old registration, exits once more, and comes up after the kubelet's
 * first back-off of 10 s. So a container that has run well gets longer than that.
 */
const provenCrashGraceMs = 12_000;

/** Looks at the container of that name, or at all of them. */
export function watchForTrouble(clock: Clock, watched?: string): TroubleWatch {
  const symptomSince = new Map<string, number>();
  const containers = new Map<string, { restarts: number; proven: boolean }>();

  const isWatched = ({ name }: { name: string }) => watched === undefined || name === watched;

  function remember(pod: Pod, container: ContainerStatus) {
    const key = `${pod.metadata.uid}/${container.name}`;
    const known = containers.get(key) ?? {
      restarts: container.restartCount,
      proven: container.restartCount > 0,
    };
    if (isReady(pod)) known.proven = true;
    containers.set(key, known);
    return known;
  }

  function crashed(pod: Pod): Symptom[] {
    return containersOf(pod)
      .filter(isWatched)
      .flatMap((container) => {
        const { restarts, proven } = remember(pod, container);
        const ended = container.lastState?.terminated;
        const crashes = ended === undefined || ended.exitCode === 0 ? 0 : container.restartCount - restarts;
        if (isReady(pod) || crashes < (proven ? 3 : 2)) return [];
        const message = `${describeExit(ended)}, ${count(crashes, 'restart')}`;
        return [{ kind: 'crash', reason: 'Restarting', message, container: container.name } as const];
      });
  }

  function allowedMs(pod: Pod, symptom: Symptom): number {
    if (hopeless.has(symptom.reason)) return 0;
    if (symptom.message.includes('unbound immediate PersistentVolumeClaims')) return unboundVolumeGraceMs;
    const isProven = containers.get(`${pod.metadata.uid}/${symptom.container}`)?.proven ?? false;
    return symptom.kind === 'crash' && isProven ? provenCrashGraceMs : graceMs[symptom.kind];
  }

  return (pods) => {
    const now = clock.now();
    const seen = new Set<string>();
    const troubles = pods.filter(isStaying).flatMap((pod) => {
      const certain = crashed(pod).map((symptom) => ({ pod, symptom }));
      const lasting = podSymptoms(pod)
        .filter(({ container }) => container === undefined || isWatched({ name: container }))
        .filter((symptom) => {
          const key = `${pod.metadata.uid}/${symptom.container}/${symptom.kind}`;
          seen.add(key);
          const since = symptomSince.get(key) ?? now;
          symptomSince.set(key, since);
          return now - since >= allowedMs(pod, symptom);
        })
        .map((symptom) => ({ pod, symptom }));
      return [...lasting, ...certain];
    });
    for (const key of symptomSince.keys()) if (!seen.has(key)) symptomSince.delete(key);
    return troubles;
  };
}

function isStaying(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp === undefined;
}
