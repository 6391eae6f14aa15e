import { formatBytes } from '@kafka-ha/config';
import { isKafkaHaError } from '@kafka-ha/base';
import { refOf, tryPatch } from '@kafka-ha/kube';
import { type VolumeClaim, classOf, type Cluster, readClaims, wantedBytes } from '@kafka-ha/cluster';
import type { Refusal } from '../plan/refusal.ts';

/**
 * Why the volumes that are there cannot become what the file says. That they may grow the API server says itself, to a dry
 * run of each claim: so no right to read StorageClasses or quotas is needed.
 */
export async function readVolumeRefusals(cluster: Cluster): Promise<Refusal[]> {
  const claims = await readClaims(cluster);
  const fixed = claims.flatMap((claim) => [
    ...smallerRefusal(claim, wantedBytes(cluster.spec, claim.component)),
    ...classRefusal(claim, cluster.spec),
  ]);
  return fixed.length > 0 ? fixed : await growthRefusals(cluster, claims);
}

function smallerRefusal({ object, requestedBytes }: VolumeClaim, wanted: number): Refusal[] {
  if (requestedBytes <= wanted) return [];
  return [
    {
      code: 'invalid-usage',
      why: `volume ${object.metadata.name} has ${formatBytes(requestedBytes)}, and a volume cannot shrink to ${formatBytes(wanted)}`,
      hint: `Put ${formatBytes(requestedBytes)} back into the cluster file. For smaller volumes, create a new cluster.`,
    },
  ];
}

/** One that has no class yet takes the file's. */
function classRefusal({ object }: VolumeClaim, { namespace, storage }: Cluster['spec']): Refusal[] {
  const there = classOf(object);
  if (storage.class === null || there === undefined || there === storage.class) return [];
  const name = object.metadata.name;
  const why = `volume ${name} is of storage class ${there}, and a volume cannot change to ${storage.class}`;
  if (object.spec.volumeName !== undefined) {
    const hint = `Put \`class: ${there}\` back into storage of the cluster file. For another class, create a new cluster.`;
    return [{ code: 'invalid-usage', why, hint }];
  }
  const set = name.replace(/^data-/, '').replace(/-\d+$/, '');
  const hint = `It has no volume yet and holds nothing. Run kubectl -n ${namespace} delete statefulset ${set}, then delete pvc ${name}, and deploy again.`;
  return [{ code: 'invalid-usage', why, hint }];
}

async function growthRefusals(cluster: Cluster, claims: readonly VolumeClaim[]): Promise<Refusal[]> {
  const missing = ({ component, requestedBytes }: VolumeClaim) =>
    wantedBytes(cluster.spec, component) - requestedBytes;
  const small = claims.filter((claim) => missing(claim) > 0);
  const refusals = await Promise.all(small.map((claim) => tryGrowth(cluster, claim, missing(claim))));
  const [refused] = refusals.flat();
  if (refused !== undefined) return [refused];
  const [first] = small;
  if (first === undefined || small.length === 1) return [];
  // Each may fit into a quota, and all together not: one that asks for the growth of all meets it.
  const all = small.reduce((sum, claim) => sum + missing(claim), 0);
  const together = await tryGrowth(cluster, first, all);
  return together.filter(({ why }) => isQuota(why));
}

async function tryGrowth(
  { kube, signal }: Cluster,
  { object, requestedBytes }: VolumeClaim,
  byBytes: number,
): Promise<Refusal[]> {
  const patch = { spec: { resources: { requests: { storage: String(requestedBytes + byBytes) } } } };
  try {
    await tryPatch(kube, refOf(object), patch, { signal });
    return [];
  } catch (error) {
    if (!isKafkaHaError(error) || !['forbidden', 'kubernetes-refused'].includes(error.code)) throw error;
    return [growthRefusal(error.code, error.message, error.details)];
  }
}

/** What stands in the way of a growth, told as what it is. */
export function growthRefusal(code: Refusal['code'], why: string, details: readonly string[] = []): Refusal {
  return { code, why, details, hint: growthHint(code, why) };
}

function growthHint(code: Refusal['code'], why: string): string {
  if (isQuota(why)) return 'Ask for a larger ResourceQuota of the namespace, or put the former size back.';
  if (code === 'forbidden') return 'The deploying account needs the verb patch on persistentvolumeclaims.';
  if (/resize|expan/i.test(why))
    return 'Its StorageClass needs allowVolumeExpansion: true and a driver that supports it. Or put the former size back.';
  return 'Correct what Kubernetes names, or put the former size back.';
}

function isQuota(why: string): boolean {
  return why.includes('exceeded quota');
}
