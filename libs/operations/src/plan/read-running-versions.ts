import { listObjects, type Pod } from '@kafka-ha/kube';
import { brokerOfPod, configAnnotation, fromProperties, names } from '@kafka-ha/manifests';
import { versionRefusals, type VersionChange } from '@kafka-ha/planning';
import { type Cluster, membersQuery } from '@kafka-ha/cluster';
import type { Refusal } from './refusal.ts';

/** Why the file's versions cannot follow on those that run; none: they can. */
export async function readVersionRefusals(cluster: Cluster, signal: AbortSignal): Promise<Refusal[]> {
  const running = await readRunningVersions(cluster, signal);
  return versionRefusals({ ...running, wanted: cluster.spec.versions }).map((why) => ({
    code: 'conflict',
    why: `The versions cannot be changed like this: ${why}.`,
    hint: 'Upgrade the binaries first, and versions.interBrokerProtocol later. `kafka-ha upgrade` does both steps.',
  }));
}

/** What runs, as the pods themselves say: they may differ in the middle of a roll. */
export async function readRunningVersions(
  { kube, spec }: Cluster,
  signal: AbortSignal,
): Promise<Omit<VersionChange, 'wanted'>> {
  const query = membersQuery(spec, 'Pod');
  const pods = await listObjects<Pod>(kube, query, { signal });
  const servers = pods.filter(({ metadata }) => metadata.name.startsWith(`${names(spec).zookeeper}-`));
  return {
    brokers: pods.flatMap((pod) => brokerVersion(spec, pod)),
    zookeeper: servers.flatMap((pod) => versionOf(pod, 'zookeeper') ?? []),
  };
}

/** The protocol stands in the broker's own configuration, whatever its image is called. */
export function brokerVersion(spec: Cluster['spec'], pod: Pod): VersionChange['brokers'][number][] {
  const id = brokerOfPod(spec, pod.metadata.name);
  const version = versionOf(pod, 'kafka');
  const file = pod.metadata.annotations?.[configAnnotation('server.properties')];
  const protocol = file === undefined ? undefined : fromProperties(file)['inter.broker.protocol.version'];
  if (id === undefined || protocol === undefined) return [];
  return [version === undefined ? { id, protocol } : { id, version, protocol }];
}

/** Of the image's tag, e.g. `3.9.2` of `apache/kafka:3.9.2@sha256:…`. */
function versionOf({ spec }: Pod, container: string): string | undefined {
  const containers = spec.containers as { name: string; image?: string }[];
  const image = containers.find(({ name }) => name === container)?.image ?? '';
  return /:(\d+\.\d+\.\d+)[^/]*$/.exec(image.split('@')[0] ?? '')?.[1];
}
