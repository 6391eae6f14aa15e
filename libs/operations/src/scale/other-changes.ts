import { configAnnotation, names, podOf } from '@kafka-ha/manifests';
import type { Spec } from '@kafka-ha/config';
import type { ObjectChange } from '@kafka-ha/planning';

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

/** What differs from the file beside the size, each as a line. A scale changes the size and nothing else. */
export function otherChanges(spec: Spec, objects: readonly ObjectChange[]): string[] {
  return objects.flatMap((change) => {
    if (change.kind === 'change')
      return change.fields
        .filter(({ path }) => !isSizePath(spec, change.object, path))
        .map(({ path, from, to }) => `${change.object}: ${path}: ${short(from)} → ${short(to)}`);
    return isBrokerService(spec, change.object)
      ? []
      : [`${change.object}: to be ${change.kind === 'create' ? 'created' : 'deleted'}`];
  });
}

function isSizePath(spec: Spec, object: string, path: string): boolean {
  const { kafka, dynamicConfig, controller } = names(spec);
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
