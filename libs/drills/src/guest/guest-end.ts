import type { ContainerState, Pod } from '@kafka-ha/kube';
import { guestContainer, type GuestComponent } from '@kafka-ha/manifests';

/**
 * How the guest itself has ended; undefined while it runs. Its pod runs on where a container was injected beside it, for
 * nobody ends that one.
 */
export function guestEnd(component: GuestComponent, { status }: Pod): 'succeeded' | 'failed' | undefined {
  const ended = guestStatus(component, { status })?.terminated;
  if (ended !== undefined) return ended.exitCode === 0 ? 'succeeded' : 'failed';
  if (status?.phase === 'Succeeded') return 'succeeded';
  return status?.phase === 'Failed' ? 'failed' : undefined;
}

export function guestStatus(
  component: GuestComponent,
  { status }: Pick<Pod, 'status'>,
): ContainerState | undefined {
  return status?.containerStatuses?.find(({ name }) => name === guestContainer[component])?.state;
}
