import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import type { Kube } from './open-kube.ts';
import type { Pod } from './pod.ts';
import { describeEvent, objectEvents, podEvents } from './pod-events.ts';
import { podLogs } from './pod-logs.ts';
import type { Symptom } from './pod-symptoms.ts';
import type { Trouble } from './watch-for-trouble.ts';
import type { KubeObject } from './kube-object.ts';
import { getObject } from './objects.ts';

/** https://github.com/kubernetes/kubernetes: pkg/controller/volume/events/event.go; waiting for a consumer is none. */
const failures: ReadonlySet<string> = new Set(['ProvisioningFailed', 'FailedBinding', 'VolumeMismatch']);

const logLines = 20;
const eventLines = 5;
const askAgainMs = 300;

/** The error for a pod that will not come up, with the last lines of its log and its last events. */
export async function podFailure(
  kube: Kube,
  { pod, symptom }: Trouble,
  signal?: AbortSignal,
): Promise<KafkaHaError> {
  const unbound = symptom.kind === 'unschedulable' ? await unboundVolume(kube, pod, signal) : undefined;
  if (unbound !== undefined) {
    const { message, hint } = unbound;
    const details = await podDetails(kube, pod, signal);
    return new KafkaHaError('pod-failed', `Pod ${pod.metadata.name} cannot be scheduled: ${message}`, {
      hint,
      details,
    });
  }
  return new KafkaHaError('pod-failed', `Pod ${pod.metadata.name} ${describe(symptom)}`, {
    hint: hints[symptom.kind],
    details: await podDetails(kube, pod, signal, symptom.container),
  });
}

const hints: Record<Symptom['kind'], string> = {
  crash: 'The last lines of its log say why it stops.',
  image:
    'Check the name and tag of the image, and that the nodes can reach its registry. A private registry needs pods.imagePullSecrets in the cluster file.',
  container: 'Check what the pod refers to: ConfigMaps, Secrets, its command.',
  unschedulable: 'Add nodes or free resources, or request less. The message counts nodes by what they lack.',
};

function describe({ kind, reason, message, container }: Symptom): string {
  switch (kind) {
    case 'crash':
      return `crashes: container ${container} ended with ${message} (${reason}).`;
    case 'image':
      return `cannot get its image: ${message} (${reason}).`;
    case 'container':
      return `cannot start container ${container}: ${message} (${reason}).`;
    case 'unschedulable':
      return `cannot be scheduled: ${message}`;
  }
}

/** What a pod last said and what was last said of it. What cannot be read is left out: this explains another error. */
export async function podDetails(
  kube: Kube,
  pod: Pod,
  signal?: AbortSignal,
  container?: string,
): Promise<string[]> {
  const { name, namespace = '', uid } = pod.metadata;
  const [log, events] = await Promise.all([
    lastLog(kube, pod, container, signal),
    podEvents(kube, { namespace, pod: name, uid, signal }).catch(() => []),
  ]);
  return [
    ...log.map((line) => `${name} log: ${line}`),
    ...events.slice(-eventLines).map((event) => `${name} event: ${describeEvent(event)}`),
  ];
}

/** Of the container that has trouble; of its last run where the present one has not begun or has just begun. */
async function lastLog(
  kube: Kube,
  pod: Pod,
  named: string | undefined,
  signal?: AbortSignal,
): Promise<string[]> {
  const container = pod.status?.containerStatuses?.find(({ name, ready }) =>
    named === undefined ? !ready : name === named,
  );
  if (container === undefined) return [];
  const { name, namespace = '' } = pod.metadata;
  const previous = container.lastState?.terminated !== undefined;
  const options = { namespace, pod: name, container: container.name, tailLines: logLines, signal };
  const hasStarted =
    previous || container.state?.running !== undefined || container.state?.terminated !== undefined;
  if (!hasStarted) return [];
  // A container that crashes is replaced while we ask: its log is then that of the run before, or of the one after.
  for (const ofPrevious of [previous, !previous, previous, !previous]) {
    const lines = await podLogs(kube, { ...options, previous: ofPrevious }).catch(() => undefined);
    if (lines !== undefined) return lines;
    await kube.clock.sleep(askAgainMs, signal).catch(() => undefined);
  }
  return [];
}

type Claim = KubeObject & { spec: { storageClassName?: string }; status?: { phase?: string } };

/**
 * Why a pod that no node takes has a volume that nobody makes, and what to do about it; undefined where its volumes are no
 * trouble, or may not be read. Of this the scheduler says no more than that a claim is not bound.
 */
async function unboundVolume(
  kube: Kube,
  { metadata: { namespace = '' }, spec }: Pod,
  signal?: AbortSignal,
): Promise<{ message: string; hint: string } | undefined> {
  const volumes = (spec['volumes'] ?? []) as { persistentVolumeClaim?: { claimName: string } }[];
  for (const { persistentVolumeClaim } of volumes) {
    if (persistentVolumeClaim === undefined) continue;
    const { claimName: name } = persistentVolumeClaim;
    try {
      const ref = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name };
      const claim = await getObject<Claim>(kube, ref, { signal });
      if (claim === undefined || claim.status?.phase !== 'Pending') continue;
      if ((claim.spec.storageClassName ?? '') === '') return withoutClass(name);
      const events = await objectEvents(kube, {
        namespace,
        kind: ref.kind,
        name,
        uid: claim.metadata.uid,
        signal,
      });
      const failed = events.findLast(({ reason }) => reason !== undefined && failures.has(reason));
      if (failed !== undefined) return notProvisioned(name, claim.spec.storageClassName, failed.message);
    } catch (error) {
      if (!isKafkaHaError(error) || error.code !== 'forbidden') throw error;
    }
  }
  return undefined;
}

function withoutClass(claim: string) {
  return {
    message: `its volume ${claim} has no StorageClass, and the cluster has no default one.`,
    hint: 'Set `storage: {class: …}` in the cluster file (kubectl get storageclass), or make one the default.',
  };
}

function notProvisioned(claim: string, storageClass = '', why = '') {
  return {
    message: `nothing provides its volume ${claim} of StorageClass ${storageClass}: ${why.trim().replace(/\s+/g, ' ')}`,
    hint: 'Check `storage.class` in the cluster file against the existing ones: kubectl get storageclass.',
  };
}
