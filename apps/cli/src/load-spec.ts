import { readFile } from 'node:fs/promises';
import { parseClusterFile, type Spec, type Warning } from '@kafka-ha/config';
import { KafkaHaError, messageOf } from '@kafka-ha/errors';

/**
 * Reads and proves a cluster file.
 *
 * @throws KafkaHaError `not-found` where there is no such file, and what `parseClusterFile` throws.
 */
export async function loadSpec(options: {
  file: string;
  environment?: string;
}): Promise<{ spec: Spec; warnings: Warning[] }> {
  let text: string;
  try {
    text = await readFile(options.file, 'utf8');
  } catch (error) {
    throw new KafkaHaError('not-found', `cannot read the cluster file ${options.file}: ${messageOf(error)}`, {
      hint: 'Name it with --file, or start one that says `name: events`: the defaults do the rest.',
      cause: error,
    });
  }
  return parseClusterFile(text, options);
}
