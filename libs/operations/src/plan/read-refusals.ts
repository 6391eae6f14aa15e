import type { Cluster } from '@kafka-ha/cluster';
import { readSizeRefusals } from '../scale/refusals.ts';
import { readVolumeRefusals } from '../volumes/volume-refusals.ts';
import { readModeRefusals } from './read-mode-refusals.ts';
import { readSettingRefusals } from './read-setting-refusals.ts';
import type { Refusal } from './refusal.ts';
import { readVersionRefusals } from './version-rules.ts';

/**
 * All that the file asks for and a deployment cannot do to the cluster that is there. Asked by `plan`, and by a deployment
 * before anything is changed: so both know the same. Changes nothing.
 */
export async function readRefusals(cluster: Cluster): Promise<Refusal[]> {
  const refusals = await Promise.all([
    readModeRefusals(cluster),
    readVersionRefusals(cluster),
    readSettingRefusals(cluster),
    readSizeRefusals(cluster),
    readVolumeRefusals(cluster),
  ]);
  return refusals.flat();
}
