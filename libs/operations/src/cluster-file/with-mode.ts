import { isKafkaHaError } from '@kafka-ha/base';
import { editClusterFile, parseChangedFile, type Edit, type Mode, type Spec } from '@kafka-ha/config';

/**
 * The text of a cluster file with another mode, after a migration; or what of the file has no meaning with it and is for a person to
 * take out. The version of Kafka is written down where the mode's own default is another one.
 */
export function withMode(
  text: string,
  { spec, mode }: { spec: Spec; mode: Mode },
  { file, environment }: { file: string; environment?: string },
): { text: string } | { problems: readonly string[] } {
  const where = { file, ...(environment !== undefined && { environment }) };
  try {
    const edits: Edit[] = [{ path: ['mode'], value: mode }];
    const changed = editClusterFile(text, edits, environment);
    if (parseChangedFile(changed, where, spec).spec.versions.kafka === spec.versions.kafka)
      return { text: changed };
    const version: Edit = { path: ['versions', 'kafka'], value: spec.versions.kafka };
    return { text: editClusterFile(changed, [version], environment) };
  } catch (error) {
    if (!isKafkaHaError(error)) throw error;
    return { problems: [error.message, ...error.details] };
  }
}
