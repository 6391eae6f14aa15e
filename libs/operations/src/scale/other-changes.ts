import { configAnnotation, exporterFiles, names, podOf, programAnnotation } from '@kafka-ha/manifests';
import type { Spec } from '@kafka-ha/config';
import { fieldChanges, type FieldChange, type ObjectChange } from '@kafka-ha/planning';

/** The broker settings that follow from the number of brokers and from the tolerance. */
export const sizeKeys: readonly string[] = [
  'default.replication.factor',
  'log.retention.bytes',
  'log.segment.bytes',
  'min.insync.replicas',
  'offsets.topic.replication.factor',
  'transaction.state.log.min.isr',
  'transaction.state.log.replication.factor',
];

/** What of a spec follows from them. */
const sizeFields: ReadonlySet<string> = new Set<keyof Spec>([
  'brokers',
  'replication',
  'sizing',
  'tolerance',
]);

/** What differs from the file beside the size, each as a line. A scale changes the size and nothing else. */
export function otherChanges(spec: Spec, objects: readonly ObjectChange[]): string[] {
  return objects.flatMap((change) => {
    if (change.kind === 'change')
      return change.fields
        .flatMap((field) => besideSize(spec, change.object, field))
        .map(({ path, from, to }) => `${change.object}: ${path}: ${short(from)} → ${short(to)}`);
    return isBrokerService(spec, change.object)
      ? []
      : [`${change.object}: to be ${change.kind === 'create' ? 'created' : 'deleted'}`];
  });
}

/** What of a field's change does not follow from the size. */
function besideSize(spec: Spec, object: string, field: FieldChange): FieldChange[] {
  const isSpec =
    object === `ConfigMap ${names(spec).exporter}` && field.path === `data[${exporterFiles.spec}]`;
  if (!isSpec) return isSizePath(spec, object, field.path) ? [] : [field];
  return fieldChanges(withoutSize(field.from), withoutSize(field.to), field.path);
}

/** The exporter's spec; as it is where somebody has written something else there. */
function withoutSize(text: string | undefined): unknown {
  try {
    const spec = Object.entries(JSON.parse(text ?? '') as Record<string, unknown>);
    return Object.fromEntries(spec.filter(([field]) => !sizeFields.has(field)));
  } catch {
    return text;
  }
}

function isSizePath(spec: Spec, object: string, path: string): boolean {
  const { kafka, dynamicConfig, controller, exporter } = names(spec);
  const key = /: ([\w.-]+)$/.exec(path)?.[1];
  const isSizeKey = key !== undefined && sizeKeys.includes(key);
  const isSizeSetting = path.includes(`[${configAnnotation('server.properties')}]`) && isSizeKey;
  switch (object) {
    case `StatefulSet ${kafka}`:
      return path === 'spec.replicas' || isSizeSetting;
    case `StatefulSet ${controller}`:
      return isSizeSetting;
    case `ConfigMap ${dynamicConfig}`:
      return isSizeKey;
    // Its program is another one with each version of this project, and changes nothing of the cluster.
    case `ConfigMap ${exporter}`:
      return path === `data[${exporterFiles.program}]`;
    case `Deployment ${exporter}`:
      return path.endsWith(`.annotations[${programAnnotation}]`);
    default:
      return false;
  }
}

function isBrokerService(spec: Spec, object: string): boolean {
  const prefix = `Service ${podOf(spec, 0).replace(/0$/, '')}`;
  return object.startsWith(prefix) && /^\d+$/.test(object.slice(prefix.length));
}

function short(value: string | undefined): string {
  if (value === undefined) return 'nothing';
  return value.length <= 60 ? value : `${value.slice(0, 57)}...`;
}
