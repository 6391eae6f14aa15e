import type { Spec } from '../spec.ts';
import type { Edit } from './edit-cluster-file.ts';

/** What gives a cluster file these versions. */
export function versionEdits(versions: Partial<Spec['versions']>): Edit[] {
  return Object.entries(versions).map(([key, version]) => ({
    path: ['versions', key],
    value: version,
  }));
}
