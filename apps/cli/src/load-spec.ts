import { readFile } from 'node:fs/promises';
import { parseClusterFile, type Spec, type Warning } from '@kafka-ha/config';
import { KafkaHaError, messageOf } from '@kafka-ha/base';

/**
 * Reads and proves a cluster file.
 *
 * @throws KafkaHaError `not-found` where there is no such file, and what `parseClusterFile` throws.
 */
export async function loadSpec(options: {
  file: string;
  environment?: string;
}): Promise<{ spec: Spec; warnings: Warning[] }> {
  return parseClusterFile(await readClusterFile(options), options);
}

/** @throws KafkaHaError `not-found` */
export async function readClusterFile({ file }: { file: string }): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new KafkaHaError('not-found', `cannot read the cluster file ${file}: ${messageOf(error)}`, {
      hint: 'Name it with --file, or run kafka-ha init, which writes one.',
      cause: error,
    });
  }
}
