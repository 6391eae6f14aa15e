import { readFile } from 'node:fs/promises';
import { editVersions, parseClusterFile, type Spec } from '@kafka-ha/config';

/** The repository's own cluster.yaml in its local environment, with other versions if given, in a test's own namespace. */
export async function exampleSpec(
  namespace: string,
  versions: Partial<Spec['versions']> = {},
): Promise<Spec> {
  const file = new URL('../../../cluster.yaml', import.meta.url);
  const { spec } = parseClusterFile(editVersions(await readFile(file, 'utf8'), versions), {
    file: 'cluster.yaml',
    environment: 'local',
  });
  return { ...spec, namespace };
}
