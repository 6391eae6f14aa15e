import { isKafkaHaError, KafkaHaError } from '@kafka-ha/base';
import { admissionHint, getObject, request, type Pod } from '@kafka-ha/kube';
import { claimOf, dataVolume, names, parseQuantity, type JsonObject } from '@kafka-ha/manifests';
import { type Cluster, revisionTemplate, podRef } from '@kafka-ha/cluster';
import type { Member } from './await-back.ts';

/**
 * Why Kubernetes would not have a pod of this name and revision made, by a dry run: a quota, Pod Security, a webhook. Undefined
 * where it would, or where that cannot be told: by whoever may not make pods, or by a webhook that knows no dry run.
 */
export async function refusalOfPod(
  cluster: Cluster,
  member: Member,
  revision: string,
): Promise<KafkaHaError | undefined> {
  const { kube, spec } = cluster;
  const { namespace } = spec;
  const template = await revisionTemplate(cluster, revision);
  if (template === undefined) return undefined;
  try {
    await request(kube, {
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/pods`,
      query: { dryRun: 'All' },
      body: podOf(cluster, member, revision, template),
      what: `replace pod ${namespace}/${member.name}`,
      attempts: 1,
      signal: cluster.signal,
    });
    return undefined;
  } catch (error) {
    // `conflict`: all that may refuse it has let it pass, and its name is taken.
    if (!isKafkaHaError(error) || error.code !== 'kubernetes-refused') return passes(error);
    if (error.message.includes('does not support dry run')) return undefined;
    const ref = podRef({ namespace }, member.name);
    const there = await getObject<Pod>(kube, ref, { signal: cluster.signal });
    if (there !== undefined && hasRoomWithout(there, error.message)) return undefined;
    return new KafkaHaError(error.code, error.message, {
      details: error.details,
      hint: admissionHint(error.message),
    });
  }
}

function passes(error: unknown): undefined {
  const harmless = ['conflict', 'forbidden', 'kubernetes-unreachable'];
  if (isKafkaHaError(error) && harmless.includes(error.code)) return undefined;
  throw error;
}

/** As the StatefulSet's controller makes it, without an owner: nobody may be given what he does not have. */
function podOf({ spec }: Cluster, { name, component }: Member, revision: string, template: JsonObject) {
  const { metadata, spec: podSpec } = template as { metadata: JsonObject; spec: JsonObject };
  const volumes = (podSpec['volumes'] ?? []) as unknown as JsonObject[];
  const claim = { name: dataVolume, persistentVolumeClaim: { claimName: claimOf(name) } };
  const labels = {
    ...(metadata['labels'] as JsonObject),
    'statefulset.kubernetes.io/pod-name': name,
    'controller-revision-hash': revision,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name, namespace: spec.namespace, labels },
    spec: { ...podSpec, hostname: name, subdomain: names(spec)[component], volumes: [...volumes, claim] },
  };
}

/**
 * Whether a quota that refuses a pod beside the one that is there would have room for it in that one's place. Of a quota whose
 * refusal cannot be read that is taken for granted: the pod's own creation tells.
 */
export function hasRoomWithout(there: Pick<Pod, 'spec'>, refusal: string): boolean {
  const parts = /exceeded quota: .*requested: (.*), used: (.*), limited: ([^\s]*?)\.?$/.exec(refusal);
  if (parts === null) return refusal.includes('exceeded quota') && !refusal.includes('requested:');
  const [requested, used, limited] = parts.slice(1).map(amounts);
  return [...(requested ?? [])].every(([resource, more]) => {
    const total = (used?.get(resource) ?? 0) + more - ofPod(there, resource);
    return !(total > (limited?.get(resource) ?? Infinity));
  });
}

function amounts(list: string | undefined): Map<string, number> {
  return new Map(
    (list ?? '').split(',').map((each) => {
      const [resource = '', amount = ''] = each.split('=');
      return [resource, parseQuantity(amount) ?? Number.NaN];
    }),
  );
}

/** What a pod counts for of a quota's resource, e.g. `requests.memory`, `cpu`, `pods`. */
function ofPod({ spec }: Pick<Pod, 'spec'>, resource: string): number {
  if (resource === 'pods' || resource === 'count/pods') return 1;
  const [kind, name] = resource.includes('.') ? resource.split('.') : ['requests', resource];
  const containers = spec.containers as { resources?: Record<string, Record<string, string> | undefined> }[];
  return containers.reduce(
    (sum, { resources }) => sum + (parseQuantity(resources?.[kind ?? '']?.[name ?? ''] ?? '') ?? 0),
    0,
  );
}
