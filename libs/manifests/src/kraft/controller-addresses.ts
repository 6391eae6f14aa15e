import type { Spec } from '@kafka-ha/config';
import { podHost } from '../hosts.ts';
import { ordinals } from '../names.ts';

export const controllerPorts = { controller: 9093 } as const;

/** Brokers and controllers share one space of ids, and there are never a thousand brokers. A controller's id never changes. */
const firstControllerId = 1_000;

export function controllerId(ordinal: number): number {
  return firstControllerId + ordinal;
}

/** The controller whose id this is, by its pod's ordinal; undefined for a broker's. */
export function ordinalOfController(id: number): number | undefined {
  return id >= firstControllerId ? id - firstControllerId : undefined;
}

export function controllerHosts(spec: Spec): string[] {
  return ordinals(spec.controllers.servers).map((ordinal) => podHost(spec, 'controller', ordinal));
}
