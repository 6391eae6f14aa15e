import { readFile } from 'node:fs/promises';
import { editClusterFile, parseClusterFile, type Edit, type Spec } from '@kafka-ha/config';

/** One of the repository's own examples in its local environment, edited, deployed to a namespace of the test's own. */
export async function exampleSpec(
  namespace: string,
  edits: readonly Edit[] = [],
  file: 'cluster.yaml' | 'cluster.kraft.yaml' = 'cluster.yaml',
): Promise<Spec> {
  const text = await readFile(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const { spec } = parseClusterFile(editClusterFile(text, edits), { file, environment: 'local' });
  return { ...spec, namespace };
}
