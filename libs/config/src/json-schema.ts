import { z } from 'zod';
import { wholeFileSchema } from './schema/cluster-file.ts';
import { placeholder } from './values.ts';

/** Where editors find the schema of the kafka-ha that a repository uses, named as its workflows do: `OWNER/kafka-ha@v1`. */
export function schemaAddress(actions: string): string {
  return `https://raw.githubusercontent.com/${actions.replace('@', '/')}/cluster.schema.json`;
}

/** The JSON Schema (draft 7) of the cluster file, for editors: what may be written, not what it is parsed into. */
export function clusterJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(wholeFileSchema, { target: 'draft-7', io: 'input' });
  // A release puts its own repository there.
  const $id = schemaAddress(placeholder);
  return { $schema, $id, title: 'kafka-ha cluster file', ...schema };
}
