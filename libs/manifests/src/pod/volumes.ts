import { configAnnotation } from '../annotations.ts';
import type { JsonObject } from '../kubernetes-object.ts';
import { dataVolume } from '../names.ts';
import { configPath, dataPath, scratchPath } from '../paths.ts';

export const volumeMounts: JsonObject[] = [
  { name: dataVolume, mountPath: dataPath },
  { name: 'config', mountPath: configPath, readOnly: true },
  { name: 'scratch', mountPath: scratchPath },
];

/** The pod's files: those of its own template and, where one is named, those of a ConfigMap. */
export function podVolumes(files: readonly string[], configMap?: string): JsonObject[] {
  const items = files.map((file) => ({
    path: file,
    fieldRef: { fieldPath: `metadata.annotations['${configAnnotation(file)}']` },
  }));
  const sources: JsonObject[] = [
    { downwardAPI: { items } },
    ...(configMap === undefined ? [] : [{ configMap: { name: configMap } }]),
  ];
  return [
    { name: 'config', projected: { sources } },
    { name: 'scratch', emptyDir: {} },
  ];
}

/** Each file becomes an annotation of the pod. */
export function fileAnnotations(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [configAnnotation(file), text]));
}
