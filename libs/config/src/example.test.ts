import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { checkClusterFile } from './check-cluster-file.ts';
import { clusterJsonSchema } from './json-schema.ts';

const root = new URL('../../../', import.meta.url);
const example = readFileSync(new URL('cluster.yaml', root), 'utf8');

describe('example', () => {
  test.each([undefined, 'local', 'staging', 'production'])(
    'the example is in order (environment %p)',
    (environment) => {
      const result = checkClusterFile(example, { file: 'cluster.yaml', environment });
      expect(result).toMatchObject({
        kind: 'ok',
        warnings: [],
        environments: ['local', 'staging', 'production'],
      });
    },
  );

  test.each([undefined, 'local'])('so is the example without ZooKeeper (environment %p)', (environment) => {
    const kraft = readFileSync(new URL('cluster.kraft.yaml', root), 'utf8');
    const result = checkClusterFile(kraft, { file: 'cluster.kraft.yaml', environment });
    expect(result).toMatchObject({ kind: 'ok', warnings: [], spec: { mode: 'kraft' } });
  });

  test('the JSON Schema in the repository is the one of the code: `npm run schema` writes it', () => {
    const committed: unknown = JSON.parse(readFileSync(new URL('cluster.schema.json', root), 'utf8'));
    expect(committed).toEqual(clusterJsonSchema());
  });

  test('editors and the documentation have a sentence for every field', () => {
    expect(fieldsWithoutDescription(clusterJsonSchema() as Node)).toEqual([]);
  });

  type Node = {
    description?: string;
    properties?: Record<string, Node>;
    items?: Node;
    additionalProperties?: Node;
  };

  function fieldsWithoutDescription(node: Node, path = ''): string[] {
    const below = [...Object.entries(node.properties ?? {}), ...Object.entries(node.items?.properties ?? {})];
    return below.flatMap(([key, field]) => [
      ...(field.description === undefined ? [`${path}${key}`] : []),
      ...fieldsWithoutDescription(field, `${path}${key}.`),
    ]);
  }
});
