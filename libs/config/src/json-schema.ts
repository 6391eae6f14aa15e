import { z } from 'zod';
import { wholeFileSchema } from './schema/cluster-file.ts';

/** The JSON Schema (draft 7) of the cluster file, for editors: what may be written, not what it is parsed into. */
export function clusterJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(wholeFileSchema, { target: 'draft-7', io: 'input' });
  return { $schema, title: 'kafka-ha cluster file', ...schema };
}
