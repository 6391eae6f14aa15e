import type { Component } from '@kafka-ha/manifests';

/**
 * The status of a pod's own container, that of its component's name, or the exporter's: where others are injected beside it,
 * any of them may be the first.
 */
export function containerOf<T extends { name: string }>(
  component: Component | 'exporter',
  status: { containerStatuses?: readonly T[] } | undefined,
): T | undefined {
  return status?.containerStatuses?.find(({ name }) => name === component);
}
