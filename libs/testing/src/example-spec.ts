import { readFile } from 'node:fs/promises';
import { editClusterFile, parseClusterFile, type Edit, type Spec } from '@kafka-ha/config';

/** The repository's own cluster.yaml in its local environment, edited, deployed to a namespace of the test's own. */
export async function exampleSpec(namespace: string, edits: readonly Edit[] = []): Promise<Spec> {
  const file = new URL('../../../cluster.yaml', import.meta.url);
  const text = editClusterFile(await readFile(file, 'utf8'), edits);
  const { spec } = parseClusterFile(text, {
    file: 'cluster.yaml',
    environment: 'local',
  });
  return { ...spec, namespace };
}
