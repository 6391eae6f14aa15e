import type { Spec } from '../spec.ts';
import type { Edit } from './edit-cluster-file.ts';

/** What gives a cluster file these versions. The protocol in quotes: YAML would take it for a number. */
export function versionEdits(versions: Partial<Spec['versions']>): Edit[] {
  return Object.entries(versions).map(([key, version]) => ({
    path: ['versions', key],
    value: key === 'interBrokerProtocol' ? `'${version}'` : version,
  }));
}
