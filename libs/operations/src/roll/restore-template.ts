import { isKafkaHaError, KafkaHaError, waitFor } from '@kafka-ha/base';
import {
  applyObject,
  getObject,
  request,
  type KubeObject,
  type StatefulSet,
  type ObjectRef,
} from '@kafka-ha/kube';
import { fieldManager, names, renderObjects, type Component, type JsonObject } from '@kafka-ha/manifests';
import { fieldChanges, type FieldChange } from '@kafka-ha/planning';
import { type Cluster, type FencedCluster, revisionTemplate, statefulSetRef } from '@kafka-ha/cluster';

/** The controller takes a template up within a second; longer: it is not quite that of the revision. */
const revisionWithinMs = 10_000;
const forcedWithinMs = 60_000;

/**
 * Gives a StatefulSet the template of a former revision, by the same field manager, so that the next apply meets no
 * conflict, and leaves everything else as it is in the cluster: the file may say another size by now. Its controller finds
 * the revision that it had before. Where others have written into the template, as `kubectl rollout restart` does, what
 * they wrote goes.
 *
 * @returns what the template that is taken back had changed.
 */
export async function restoreTemplate(
  cluster: FencedCluster,
  component: Component,
  revision: string,
): Promise<FieldChange[]> {
  const { kube, spec } = cluster;
  const { namespace } = spec;
  const name = names(spec)[component];
  const ref = statefulSetRef(spec, component);
  const template = await revisionTemplate(cluster, revision);
  if (template === undefined)
    throw new KafkaHaError(
      'not-found',
      `There is no ControllerRevision ${namespace}/${revision} to go back to.`,
    );
  const set = await getObject<StatefulSet>(kube, ref, { signal: cluster.signal });
  const rendered = renderObjects(spec).find(
    ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === name,
  );
  if (rendered === undefined) throw new KafkaHaError('internal', `No StatefulSet ${name} is rendered.`);
  if (set === undefined)
    throw new KafkaHaError('not-found', `There is no StatefulSet ${namespace}/${name} any more.`);
  await applyObject(kube, restored(set, rendered, template), {
    fieldManager,
    force: true,
    signal: cluster.signal,
  });
  const isRestored = (deadlineMs: number) => untilAtRevision(cluster, ref, { revision, deadlineMs });
  if (!(await isRestored(revisionWithinMs).then(() => true, ifLate))) {
    await replaceTemplate(cluster, name, template);
    await isRestored(forcedWithinMs);
  }
  return fieldChanges(template, set.spec['template']);
}

/** The fields that this project owns, as `rendered` has them, with the values that are in the cluster, and a template. */
export function restored(live: KubeObject, rendered: KubeObject, template: JsonObject): KubeObject {
  const { apiVersion, kind, metadata } = rendered;
  const liveSpec = live['spec'] as JsonObject;
  const owned = Object.keys(rendered['spec'] as JsonObject).filter((field) => field in liveSpec);
  const labels = Object.entries(live.metadata.labels ?? {}).filter(
    ([label]) => label in (metadata.labels ?? {}),
  );
  return {
    apiVersion,
    kind,
    metadata: { name: metadata.name, namespace: metadata.namespace, labels: Object.fromEntries(labels) },
    spec: { ...Object.fromEntries(owned.map((field) => [field, liveSpec[field]])), template },
  };
}

async function untilAtRevision(
  { kube, signal }: Cluster,
  ref: ObjectRef,
  { revision, deadlineMs }: { revision: string; deadlineMs: number },
): Promise<void> {
  await waitFor(
    `StatefulSet ${ref.name} to be at revision ${revision} again`,
    async () => {
      const { metadata, status } = (await getObject<StatefulSet>(kube, ref, { signal })) ?? {};
      const isObserved = (status?.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
      return isObserved && status?.updateRevision === revision;
    },
    { deadlineMs, intervalMs: 200, signal },
  );
}

function ifLate(error: unknown): false {
  if (isKafkaHaError(error) && error.code === 'deadline-exceeded') return false;
  throw error;
}

/** To the letter: what an apply leaves, since it is another manager's, goes too. */
async function replaceTemplate(
  { kube, spec: { namespace }, signal }: FencedCluster,
  name: string,
  template: JsonObject,
): Promise<void> {
  await request(kube, {
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`,
    query: { fieldManager },
    contentType: 'application/json-patch+json',
    body: [{ op: 'replace', path: '/spec/template', value: template }],
    what: `put StatefulSet ${namespace}/${name} back on its former template`,
    signal,
  });
}
