import type { ContainerStatus, Pod } from './pod.ts';

/** What keeps a pod from running, as its status tells it. */
export type Symptom = {
  kind: 'crash' | 'image' | 'container' | 'unschedulable';
  /** Kubernetes' own word, e.g. `ImagePullBackOff`. */
  reason: string;
  message: string;
  container?: string;
};

/** https://github.com/kubernetes/kubernetes: pkg/kubelet/images/types.go and pkg/kubelet/container/sync_result.go */
const kindOfReason: Record<string, Symptom['kind']> = {
  CrashLoopBackOff: 'crash',
  ErrImagePull: 'image',
  ImagePullBackOff: 'image',
  ImageInspectError: 'image',
  RegistryUnavailable: 'image',
  ErrImageNeverPull: 'image',
  InvalidImageName: 'image',
  CreateContainerConfigError: 'container',
  CreateContainerError: 'container',
  RunContainerError: 'container',
};

export function podSymptoms(pod: Pod): Symptom[] {
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
    return [{ kind: 'unschedulable', reason: 'Unschedulable', message: oneLine(scheduled.message) }];
  return containersOf(pod).flatMap((container) => symptomOf(container) ?? []);
}

export function containersOf({ status }: Pod): ContainerStatus[] {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

function symptomOf({ name, state, lastState }: ContainerStatus): Symptom | undefined {
  const reason = state?.waiting?.reason ?? '';
  const kind = kindOfReason[reason];
  if (kind === undefined) return undefined;
  const message = kind === 'crash' ? describeExit(lastState?.terminated) : oneLine(state?.waiting?.message);
  return { kind, reason, message, container: name };
}

/** E.g. `exit code 1`, `exit code 137, OOMKilled`. */
export function describeExit(ended: { exitCode: number; reason?: string } | undefined): string {
  if (ended === undefined) return 'exit code unknown';
  const reason = ended.reason === undefined || ended.reason === 'Error' ? '' : `, ${ended.reason}`;
  return `exit code ${ended.exitCode}${reason}`;
}

function oneLine(text = ''): string {
  return text.trim().replace(/\s+/g, ' ');
}
