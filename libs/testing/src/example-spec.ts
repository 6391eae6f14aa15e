import { readFile } from 'node:fs/promises';
import { parseClusterFile, type Spec } from '@kafka-ha/config';

/** The repository's own cluster.yaml in its local environment, deployed to a namespace of the test's own. */
export async function exampleSpec(namespace: string): Promise<Spec> {
  const file = new URL('../../../cluster.yaml', import.meta.url);
  const { spec } = parseClusterFile(await readFile(file, 'utf8'), {
    file: 'cluster.yaml',
    environment: 'local',
  });
  return { ...spec, namespace };
}
