import { KafkaHaError } from '@kafka-ha/errors';
import { applyObject, getObject, waitFor, type StatefulSet } from '@kafka-ha/kube';
import { fieldManager, names, renderObjects, type Component, type JsonObject } from '@kafka-ha/manifests';
import { fieldChanges, type FieldChange } from '@kafka-ha/planning';
import type { FencedCluster } from '../connect.ts';
import { revisionTemplate } from './revision-template.ts';

const revisionWithinMs = 60_000;

/**
 * Gives a StatefulSet the template of a former revision, by the same field manager, so that the next apply meets no
 * conflict. Its controller finds the revision that it had before.
 *
 * @returns what the template that is taken back had changed.
 */
export async function restoreTemplate(
  { kube, spec }: FencedCluster,
  component: Component,
  revision: string,
  signal: AbortSignal,
): Promise<FieldChange[]> {
  const { namespace } = spec;
  const name = names(spec)[component];
  const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name };
  const template = await revisionTemplate({ kube, spec }, revision, signal);
  if (template === undefined)
    throw new KafkaHaError(
      'not-found',
      `There is no ControllerRevision ${namespace}/${revision} to go back to.`,
    );
  const set = await getObject<StatefulSet>(kube, ref, { signal });
  const desired = renderObjects(spec).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name,
  );
  if (desired === undefined) throw new KafkaHaError('internal', `No StatefulSet ${name} is rendered.`);
  const restored = { ...desired, spec: { ...(desired['spec'] as JsonObject), template } };
  await applyObject(kube, restored, { fieldManager, signal });
  await waitFor(
    `StatefulSet ${name} to be at revision ${revision} again`,
    async () => {
      const { metadata, status } = (await getObject<StatefulSet>(kube, ref, { signal })) ?? {};
      const isObserved = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
      return isObserved && status?.updateRevision === revision;
    },
    { deadlineMs: revisionWithinMs, intervalMs: 200, signal },
  );
  return fieldChanges(template, set?.spec['template']);
}
