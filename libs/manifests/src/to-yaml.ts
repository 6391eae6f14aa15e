import { Document } from 'yaml';
import type { Json, KubernetesObject } from './kubernetes-object.ts';

/**
 * One YAML document per object, the same text for the same objects: apiVersion, kind and metadata come first, all other
 * keys are sorted. Readers of YAML 1.1 understand it too: what they would take for a boolean or an octal is quoted.
 */
export function toYaml(objects: readonly KubernetesObject[]): string {
  return objects.map((object) => `---\n${documentOf(object)}`).join('');
}

function documentOf({ apiVersion, kind, metadata, ...rest }: KubernetesObject): string {
  const ordered = {
    apiVersion,
    kind,
    metadata: sorted(metadata),
    ...(sorted(rest) as object),
  };
  const document = new Document(ordered, { version: '1.1' });
  return document.toString({ lineWidth: 0, directives: false });
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => [key, sorted(field)]),
  );
}
