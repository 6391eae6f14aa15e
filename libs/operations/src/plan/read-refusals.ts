import type { Cluster } from '@kafka-ha/cluster';
import { readSizeRefusals } from '../scale/refusals.ts';
import { readVolumeRefusals } from '../volumes/volume-refusals.ts';
import { readModeRefusals } from './read-mode-refusals.ts';
import { readVersionRefusals } from './read-running-versions.ts';
import type { Refusal } from './refusal.ts';

/**
 * All that the file asks for and a deployment cannot do to the cluster that is there. Asked by `plan`, and by a deployment
 * before anything is changed: so both know the same. Changes nothing.
 */
export async function readRefusals(cluster: Cluster, signal: AbortSignal): Promise<Refusal[]> {
  const refusals = await Promise.all([
    readModeRefusals(cluster, signal),
    readVersionRefusals(cluster, signal),
    readSizeRefusals(cluster, signal),
    readVolumeRefusals(cluster, signal),
  ]);
  return refusals.flat();
}
